import type { ExerciseSummary } from '../../src/exercise/exercise.ts';
import {
  type Actor,
  type Course,
  createGradebook,
  type Enrolment,
  type GradebookParts,
  hashSecret,
  type Library,
  type NewAssignment,
  newIdentity,
  type Role,
} from '../../src/gradebook/index.ts';
import type { Grader, GradingQuestion, Verdict } from '../../src/grading/verdict.ts';
import { tempStore } from '../store/temp-folder.ts';

const hints = [
  { text: 'Look at the labels.', cost: 1 },
  { text: 'Compare them with the selector.', cost: 2 },
];

export const exercise: ExerciseSummary = {
  id: 'selector',
  version: 3,
  digest: 'd'.repeat(64),
  title: 'Selector mismatch',
  summary: '',
  objectives: [],
  level: 'beginner',
  minutes: 10,
  platform: 'kind',
  points: 15,
  parts: [
    { id: 'fix', kind: 'manifest', title: 'Fix it', prompt: '', points: 10, hints },
    { id: 'why', kind: 'text', title: 'Say why', prompt: '', points: 5, hints: [] },
  ],
};

const library: Library = {
  list: () => [exercise],
  newest: (id) => (id === exercise.id ? exercise : undefined),
  find: ({ id, version }) =>
    id === exercise.id && version === exercise.version ? exercise : undefined,
};

/**
 * An engine that gives as many points as the answer says: `{ manifest: '7' }` is 7 of 10,
 * `rejected` is refused, `boom` throws, a text awaits marking.
 */
export class FakeGrader implements Grader {
  engineVersion = 'engine-1';
  asked: GradingQuestion[] = [];

  grade(_exercise: unknown, question: GradingQuestion): Verdict {
    this.asked.push(question);
    const { answer } = question;
    if ('text' in answer) return verdict(0, 5, { awaitsMarking: true });
    const text = 'manifest' in answer ? answer.manifest : '';
    if (text === 'boom') throw new Error('the engine broke');
    if (text === 'rejected') return verdict(0, 10, { outcome: 'rejected' });
    return verdict(Number(text), 10, { transcript: `seed ${question.seed}` });
  }

  check(_exercise: unknown, question: GradingQuestion): Verdict {
    this.asked.push(question);
    return verdict(0, 10);
  }

  /** One variant for everybody. */
  dealOf(): string {
    return 'the only one';
  }

  parametersOf(): Record<string, string> {
    return {};
  }
}

function verdict(points: number, maximum: number, more: Partial<Verdict> = {}): Verdict {
  const kept = { outcome: 'graded', awaitsMarking: false, checks: [], findings: [] } as const;
  return { ...kept, transcript: '', points, maximum, ...more };
}

export const admin: Actor = { tokenId: 'none', role: 'admin', courseIds: [] };

/** A gradebook on a store in a real file, a clock one can set, and short ways to act. */
export function makeWorld(more: Partial<GradebookParts> = {}) {
  const clock = { now: new Date('2026-09-01T08:00:00Z') };
  const grader = new FakeGrader();
  let secrets = 0;
  const parts: GradebookParts = {
    store: tempStore(),
    grader,
    library,
    now: () => clock.now,
    newId: () => newIdentity(clock.now),
    newToken: () => `secret-${++secrets}`,
    hash: hashSecret,
    ...more,
  };
  const gradebook = createGradebook(parts);

  async function actor(role: Role, courseId?: string, learnerId?: string): Promise<Actor> {
    const { secret } = await gradebook.createToken(admin, { role, courseId, learnerId });
    const found = await gradebook.authenticate(secret);
    if (found === undefined) throw new Error('the new token is not known');
    return found;
  }

  async function course(ask: Partial<NewAssignment> = {}) {
    const made: Course = await gradebook.createCourse(admin, { title: 'Networking' });
    const assignment = await gradebook.createAssignment(admin, made.id, {
      exercise: exercise.id,
      ...ask,
    });
    const enrolment: Enrolment = await gradebook.createEnrolment(admin, made.id, {
      externalId: 'ada',
      name: 'Ada',
    });
    const learner = await actor('learner', made.id, enrolment.id);
    const submit = (manifest: string, by = learner) =>
      gradebook.submit(by, made.id, assignment.id, { part: 'fix', answer: { manifest } });
    const hint = () => gradebook.nextHint(learner, made.id, assignment.id, { part: 'fix' });
    return { id: made.id, assignment, enrolment, learner, submit, hint };
  }

  return { clock, grader, parts, store: parts.store, gradebook, actor, course };
}
