import type { JsonObject } from '../../../cluster/json.ts';
import { readManifests } from '../../../cluster/kubectl/read/read-manifests.ts';
import { answerFile, manifestIn } from '../../answer-text.ts';
import { edited } from './edit.ts';
import { editsOf } from './object-edits.ts';

/** A right answer with one thing changed. */
export interface Mutant<Answer = string> {
  /** What was changed: `spec.ports[0].targetPort dropped`, `document 2: metadata.name changed`. */
  readonly mutation: string;
  readonly answer: Answer;
}

/** Every mechanical change of a manifest that a mistake could make, one at a time. */
export function mutantsOf(manifest: string): readonly Mutant[] {
  const { documents } = readManifests(manifestIn(manifest), answerFile);
  const texts = documents.map(({ object }) => JSON.stringify(object));
  const several = texts.length > 1;
  const inside = documents.flatMap(({ object }, index) =>
    editsOf(object as JsonObject).map((edit) => ({
      mutation: several ? `document ${index + 1}: ${edit.mutation}` : edit.mutation,
      answer: joined(texts.with(index, edited(object as JsonObject, edit))),
    })),
  );
  return [...inside, ...documentMutants(texts)];
}

function documentMutants(texts: readonly string[]): Mutant[] {
  const last = texts.at(-1);
  if (last === undefined) return [];
  const doubled = {
    mutation: `document ${texts.length} doubled`,
    answer: joined([...texts, last]),
  };
  if (texts.length === 1) return [doubled];
  const fewer = texts.map((_, index) => ({
    mutation: `document ${index + 1} dropped`,
    answer: joined(texts.toSpliced(index, 1)),
  }));
  return [doubled, ...fewer];
}

const joined = (texts: readonly string[]): string => texts.join('\n---\n');
