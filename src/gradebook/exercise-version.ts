import type { ExerciseSummary } from '../exercise/exercise.ts';
import type { AssignmentChange } from './assignment-asks.ts';
import { assignedParts } from './assignment-settings.ts';
import type { Assignment } from './course.ts';
import type { GradebookParts } from './create-gradebook.ts';
import { Refusal } from './refusal.ts';

/**
 * The assignment under another version of its exercise. Where attempts were made, whoever asks
 * must say that these are kept, and is told first what that means: `conflict`.
 */
export async function moveToVersion(
  { store, library }: GradebookParts,
  before: Assignment,
  ask: AssignmentChange['exercise'],
): Promise<Assignment> {
  if (ask === undefined) return before;
  const found = library
    .list()
    .find(({ id, version }) => id === before.exercise.id && version === ask.version);
  if (found === undefined) throw noVersion();
  if (found.digest === before.exercise.digest) return before;
  const made = await store.attemptsMade(before.courseId, before.id);
  if (made.attempts > 0 && ask.attempts !== 'keep') throw notMeant(before, found, made);
  const { id, version, digest } = found;
  return { ...before, exercise: { id, version, digest }, parts: assignedParts(found) };
}

function noVersion(): Refusal {
  const detail = 'must be a version of the exercise that is here';
  const pointers = [{ pointer: '/exercise/version', detail }];
  return new Refusal('invalid', 'There is no such version of the exercise.', pointers);
}

function notMeant(
  before: Assignment,
  after: ExerciseSummary,
  { attempts, learners }: { readonly attempts: number; readonly learners: number },
): Refusal {
  const gone = before.parts.filter(({ id }) => !after.parts.some((part) => part.id === id));
  const names = gone.map(({ id }) => id).join(', ');
  const lost = names === '' ? '' : ` Answers to ${names} count no more.`;
  const made = `${attempts} attempts of ${learners} learners were made under version ${before.exercise.version}.`;
  const kept = 'Each keeps its share of its part’s points until a regrade judges it anew.';
  const detail = 'send "keep" to say that this is meant';
  const pointers = [{ pointer: '/exercise/attempts', detail }];
  return new Refusal('conflict', `${made} ${kept}${lost}`, pointers);
}
