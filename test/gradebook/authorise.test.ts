import { describe, expect, test } from 'vitest';
import { actions, authorise, rights } from '../../src/gradebook/authorise.ts';
import { type Actor, type Gradebook, Refusal, roles } from '../../src/gradebook/index.ts';
import { makeWorld } from './world.ts';

const targets = {
  'no course': {},
  'an own course': { courseId: 'own' },
  'a foreign course': { courseId: 'foreign' },
  themselves: { courseId: 'own', learnerId: 'me' },
  'another learner': { courseId: 'own', learnerId: 'other' },
  'a foreign learner': { courseId: 'foreign', learnerId: 'other' },
} as const;
type TargetName = keyof typeof targets;

/** Said once more in other words: what the rights mean for each target. */
function expected(reach: string | undefined, role: string, target: TargetName): string {
  if (role === 'admin') return 'passes';
  if (target.includes('foreign')) return 'not-found';
  if (reach === undefined) return 'forbidden';
  if (reach === 'any') return 'passes';
  if (target === 'no course') return 'forbidden';
  return reach === 'self' && target === 'another learner' ? 'not-found' : 'passes';
}

function outcome(work: () => void): string {
  try {
    work();
    return 'passes';
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
}

const targetNames = Object.keys(targets) as TargetName[];
const matrix = actions.flatMap((action) => targetNames.map((target) => ({ action, target })));

test.each(roles)('the table is what authorise does for %s', (role) => {
  const mine = role === 'learner' ? { learnerId: 'me' } : {};
  const courseIds = role === 'admin' ? [] : ['own'];
  const actor: Actor = { tokenId: 't', role, courseIds, ...mine };
  for (const { action, target } of matrix) {
    const own = target === 'an own course' ? mine : {};
    const said = outcome(() => authorise(actor, action, { ...targets[target], ...own }));
    const wanted = expected(rights[role][action], role, target);
    expect({ action, target, said }).toEqual({ action, target, said: wanted });
  }
});

test('a learner’s token without a learner reaches nobody', () => {
  const actor: Actor = { tokenId: 't', role: 'learner', courseIds: ['own'] };
  expect(outcome(() => authorise(actor, 'submission:create', { courseId: 'own' }))).toBe(
    'not-found',
  );
});

/** Every use case that is someone's right, tried on the course of the world by whoever asks. */
function attempts(
  gradebook: Gradebook,
  courseId: string,
  assignmentId: string,
  learnerId: string,
  submissionId: string,
  contestId: string,
  timedId: string,
) {
  const ask = { part: 'fix', answer: { manifest: '5' } };
  const named = (by: Actor) => (by.role === 'learner' ? {} : { learner: { id: 'ada' } });
  return {
    'course:read': (by) => gradebook.course(by, courseId),
    'assignment:create': (by) => gradebook.createAssignment(by, courseId, { exercise: 'selector' }),
    'assignment:update': (by) =>
      gradebook.updateAssignment(by, courseId, assignmentId, { title: 'T' }),
    'assignment:read': (by) => gradebook.assignment(by, courseId, assignmentId),
    'assignment:start': (by) => gradebook.start(by, courseId, timedId, named(by)),
    'assignment:release': (by) =>
      gradebook.releaseAssignment(by, courseId, assignmentId, { grades: true }),
    'extension:read': (by) => gradebook.extensions(by, courseId),
    'extension:grant': (by) =>
      gradebook.grantExtensions(by, courseId, {
        ...{ assignmentIds: [assignmentId], learnerIds: [learnerId] },
        ...{ extraAttempts: 1, reason: 'x' },
      }),
    'override:read': (by) => gradebook.overrides(by, courseId),
    'override:give': (by) =>
      gradebook.giveOverride(by, courseId, assignmentId, { learnerId, comment: 'c', reason: 'x' }),
    'grade:explain': (by) => gradebook.explain(by, courseId, learnerId, assignmentId),
    'marking:read': (by) => gradebook.markingQueue(by, courseId, {}),
    'marking:claim': (by) =>
      gradebook.releaseMarking(by, courseId, { assignmentId, learnerId, part: 'why' }),
    'contest:open': (by) =>
      gradebook.openContest(by, courseId, assignmentId, { text: 'why?', ...named(by) }),
    'contest:read': (by) => gradebook.contest(by, courseId, contestId),
    'contest:reply': (by) => gradebook.reply(by, courseId, contestId, { text: 'so' }),
    'contest:close': (by) => gradebook.changeContest(by, courseId, contestId, 'open'),
    'enrolment:create': (by) =>
      gradebook.createEnrolment(by, courseId, { externalId: `${by.tokenId}${by.role}` }),
    'enrolment:list': (by) => gradebook.enrolments(by, courseId),
    'enrolment:read': (by) => gradebook.enrolment(by, courseId, learnerId),
    'token:create': (by) => gradebook.createToken(by, { role: 'learner', courseId, learnerId }),
    'hint:take': (by) =>
      gradebook.nextHint(by, courseId, assignmentId, { part: 'fix', ...named(by) }),
    'answer:check': (by) => gradebook.check(by, courseId, assignmentId, { ...ask, ...named(by) }),
    'submission:create': (by) =>
      gradebook.submit(by, courseId, assignmentId, { ...ask, ...named(by) }),
    'submission:read': (by) => gradebook.submission(by, submissionId),
    'progress:read': (by) => gradebook.progress(by, courseId, learnerId),
    'grades:read': (by) => gradebook.grades(by, courseId),
    'mark:give': (by) =>
      gradebook.mark(by, courseId, assignmentId, { learnerId, part: 'fix', points: 3 }),
    'audit:read': (by) => gradebook.audit(by, { courseId }),
    'submission:replay': (by) => gradebook.replay(by, submissionId),
  } satisfies Partial<Record<(typeof actions)[number], (by: Actor) => Promise<unknown>>>;
}

async function said(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'passes',
    (error) => (error instanceof Refusal ? error.code : String(error)),
  );
}

describe('the use cases ask the table', () => {
  test.each(roles)('for %s, in its own course and in another', async (role) => {
    const { gradebook, course, actor } = makeWorld();
    const limited = { policy: { attempts: 1000 } };
    const [own, foreign] = [await course(limited), await course(limited)];
    const { submission } = await own.submit('5');
    const scoped = role !== 'admin' && role !== 'author';
    const token = (one: typeof own) =>
      actor(role, scoped ? one.id : undefined, role === 'learner' ? one.enrolment.id : undefined);
    const [inside, outside] = [await token(own), await token(foreign)];
    const timed = await gradebook.createAssignment(await actor('admin'), own.id, {
      ...{ exercise: 'selector', mode: 'exam', policy: { durationMinutes: 9 } },
    });
    const ask = { text: 'why?' };
    const contest = await gradebook.openContest(own.learner, own.id, own.assignment.id, ask);
    const tries = attempts(
      ...([
        gradebook,
        own.id,
        own.assignment.id,
        own.enrolment.id,
        submission.id,
        contest.id,
        timed.id,
      ] as const),
    );
    for (const [action, attempt] of Object.entries(tries)) {
      const may = rights[role][action as keyof typeof tries] !== undefined;
      const refused = role === 'author' ? 'not-found' : 'forbidden';
      const abroad = role === 'admin' ? 'passes' : 'not-found';
      const outcomes = [await said(attempt(inside)), await said(attempt(outside))];
      expect([action, ...outcomes]).toEqual([action, may ? 'passes' : refused, abroad]);
    }
  });

  test('a learner meets nothing of another learner of the course', async () => {
    const { gradebook, course, actor } = makeWorld();
    const own = await course();
    const { submission } = await own.submit('5');
    const bob = await gradebook.createEnrolment(await actor('admin'), own.id, {
      externalId: 'bob',
    });
    const other = await actor('learner', own.id, bob.id);
    const tries = [
      gradebook.submission(other, submission.id),
      gradebook.history(other, own.id, { learnerId: own.enrolment.id }),
      gradebook.progress(other, own.id, own.enrolment.id),
      gradebook.enrolment(other, own.id, own.enrolment.id),
    ];
    for (const one of await Promise.allSettled(tries)) {
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'not-found' } });
    }
    expect((await gradebook.history(other, own.id, {})).items).toEqual([]);
  });
});
