import type { GradingQuestion, Verdict } from '../grading/verdict.ts';
import type { Actor } from './actor.ts';
import { shapeOf } from './analytics/verdict-shape.ts';
import { findAssignment, partOf } from './assignments.ts';
import { attemptsAt, attemptsLeft, refuseAttempt } from './attempts.ts';
import { authorise } from './authorise.ts';
import type { AssignedPart, Assignment, Enrolment, Instant } from './course.ts';
import type { GradebookParts } from './create-gradebook.ts';
import { actingLearner } from './enrolments.ts';
import type { GradeEvent, GradeFact, HintFact } from './event.ts';
import { hintCostBefore } from './grade/settle.ts';
import { deriveGrade } from './grade.ts';
import type { AnswerAsk, Gradebook } from './gradebook.ts';
import { windowFor } from './policy/schedule.ts';
import type { Exceptions } from './ports.ts';
import { refuseUnreached } from './prerequisites.ts';
import type { AttemptScore, StoredSubmission, Submission, SubmissionResult } from './submission.ts';
import { visibleTo } from './visible.ts';
import { isLate, refuseUnlessOpen } from './window.ts';

/** One answer on its way: all that is known before it is kept. */
interface Handed {
  readonly actor: Actor;
  readonly assignment: Assignment;
  readonly part: AssignedPart;
  readonly learner: Enrolment;
  readonly question: GradingQuestion;
  readonly at: Instant;
}

/** What happened before it, and what was granted. */
interface Past {
  readonly facts: readonly GradeFact[];
  readonly exceptions: Exceptions;
}

/** What the engine said, or what it threw. */
type Judged = { readonly verdict: Verdict } | { readonly error: string };

export function submitUseCases(parts: GradebookParts): Pick<Gradebook, 'submit'> {
  const { store } = parts;
  return {
    submit: async (actor, courseId, assignmentId, ask, receipt) => {
      const handed = await handIn(parts, actor, courseId, assignmentId, ask);
      const scope = { courseId, assignmentId, learnerId: handed.learner.id };
      const [facts, exceptions] = [await store.facts(scope), await store.exceptions(scope)];
      refuseAnswer(handed, { facts, exceptions });
      await refuseUnreached(store, handed.assignment, scope.learnerId);
      const judged = judge(parts, handed);
      return store.append(scope, (events, granted) => {
        const past = { facts: events, exceptions: granted };
        const submission = submissionOf(parts, handed, judged, past);
        const added = attemptOf(submission, judged, events);
        const result = resultOf(handed, submission, judged, {
          ...past,
          facts: [...events, ...added],
        });
        return {
          result,
          submission: { ...submission, ...kept(judged), ...variantOf(parts, submission) },
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
  const part = partOf(assignment, ask.part);
  const learner = await actingLearner(parts, actor, courseId, ask.learner);
  const seed = seedOf(parts, assignment, learner.externalId);
  const question = { part: part.id, seed, answer: ask.answer };
  return { actor, assignment, part, learner, question, at };
}

function refuseAnswer({ assignment, part, at }: Handed, { facts, exceptions }: Past): void {
  refuseUnlessOpen(assignment, exceptions, facts, at);
  refuseAttempt(assignment, part.id, facts, exceptions, at);
}

function judge(parts: GradebookParts, { assignment, question }: Handed): Judged {
  try {
    return { verdict: parts.grader.grade(assignment.exercise, question) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** Refused once more, by what is true in the transaction: of two at once only one may be the last. */
function submissionOf(
  parts: GradebookParts,
  handed: Handed,
  judged: Judged,
  past: Past,
): Submission {
  const { assignment, question, at } = handed;
  const verdict = 'verdict' in judged ? judged.verdict : undefined;
  const graded = verdict?.outcome === 'graded';
  if (graded) refuseAttempt(assignment, question.part, past.facts, past.exceptions, at);
  return {
    id: parts.newId(),
    courseId: assignment.courseId,
    assignmentId: assignment.id,
    learnerId: handed.learner.id,
    part: question.part,
    outcome: verdict?.outcome ?? 'fault',
    ...(graded && { attempt: attemptsAt(question.part, past.facts).length + 1 }),
    exercise: assignment.exercise,
    seed: question.seed,
    engineVersion: parts.grader.engineVersion,
    answer: question.answer,
    points: graded ? verdict.points : 0,
    maximum: verdict?.maximum ?? handed.part.points,
    late: isLate(windowFor(assignment, past.exceptions.extensions), at),
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
  const order = events.length + 1;
  const { awaitsMarking } = judged.verdict;
  return [{ kind: 'attempt', order, part, at, tokenId, points, maximum, awaitsMarking }];
}

function kept(judged: Judged): Pick<StoredSubmission, 'verdict' | 'error' | 'shape'> {
  return 'verdict' in judged
    ? { verdict: JSON.stringify(judged.verdict), shape: shapeOf(judged.verdict) }
    : { error: judged.error };
}

function variantOf(
  { library }: GradebookParts,
  { exercise, seed }: Submission,
): Pick<StoredSubmission, 'variant'> {
  const variant = library.variantOf?.(exercise, seed);
  return variant === undefined ? {} : { variant };
}

function resultOf(
  handed: Handed,
  submission: Submission,
  judged: Judged,
  { facts, exceptions }: Past,
): SubmissionResult {
  const { assignment, actor, at } = handed;
  return {
    submission,
    ...('verdict' in judged && { verdict: judged.verdict }),
    score: scoreOf(handed, submission, facts),
    attempts: attemptsLeft(assignment, submission.part, facts, exceptions),
    grade: deriveGrade(facts, assignment, exceptions),
    shown: visibleTo(actor, assignment, at),
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
