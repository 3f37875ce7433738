import type { Assignment } from '../course.ts';
import { exceptionsByCell } from '../exceptions.ts';
import { compareGrades } from './compare.ts';
import type { GradeChange, Regrade } from './regrade.ts';
import type { Work } from './regrader.ts';
import { movedBy } from './targets.ts';

/** Learners read at a time. */
const readAtOnce = 50;

/** Works out whose grade becomes what; then the dry run is ready to be looked at. */
export async function compareAll(work: Work, regrade: Regrade): Promise<void> {
  const { store, now, hash } = work.parts;
  const assignments = await pairsOf(work, regrade);
  let current = regrade;
  let [cursor, digest] = [regrade.cursor, regrade.digest ?? ''];
  for (;;) {
    const learners = await store.learnersToCompare(regrade, cursor, readAtOnce);
    const changes: GradeChange[] = [];
    for (const { place, value } of learners) {
      changes.push(...(await changesOf(work, regrade, assignments, value)));
      cursor = place;
      await work.pace.between();
      if (work.stopped()) return;
    }
    digest = hash(JSON.stringify([digest, changes]));
    const over = learners.length < readAtOnce;
    current = {
      ...current,
      ...{ cursor, digest, counts: counted(current, changes), revision: current.revision + 1 },
      ...(over && { state: 'ready', readyAt: now().toISOString() }),
      ...(over && { digest: hash(JSON.stringify([digest, regrade.basis, regrade.engineVersion])) }),
    };
    if (!(await store.keepCompared(current, changes)) || over) return;
  }
}

interface Pair {
  readonly before: Assignment;
  readonly after: Assignment;
}

async function pairsOf({ parts }: Work, regrade: Regrade): Promise<readonly Pair[]> {
  const all = await parts.store.assignments(regrade.courseId);
  return regrade.targets.flatMap((target) => {
    const before = all.find(({ id }) => id === target.assignmentId);
    return before === undefined ? [] : [{ before, after: movedBy(parts, before, target) }];
  });
}

async function changesOf(
  { parts: { store, now } }: Work,
  regrade: Regrade,
  pairs: readonly Pair[],
  learnerId: string,
): Promise<readonly GradeChange[]> {
  const { courseId, id } = regrade;
  const learner = await store.enrolment(courseId, learnerId);
  if (learner === undefined) return [];
  const attempts = byAssignment(await store.attemptChanges(id, learnerId));
  const ledger = byAssignment(await store.ledger(courseId, learnerId));
  const exceptionsFor = exceptionsByCell(await store.courseExceptions(courseId, learnerId));
  const at = now().toISOString();
  return pairs.flatMap(({ before, after }) => {
    const own = attempts.get(before.id) ?? [];
    const facts = (ledger.get(before.id) ?? []).map(({ fact }) => fact);
    if (own.length === 0 && (before === after || facts.length === 0)) return [];
    const exceptions = exceptionsFor(learner, before.id);
    const compared = { learnerId, before, after, facts, exceptions, attempts: own };
    const change = compareGrades(regrade, compared, at);
    return change === undefined ? [] : [change];
  });
}

function byAssignment<T extends { readonly assignmentId: string }>(
  rows: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.assignmentId);
    if (group === undefined) groups.set(row.assignmentId, [row]);
    else group.push(row);
  }
  return groups;
}

function counted({ counts }: Regrade, changes: readonly GradeChange[]): Regrade['counts'] {
  const changed = changes.filter((one) => one.changed);
  const raised = changed.filter(({ before, after }) => after.score > before.score).length;
  const lowered = changed.filter(({ before, after }) => after.score < before.score).length;
  return {
    ...counts,
    changes: counts.changes + changed.length,
    raised: counts.raised + raised,
    lowered: counts.lowered + lowered,
  };
}
