import { mkdirSync } from 'node:fs';
import type { GradeEvent, StoredSubmission } from '../../src/gradebook/index.ts';
import { openLab } from '../../src/lab.ts';

/** A course full of answers, as a data folder that a server can be started on. */
export interface ManyAnswers {
  readonly courseId: string;
  readonly assignmentId: string;
  readonly learners: number;
}

export interface ManyAnswersOptions {
  readonly dataDir: string;
  readonly submissions: number;
  readonly learners: number;
  /** Answers that differ; each is judged once, and handed in by many. */
  readonly distinct: number;
  /** Points of the kept verdicts, less than what the engine gives now: as an older engine's. */
  readonly pointsLess: number;
  readonly exercise: string;
  readonly part: string;
  answerOf(number: number): string;
}

/** Of this many at a time each commit is made. */
const atOnce = 250;

/** Written through the store, in bulk: many times faster than they could be handed in. */
export async function seedAnswers(options: ManyAnswersOptions): Promise<ManyAnswers> {
  const { dataDir, submissions, learners, exercise } = options;
  mkdirSync(dataDir, { recursive: true });
  const lab = openLab({ dataDir, exclusive: true });
  try {
    const admin = { tokenId: '', role: 'admin', courseIds: [] } as const;
    const { gradebook, store } = lab;
    const { token } = await gradebook.createToken(admin, { role: 'admin', label: 'seed' });
    const course = await gradebook.createCourse(admin, { title: 'Many answers' });
    const assignment = await gradebook.createAssignment(admin, course.id, { exercise });
    const people: { readonly id: string }[] = [];
    for (let index = 0; index < learners; index += atOnce) {
      const some = Array.from({ length: Math.min(atOnce, learners - index) }, (_, nth) =>
        gradebook.createEnrolment(admin, course.id, { externalId: `learner-${index + nth}` }),
      );
      people.push(...(await Promise.all(some)));
    }
    const make = maker(lab, options, token.id, assignment.exercise);
    for (let index = 0; index < submissions; index += atOnce) {
      const some = Array.from({ length: Math.min(atOnce, submissions - index) }, (_, nth) => {
        const learnerId = people[(index + nth) % learners]?.id ?? '';
        const scope = { courseId: course.id, assignmentId: assignment.id, learnerId };
        return store.append(scope, (facts) => {
          const made = make(index + nth, facts.length + 1);
          const submission: StoredSubmission = { ...scope, ...made.submission };
          return { result: undefined, submission, events: [made.event] };
        });
      });
      await Promise.all(some);
    }
    return { courseId: course.id, assignmentId: assignment.id, learners };
  } finally {
    await lab.store.close();
  }
}

type Made = Omit<StoredSubmission, 'courseId' | 'assignmentId' | 'learnerId'>;

function maker(
  { parts }: ReturnType<typeof openLab>,
  { distinct, pointsLess, part, answerOf }: ManyAnswersOptions,
  tokenId: string,
  exercise: StoredSubmission['exercise'],
): (index: number, order: number) => { readonly submission: Made; readonly event: GradeEvent } {
  const judged = new Map<number, { answer: { manifest: string }; verdict: string }>();
  const seed = 'one seed for all';
  const at = new Date().toISOString();
  return (index, order) => {
    const number = index % distinct;
    const answer = { manifest: answerOf(number) };
    const known = judged.get(number);
    const verdict = known?.verdict ?? judge(answer);
    judged.set(number, { answer, verdict });
    const { points, maximum } = JSON.parse(verdict) as { points: number; maximum: number };
    const awaitsMarking = false;
    return {
      submission: {
        ...{ id: parts.newId(), part, outcome: 'graded', attempt: order, exercise, seed },
        ...{ engineVersion: 'an older one', answer, points, maximum, late: false, tokenId, at },
        verdict,
      },
      event: { kind: 'attempt', order, part, at, tokenId, points, maximum, awaitsMarking },
    };
  };

  function judge(answer: { manifest: string }): string {
    const verdict = parts.grader.grade(exercise, { part, seed, answer });
    const checks = verdict.checks.map((one, nth) =>
      nth === 0 ? { ...one, outcome: 'failed', points: one.points - pointsLess } : one,
    );
    return JSON.stringify({ ...verdict, points: verdict.points - pointsLess, checks });
  }
}
