import { parse } from 'yaml';
import { z } from 'zod';
import type { Exercise, Variant } from './exercise.ts';
import type { PartDefinition } from './part-format.ts';
import { ExerciseError, readYaml } from './read-yaml.ts';

/** What an author says a wrong answer must get. */
const head = z.strictObject({
  outcome: z.enum(['graded', 'rejected']).default('graded'),
  score: z.number().min(0),
  codes: z.array(z.string()).default([]),
  /** The variants, from 0, in which the answer makes sense; without it, all. */
  variants: z.array(z.int().min(0)).optional(),
  why: z.string().min(1),
});

export type ExpectedVerdict = z.infer<typeof head>;

/** An answer that an exercise proves itself with. */
export interface ProvingAnswer {
  /** Inside the exercise's folder. */
  readonly file: string;
  readonly part: PartDefinition;
  /** Absent for a right answer, which must get full marks. */
  readonly expected?: ExpectedVerdict;
  /** As a submission holds it: one member, named like the part's kind. */
  readonly answer: Readonly<Record<string, unknown>>;
}

const pattern = /^answers\/(?:([a-z0-9-]+)\/)?(right|wrong)-[^/]+$/;

/**
 * The answers in `answers/PART/`, or in `answers/` for the first part. Throws ExerciseError for a
 * file that fits nowhere or a head that says too little.
 */
export function answersOf(exercise: Exercise, variant: Variant): readonly ProvingAnswer[] {
  const names = [...exercise.files.keys()].filter((name) => name.startsWith('answers/')).sort();
  const index = exercise.variants.findIndex((each) => each.parameters === variant.parameters);
  return names.flatMap((file) => {
    const [, id, sort] = pattern.exec(file) ?? [];
    if (!sort) throw new ExerciseError([`${file}: is called neither right-… nor wrong-…`]);
    const part = variant.parts.find((each) => id === undefined || each.id === id);
    if (!part) throw new ExerciseError([`${file}: the exercise has no part \`${id}\``]);
    const text = variant.file(file) ?? '';
    const answer = answerIn(part, text);
    if (sort === 'right') return [{ file, part, answer }];
    const expected = readHead(file, text);
    const fits = expected.variants?.includes(index) ?? true;
    return fits ? [{ file, part, expected, answer }] : [];
  });
}

const answerIn = (part: PartDefinition, text: string): Readonly<Record<string, unknown>> =>
  part.kind === 'manifest' ? { manifest: text } : parse(text);

/** The block of comments at the very beginning of a wrong answer, which is YAML itself. */
function readHead(file: string, text: string): ExpectedVerdict {
  const lines = /^(?:#.*\n)*/.exec(text)?.[0] ?? '';
  return readYaml(file, lines.replace(/^# ?/gm, '') || '{}', head);
}
