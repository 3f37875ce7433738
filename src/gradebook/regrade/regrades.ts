import type { Actor } from '../actor.ts';
import { auditOf } from '../audit.ts';
import { authorise } from '../authorise.ts';
import { findCourse, findOpenCourse } from '../courses.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import type { Receipt } from '../gradebook.ts';
import { Complaints } from '../input.ts';
import { pageOf, sliceOf } from '../paging.ts';
import { notFound, Refusal } from '../refusal.ts';
import { noCounts, type Regrade } from './regrade.ts';
import type { RegradeAsk, RegradeUseCases, RegradeView } from './regrade-use-cases.ts';
import { Regrader } from './regrader.ts';
import { staleness } from './staleness.ts';
import { begun, movedBy, targetsOf } from './targets.ts';

export function regradeUseCases(parts: GradebookParts): RegradeUseCases {
  const regrader = new Regrader(parts);
  return {
    ...readRegrades(parts),
    ...writeRegrades(parts, () => regrader.wake()),
    resumeRegrades: (failed) => {
      if (failed !== undefined) regrader.tell(failed);
      regrader.wake();
    },
    stopRegrades: () => regrader.stop(),
    regradesIdle: () => regrader.idle(),
  };
}

type Reading = 'regrade' | 'regrades' | 'regradeChanges' | 'judgedBy';

function readRegrades(parts: GradebookParts): Pick<RegradeUseCases, Reading> {
  const { store } = parts;
  return {
    regrades: async (actor, courseId, ask = {}) => {
      authorise(actor, 'regrade:read', { courseId });
      await findCourse(store, courseId);
      const slice = sliceOf(ask);
      const page = pageOf(await store.regrades(courseId, slice), slice);
      const items = [];
      for (const one of page.items) items.push(await viewOf(parts, one));
      return { ...page, items };
    },
    regrade: async (actor, courseId, regradeId) =>
      viewOf(parts, await findRegrade(parts, actor, courseId, regradeId)),
    regradeChanges: async (actor, courseId, regradeId, { all = false, ...ask }) => {
      const regrade = await findRegrade(parts, actor, courseId, regradeId);
      const slice = sliceOf(ask);
      const page = pageOf(await store.gradeChanges(regrade.id, slice, all), slice);
      const items = [];
      for (const change of page.items) {
        const { learnerId, assignmentId } = change;
        const learner = await store.enrolment(courseId, learnerId);
        const attempts = await store.attemptChanges(regrade.id, learnerId, assignmentId);
        if (learner !== undefined) items.push({ ...change, learner, attempts });
      }
      return { ...page, items };
    },
    judgedBy: async (actor, courseId) => {
      authorise(actor, 'regrade:read', { courseId });
      await findCourse(store, courseId);
      const assignments = new Map((await store.assignments(courseId)).map((one) => [one.id, one]));
      const { engineVersion } = parts.grader;
      const items = (await store.judgedBy(courseId)).map((one) => {
        const version = assignments.get(one.assignmentId)?.exercise.version;
        const engine = one.engineVersion === engineVersion;
        return { ...one, current: engine && one.exerciseVersion === version };
      });
      return { engineVersion, items };
    },
  };
}

type Writing = 'startRegrade' | 'applyRegrade' | 'refreshRegrade' | 'cancelRegrade';

function writeRegrades(parts: GradebookParts, wake: () => void): Pick<RegradeUseCases, Writing> {
  const { store } = parts;
  return {
    startRegrade: async (actor, courseId, ask, receipt) => {
      authorise(actor, 'regrade:run', { courseId });
      await findOpenCourse(store, courseId);
      const regrade = await newRegrade(parts, actor, courseId, ask);
      const view = { ...regrade, stale: [], progress: 0 };
      const after = { scope: ask.scope, keep: ask.keep, toVersion: ask.toVersion };
      await store.addRegrade(
        regrade,
        besideOf(parts, actor, 'start', regrade, view, receipt, after),
      );
      wake();
      return view;
    },
    applyRegrade: async (actor, courseId, regradeId, digest, receipt) => {
      const before = await findRegrade(parts, actor, courseId, regradeId, 'regrade:run');
      const seen = before.digest === digest;
      // Asked twice: it was done, or is being done.
      const done = before.state === 'applying' || before.state === 'applied';
      if (done && seen) return viewOf(parts, before);
      if (before.state !== 'ready') throw notReady(before);
      await findOpenCourse(store, courseId);
      const stale = await staleness(parts, before);
      if (!seen) throw staleRun(['it is another dry run than the one you saw']);
      if (stale.length > 0) throw staleRun(stale);
      const after = applying(actor, before);
      const view = { ...after, stale: [], progress: 0 };
      const moves = await movesOf(parts, before);
      const kept = await store.changeRegrade(after, {
        ...besideOf(parts, actor, 'apply', after, view, receipt, { counts: before.counts, digest }),
        ...{ moves, basis: before.basis ?? '' },
      });
      if (!kept) throw staleRun(['something was added or changed this very moment']);
      wake();
      return view;
    },
    refreshRegrade: async (actor, courseId, regradeId, receipt) => {
      const before = await findRegrade(parts, actor, courseId, regradeId, 'regrade:run');
      if (before.state !== 'ready' && before.state !== 'failed') throw notReady(before);
      const after = begun(before);
      const view = { ...after, stale: [], progress: 0 };
      const beside = besideOf(parts, actor, 'refresh', after, view, receipt);
      if (!(await store.changeRegrade(after, { ...beside, forget: true })))
        throw changedMeanwhile();
      wake();
      return view;
    },
    cancelRegrade: async (actor, courseId, regradeId) => {
      const before = await findRegrade(parts, actor, courseId, regradeId, 'regrade:run');
      if (before.state === 'cancelled') return viewOf(parts, before);
      const late = before.state === 'applying' || before.state === 'applied';
      if (late) throw new Refusal('conflict', 'It is applied: make another regrade to undo it.');
      return cancel(parts, actor, before);
    },
  };
}

/** Progress goes on beside it, so the change is tried again on what there is then. */
async function cancel(parts: GradebookParts, actor: Actor, regrade: Regrade): Promise<RegradeView> {
  const { store, now } = parts;
  for (let tries = 0; tries < 20; tries++) {
    const before = (await store.regrade(regrade.courseId, regrade.id)) ?? regrade;
    if (before.state === 'applying' || before.state === 'applied') break;
    const endedAt = now().toISOString();
    const revision = before.revision + 1;
    const after: Regrade = { ...before, state: 'cancelled', endedAt, revision };
    const beside = besideOf(parts, actor, 'cancel', after, undefined, undefined);
    if (await store.changeRegrade(after, { ...beside, forget: true })) return viewOf(parts, after);
  }
  throw changedMeanwhile();
}

async function newRegrade(
  parts: GradebookParts,
  actor: Actor,
  courseId: string,
  ask: RegradeAsk,
): Promise<Regrade> {
  const { store, grader } = parts;
  const { scope, keep, reason, toVersion } = ask;
  const targets = targetsOf(parts, await store.assignments(courseId), scope, toVersion);
  const complaints = new Complaints();
  for (const [index, id] of (scope.learnerIds ?? []).entries()) {
    const known = (await store.enrolment(courseId, id)) !== undefined;
    complaints.require(known, `/scope/learnerIds/${index}`, 'must be enrolled in the course');
  }
  complaints.refuse('The regrade cannot be made so.');
  return {
    ...{ id: parts.newId(), courseId, state: 'judging', scope, targets, keep, reason },
    ...{ engineVersion: grader.engineVersion, cursor: 0, counts: noCounts },
    ...{ tokenId: actor.tokenId, createdAt: parts.now().toISOString(), revision: 1 },
  };
}

function applying(actor: Actor, before: Regrade): Regrade {
  return {
    ...{ ...before, state: 'applying', cursor: 0, revision: before.revision + 1 },
    appliedBy: actor.tokenId,
    ...(actor.requestId !== undefined && { requestId: actor.requestId }),
  };
}

/** The assignments that applying moves to another version, as they are then. */
async function movesOf(parts: GradebookParts, { courseId, targets }: Regrade) {
  const assignments = await parts.store.assignments(courseId);
  return targets.flatMap((target) => {
    const before = assignments.find(({ id }) => id === target.assignmentId);
    if (before === undefined || !target.moves) return [];
    return [{ ...movedBy(parts, before, target), revision: before.revision + 1 }];
  });
}

function besideOf(
  parts: GradebookParts,
  actor: Actor,
  verb: string,
  { courseId, id: subject, reason }: Regrade,
  view: RegradeView | undefined,
  receipt: Receipt<RegradeView> | undefined,
  after?: object,
) {
  const note = { action: `regrade:${verb}`, courseId, subject, reason };
  const audit = auditOf(parts, actor, { ...note, ...(after !== undefined && { after }) });
  return { audit, ...(receipt && view && { receipt: receipt(view) }) };
}

async function findRegrade(
  { store }: GradebookParts,
  actor: Actor,
  courseId: string,
  regradeId: string,
  action: 'regrade:read' | 'regrade:run' = 'regrade:read',
): Promise<Regrade> {
  authorise(actor, action, { courseId });
  const found = await store.regrade(courseId, regradeId);
  if (found === undefined) throw notFound('regrade');
  return found;
}

async function viewOf(parts: GradebookParts, regrade: Regrade): Promise<RegradeView> {
  const stale = regrade.state === 'ready' ? await staleness(parts, regrade) : [];
  return { ...regrade, stale, progress: await parts.store.regradeProgress(regrade) };
}

function notReady({ state, problem }: Regrade): Refusal {
  const words: Readonly<Record<Regrade['state'], string>> = {
    judging: 'The dry run is still being made: look again later.',
    comparing: 'The dry run is still being made: look again later.',
    ready: 'The dry run is ready.',
    applying: 'It is being applied, and it was another dry run than the one named.',
    applied: 'It was applied: make a new regrade.',
    cancelled: 'It was cancelled: make a new regrade.',
    failed: `It failed (${problem ?? 'for no known reason'}): refresh it, or make a new regrade.`,
  };
  return new Refusal('conflict', words[state]);
}

function staleRun(reasons: readonly string[]): Refusal {
  const why = `The dry run does not show any more what would become of the grades: ${reasons.join('; ')}.`;
  return new Refusal('dry-run-stale', `${why} Refresh it, look at it, and apply that one.`);
}

function changedMeanwhile(): Refusal {
  return new Refusal('conflict', 'The regrade was changed meanwhile: look at it again.');
}
