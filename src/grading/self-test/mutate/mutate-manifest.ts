import { isObject, type Json, type JsonObject } from '../../../cluster/json.ts';
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
  const objects = documents.map(({ object }) => inOrder(object) as JsonObject);
  const texts = objects.map((object) => JSON.stringify(object));
  const several = texts.length > 1;
  const inside = objects.flatMap((object, index) =>
    editsOf(object).map((edit) => ({
      mutation: several ? `document ${index + 1}: ${edit.mutation}` : edit.mutation,
      answer: joined(texts.with(index, edited(object, edit))),
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

/** Members sorted: right answers that say the same in another order have the same mutants. */
function inOrder(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(inOrder);
  if (!isObject(value)) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(members.map(([name, each]) => [name, inOrder(each ?? null)]));
}

const joined = (texts: readonly string[]): string => texts.join('\n---\n');
