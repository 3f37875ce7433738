import { authorise } from './authorise.ts';
import type { GradebookParts } from './create-gradebook.ts';
import type { Gradebook } from './gradebook.ts';
import { notFound, Refusal } from './refusal.ts';

/** Draws the variant that previews show. */
export const previewSeed = 'preview';

export function previewUseCases(parts: GradebookParts): Pick<Gradebook, 'preview'> {
  return {
    preview: async (actor, exerciseId, { part, answer }) => {
      authorise(actor, 'exercise:preview');
      const exercise = parts.library.newest(exerciseId);
      if (exercise === undefined) throw notFound('exercise');
      if (!exercise.parts.some(({ id }) => id === part)) {
        const detail = `must be one of ${exercise.parts.map(({ id }) => id).join(', ')}`;
        throw new Refusal('invalid', 'The part is not there.', [{ pointer: '/part', detail }]);
      }
      return parts.grader.grade(exercise, { part, seed: previewSeed, answer });
    },
  };
}
