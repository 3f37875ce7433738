import type { Assignment } from '../course.ts';
import { Judge, type JudgedAnew } from './judge-anew.ts';
import type { Judgement, Regrade, RegradeCounts } from './regrade.ts';
import type { JudgedStretch } from './regrade-store.ts';
import type { Work } from './regrader.ts';
import { begun, targetsNow } from './targets.ts';

/** Attempts read at a time. */
const readAtOnce = 64;
/** Attempts after which what was found goes to disk: as much is done again after a crash. */
const keptAtOnce = 256;

/** Judges all attempts in the scope that are not judged yet; then grades are to be compared. */
export async function judgeAllAnew(work: Work, regrade: Regrade): Promise<void> {
  const { store } = work.parts;
  if (await beginAgain(work, regrade)) return;
  const judge = new Judge(work.parts, regrade, await assignmentsOf(work, regrade));
  const found = new Found(regrade);
  let cursor = regrade.cursor;
  for (;;) {
    if (work.stopped()) break;
    const basis = await store.basis(regrade);
    const window = await store.attemptsToJudge(regrade, cursor, readAtOnce);
    for (const attempt of window.attempts) {
      found.add(await judge.judge(attempt));
      cursor = attempt.place;
      await work.pace.between();
      if (work.stopped()) break;
    }
    if (work.stopped()) break;
    await work.pace.between();
    cursor = window.next ?? cursor;
    const over = window.next === undefined && window.attempts.length === 0;
    if (over) {
      if (await beginAgain(work, regrade)) return;
      await store.keepJudged(found.keptAs({ state: 'comparing', cursor: 0, basis }), found.stretch);
      return;
    }
    if (found.size < keptAtOnce) continue;
    if (!(await store.keepJudged(found.keptAs({ cursor }), found.stretch))) return;
    found.forget();
  }
  await store.keepJudged(found.keptAs({ cursor }), found.stretch);
}

/** Whether what it is judged by is another now than when it began: then it begins anew. */
async function beginAgain(work: Work, regrade: Regrade): Promise<boolean> {
  const { grader, store } = work.parts;
  const targets = targetsNow(regrade, await assignmentsOf(work, regrade));
  const { engineVersion } = grader;
  const same = JSON.stringify(targets) === JSON.stringify(regrade.targets);
  if (same && engineVersion === regrade.engineVersion) return false;
  const now = await store.regrade(regrade.courseId, regrade.id);
  if (now?.state === 'judging') {
    const again = begun({ ...now, targets, engineVersion });
    await store.changeRegrade(again, { forget: true });
  }
  return true;
}

async function assignmentsOf({ parts }: Work, regrade: Regrade): Promise<readonly Assignment[]> {
  const all = await parts.store.assignments(regrade.courseId);
  return all.filter(({ id }) => regrade.targets.some(({ assignmentId }) => assignmentId === id));
}

/** What was found since it was last kept, and the regrade as it is when this is kept too. */
class Found {
  #regrade: Regrade;
  #judgements: Judgement[] = [];
  #attempts: JudgedStretch['attempts'][number][] = [];
  #seen = 0;

  constructor(regrade: Regrade) {
    this.#regrade = regrade;
  }

  /** Attempts that are not on disk yet. */
  get size(): number {
    return this.#seen;
  }

  get stretch(): JudgedStretch {
    return { judgements: this.#judgements, attempts: this.#attempts };
  }

  add({ judgement, asked, differing }: JudgedAnew): void {
    this.#seen += 1;
    if (asked) this.#judgements.push(judgement);
    if (differing !== undefined) this.#attempts.push(differing);
    const fault = judgement.outcome === 'fault' ? 1 : 0;
    const differs = differing !== undefined && fault === 0 ? 1 : 0;
    const kept = differs === 1 && differing?.counts === false ? 1 : 0;
    this.#count({ attempts: 1, judged: asked ? 1 : 0, differing: differs, kept, faults: fault });
  }

  keptAs(change: Partial<Regrade>): Regrade {
    this.#regrade = { ...this.#regrade, ...change, revision: this.#regrade.revision + 1 };
    return this.#regrade;
  }

  forget(): void {
    this.#judgements = [];
    this.#attempts = [];
    this.#seen = 0;
  }

  #count(more: Partial<RegradeCounts>): void {
    const { counts } = this.#regrade;
    const sums = Object.entries(more).map(([name, count]) => [
      name,
      counts[name as keyof RegradeCounts] + count,
    ]);
    this.#regrade = { ...this.#regrade, counts: { ...counts, ...Object.fromEntries(sums) } };
  }
}
