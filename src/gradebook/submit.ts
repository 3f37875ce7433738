import type { GradingQuestion, Verdict } from '../grading/verdict.ts';
import type { Actor } from './actor.ts';
import { findAssignment, partOf } from './assignments.ts';
import { authorise } from './authorise.ts';
import type { AssignedPart, Assignment, Enrolment, Instant } from './course.ts';
import type { GradebookParts } from './create-gradebook.ts';
import { actingLearner } from './enrolments.ts';
import type { GradeEvent, GradeFact, HintFact } from './event.ts';
import { hintCostBefore } from './grade/settle.ts';
import { deriveGrade } from './grade.ts';
import type { AnswerAsk, Gradebook } from './gradebook.ts';
import { Refusal } from './refusal.ts';
import type {
  AttemptScore,
  Attempts,
  StoredSubmission,
  Submission,
  SubmissionResult,
} from './submission.ts';
import { isLate, refuseOutsideWindow } from './window.ts';

/** One answer on its way: all that is known before it is kept. */
interface Handed {
  readonly actor: Actor;
  readonly assignment: Assignment;
  readonly part: AssignedPart;
  readonly learner: Enrolment;
  readonly question: GradingQuestion;
  readonly at: Instant;
}

/** What the engine said, or what it threw. */
type Judged = { readonly verdict: Verdict } | { readonly error: string };

export function submitUseCases(parts: GradebookParts): Pick<Gradebook, 'submit'> {
  return {
    submit: async (actor, courseId, assignmentId, ask, receipt) => {
      const handed = await handIn(parts, actor, courseId, assignmentId, ask);
      const scope = { courseId, assignmentId, learnerId: handed.learner.id };
      if (handed.assignment.policy.attempts !== undefined) {
        refuseExhausted(handed, await parts.store.facts(scope));
      }
      const judged = judge(parts, handed);
      return parts.store.append(scope, (events) => {
        const submission = submissionOf(parts, handed, judged, events);
        const added = attemptOf(submission, judged, events);
        const result = resultOf(handed, submission, judged, [...events, ...added]);
        return {
          result,
          submission: { ...submission, ...kept(judged) },
          events: added,
          ...(receipt && { receipt: receipt(result) }),
        };
      });
    },
  };
}

/** The same for a learner's every attempt at an exercise, and told by nothing they can change. */
export function seedOf(parts: GradebookParts, assignment: Assignment, externalId: string): string {
  return parts.hash(JSON.stringify([assignment.exercise.id, assignment.courseId, externalId]));
}

async function handIn(
  parts: GradebookParts,
  actor: Actor,
  courseId: string,
  assignmentId: string,
  ask: AnswerAsk,
): Promise<Handed> {
  authorise(actor, 'submission:create', { courseId, learnerId: actor.learnerId });
  const assignment = await findAssignment(parts.store, courseId, assignmentId);
  const at = parts.now().toISOString();
  refuseOutsideWindow(assignment, at);
  const part = partOf(assignment, ask.part);
  const learner = await actingLearner(parts, actor, courseId, ask.learner);
  const seed = seedOf(parts, assignment, learner.externalId);
  const question = { part: part.id, seed, answer: ask.answer };
  return { actor, assignment, part, learner, question, at };
}

function judge(parts: GradebookParts, { assignment, question }: Handed): Judged {
  try {
    return { verdict: parts.grader.grade(assignment.exercise, question) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function submissionOf(
  parts: GradebookParts,
  handed: Handed,
  judged: Judged,
  events: readonly GradeFact[],
): Submission {
  const { assignment, question, at } = handed;
  const verdict = 'verdict' in judged ? judged.verdict : undefined;
  const graded = verdict?.outcome === 'graded';
  if (graded) refuseExhausted(handed, events);
  return {
    id: parts.newId(),
    courseId: assignment.courseId,
    assignmentId: assignment.id,
    learnerId: handed.learner.id,
    part: question.part,
    outcome: verdict?.outcome ?? 'fault',
    ...(graded && { attempt: attemptsAt(question.part, events).length + 1 }),
    exercise: assignment.exercise,
    seed: question.seed,
    engineVersion: parts.grader.engineVersion,
    answer: question.answer,
    points: graded ? verdict.points : 0,
    maximum: verdict?.maximum ?? handed.part.points,
    late: isLate(assignment, at),
    tokenId: handed.actor.tokenId,
    at,
  };
}

function attemptOf(
  submission: Submission,
  judged: Judged,
  events: readonly GradeFact[],
): readonly GradeEvent[] {
  if (submission.outcome !== 'graded' || !('verdict' in judged)) return [];
  const { part, at, tokenId, points, maximum } = submission;
  return [
    {
      kind: 'attempt',
      order: events.length + 1,
      part,
      at,
      tokenId,
      points,
      maximum,
      awaitsMarking: judged.verdict.awaitsMarking,
    },
  ];
}

function kept(judged: Judged): Pick<StoredSubmission, 'verdict' | 'error'> {
  return 'verdict' in judged
    ? { verdict: JSON.stringify(judged.verdict) }
    : { error: judged.error };
}

function resultOf(
  handed: Handed,
  submission: Submission,
  judged: Judged,
  events: readonly GradeFact[],
): SubmissionResult {
  return {
    submission,
    ...('verdict' in judged && { verdict: judged.verdict }),
    score: scoreOf(handed, submission, events),
    attempts: attemptsLeft(handed.assignment, submission.part, events),
    grade: deriveGrade(events, handed.assignment),
  };
}

function scoreOf(
  { assignment }: Handed,
  { part, points, maximum }: Submission,
  events: readonly GradeFact[],
): AttemptScore {
  const hints = events.filter(
    (event): event is HintFact => event.kind === 'hint' && event.part === part,
  );
  const hintCost = hintCostBefore(hints, Number.POSITIVE_INFINITY, assignment.policy);
  return { points, hintCost, net: Math.max(0, points - hintCost), maximum };
}

/** Attempts used and left at a part, by what happened so far. */
export function attemptsLeft(
  assignment: Assignment,
  part: string,
  events: readonly GradeFact[],
): Attempts {
  const used = attemptsAt(part, events).length;
  const limit = assignment.policy.attempts;
  return limit === undefined ? { used } : { used, limit, left: Math.max(0, limit - used) };
}

function refuseExhausted({ assignment, part }: Handed, events: readonly GradeFact[]): void {
  const { left, limit } = attemptsLeft(assignment, part.id, events);
  if (left !== 0) return;
  throw new Refusal('attempts-exhausted', `All ${limit} attempts at this part are used.`);
}

function attemptsAt(part: string, events: readonly GradeFact[]): readonly GradeFact[] {
  return events.filter((event) => event.kind === 'attempt' && event.part === part);
}
