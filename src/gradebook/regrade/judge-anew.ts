import type { CheckResult, Verdict } from '../../grading/verdict.ts';
import type { Assignment } from '../course.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import type { RegradePolicy } from '../event.ts';
import { judgeAll } from '../grade/judged.ts';
import type { CheckChange, CheckMark, GradedAttempt, Judgement, Regrade } from './regrade.ts';
import type { JudgedStretch } from './regrade-store.ts';

type Differing = JudgedStretch['attempts'][number];

/** What is said of an attempt at present, by the first judgement or the regrade that holds. */
interface Held {
  readonly points: number;
  readonly maximum: number;
  readonly awaitsMarking: boolean;
  /** The regrade whose points hold. */
  readonly regradeId?: string;
}

/** An attempt judged anew: whether the engine was asked, and what differs from what holds. */
export interface JudgedAnew {
  readonly judgement: Judgement;
  readonly asked: boolean;
  readonly differing?: Differing;
}

/** Judgements met in this run, so that those not yet on disk are not made twice. */
const remembered = 20_000;

/** Judges attempts under a regrade's targets; equal answers to the same question once. */
export class Judge {
  readonly #parts: GradebookParts;
  readonly #regrade: Regrade;
  readonly #assignments: ReadonlyMap<string, Assignment>;
  readonly #known = new Map<string, Judgement>();

  constructor(parts: GradebookParts, regrade: Regrade, assignments: readonly Assignment[]) {
    this.#parts = parts;
    this.#regrade = regrade;
    this.#assignments = new Map(assignments.map((one) => [one.id, one]));
  }

  async judge(attempt: GradedAttempt): Promise<JudgedAnew> {
    const { judgement, asked } = await this.#judgementOf(attempt);
    const held = await this.#heldOf(attempt);
    const { keep, scope } = this.#regrade;
    const fault = judgement.outcome === 'fault';
    const differs = fault || !saysTheSame(held, judgement);
    if (!differs) return { judgement, asked };
    const checks = fault
      ? []
      : differences(await this.#checksHeld(attempt, held), judgement.checks);
    if (scope.check !== undefined && !checks.some(({ check }) => check === scope.check)) {
      return { judgement, asked };
    }
    const { learnerId, assignmentId, order, part, submissionId } = attempt;
    const differing: Differing = {
      ...{ learnerId, assignmentId, attempt: order, part, submissionId },
      before: { points: held.points, maximum: held.maximum },
      digest: judgement.digest,
      counts: !fault && takesEffect(keep, held, judgement),
      checks,
    };
    return { judgement, asked, differing };
  }

  async #judgementOf(attempt: GradedAttempt): Promise<{ judgement: Judgement; asked: boolean }> {
    const digest = this.#digestOf(attempt);
    const known =
      this.#known.get(digest) ?? (await this.#parts.store.judgement(this.#regrade.id, digest));
    const judgement = known ?? this.#ask(attempt, digest);
    if (this.#known.size >= remembered) this.#known.clear();
    this.#known.set(digest, judgement);
    return { judgement, asked: known === undefined };
  }

  #exerciseOf({ assignmentId }: GradedAttempt) {
    const target = this.#regrade.targets.find((one) => one.assignmentId === assignmentId);
    if (target === undefined) throw new Error(`${assignmentId} is not in the regrade`);
    return target.exercise;
  }

  /** The same for attempts that have the same verdict: same version, same deal, same answer. */
  #digestOf(attempt: GradedAttempt): string {
    const { grader, hash } = this.#parts;
    const exercise = this.#exerciseOf(attempt);
    const { part, seed, answer } = attempt;
    let dealt: string;
    try {
      dealt = grader.dealOf(exercise, { part, seed });
    } catch {
      dealt = seed;
    }
    return hash(JSON.stringify([grader.engineVersion, exercise.digest, part, dealt, answer]));
  }

  #ask(attempt: GradedAttempt, digest: string): Judgement {
    const { part, seed, answer } = attempt;
    try {
      const exercise = this.#exerciseOf(attempt);
      return judgementOf(this.#parts.grader.grade(exercise, { part, seed, answer }), digest);
    } catch {
      const nothing = { points: 0, maximum: attempt.maximum, awaitsMarking: false };
      return { digest, outcome: 'fault', ...nothing, checks: [] };
    }
  }

  async #heldOf(attempt: GradedAttempt): Promise<Held> {
    if (!attempt.regraded) return attempt;
    const { assignmentId, learnerId, part, order } = attempt;
    const scope = { courseId: this.#regrade.courseId, assignmentId, learnerId };
    const facts = await this.#parts.store.facts(scope);
    const parts = this.#assignments.get(assignmentId)?.parts ?? [];
    const worth = parts.find(({ id }) => id === part)?.points ?? attempt.maximum;
    const own = facts.filter((fact) => fact.part === part);
    const found = judgeAll(own, worth).attempts.find(({ fact }) => fact.order === order);
    if (found === undefined) return attempt;
    const { points, awaitsMarking, regrade } = found;
    return {
      ...{ points, maximum: worth, awaitsMarking },
      ...(regrade !== undefined && { regradeId: regrade.regradeId }),
    };
  }

  async #checksHeld(attempt: GradedAttempt, held: Held): Promise<readonly CheckMark[]> {
    if (held.regradeId === undefined) {
      return marksOf((JSON.parse(attempt.verdict) as Verdict).checks);
    }
    const { learnerId, assignmentId, order } = attempt;
    const which = { learnerId, assignmentId, attempt: order };
    return this.#parts.store.checksOf(held.regradeId, which);
  }
}

function judgementOf({ outcome, points, maximum, ...verdict }: Verdict, digest: string): Judgement {
  const graded = outcome === 'graded';
  return {
    ...{ digest, outcome, points: graded ? points : 0, maximum },
    awaitsMarking: graded && verdict.awaitsMarking,
    checks: marksOf(verdict.checks),
  };
}

const marksOf = (checks: readonly CheckResult[]): readonly CheckMark[] =>
  checks.map(({ check, outcome, points }) => [check, outcome, points] as const);

type Worth = Pick<Held, 'points' | 'maximum' | 'awaitsMarking'>;

/** By the share of the part: what a part is worth may have changed since. */
function saysTheSame(held: Worth, now: Worth): boolean {
  const apart = Math.abs(shareOf(held) - shareOf(now));
  return apart < smallestShare && held.awaitsMarking === now.awaitsMarking;
}

function takesEffect(keep: RegradePolicy, held: Worth, now: Worth): boolean {
  return keep === 'as-judged' || shareOf(now) - shareOf(held) >= smallestShare;
}

/** Less than this is an error of floating point, not a difference. */
const smallestShare = 1e-9;

const shareOf = ({ points, maximum }: Worth): number => (maximum === 0 ? 0 : points / maximum);

/** Checks that come out otherwise, in the order of what is said now. */
function differences(
  before: readonly CheckMark[],
  after: readonly CheckMark[],
): readonly CheckChange[] {
  const then = new Map(before.map((mark) => [mark[0], mark]));
  const now = new Map(after.map((mark) => [mark[0], mark]));
  const names = [...now.keys(), ...[...then.keys()].filter((name) => !now.has(name))];
  return names.flatMap((check) => {
    const [was, is] = [then.get(check), now.get(check)];
    if (was?.[1] === is?.[1] && was?.[2] === is?.[2]) return [];
    return [{ check, ...(was && { before: sideOf(was) }), ...(is && { after: sideOf(is) }) }];
  });
}

const sideOf = ([, outcome, points]: CheckMark) => ({ outcome, points });
