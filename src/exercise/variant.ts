import { createHash } from 'node:crypto';
import { z } from 'zod';
import { limits } from '../limits.ts';
import { type Parameters, variantCross, variantList } from './format.ts';
import { ExerciseError, readYaml } from './read-yaml.ts';

/**
 * Which of `count` variants a learner is dealt: always the same for the same exercise, version and
 * seed, and evenly spread over seeds.
 */
export function variantIndex(id: string, version: number, seed: string, count: number): number {
  if (count <= 1) return 0;
  const digest = createHash('sha256')
    .update(JSON.stringify([id, version, seed]))
    .digest();
  return digest.readUInt32BE(0) % count;
}

const placeholder = /\{\{\s*([A-Za-z][\w-]*)\s*\}\}/g;

/** The text with every `{{name}}` replaced; throws on a name that the variant does not give. */
export function renderTemplate(text: string, parameters: Parameters): string {
  return text.replace(placeholder, (whole, name: string) => {
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (value === undefined) throw new Error(`${whole} is given by no variant`);
    return String(value);
  });
}

/** The placeholders of a text that these parameters do not fill, each with its place. */
export function unfilled(
  text: string,
  parameters: Parameters,
): { readonly line: number; readonly column: number; readonly text: string }[] {
  return [...text.matchAll(placeholder)]
    .filter(([, name]) => !Object.hasOwn(parameters, name ?? ''))
    .map(({ 0: whole, index }) => {
      const before = text.slice(0, index).split('\n');
      return { line: before.length, column: (before.at(-1) ?? '').length + 1, text: whole };
    });
}

/**
 * The parameter sets of an exercise.yaml that is still a template; one empty set without any.
 * Throws ExerciseError with the place of what is wrong.
 */
export function variantsOf(file: string, text: string): readonly Parameters[] {
  const section = variantsSection(text);
  if (section === undefined) return [{}];
  const readable = section.replace(placeholder, (whole) => whole.replace(/[{}\s]/g, '_'));
  const { variants } = readYaml(
    file,
    readable,
    z.looseObject({ variants: z.unknown().optional() }),
  );
  if (variants === undefined) return [{}];
  const listed = Array.isArray(variants);
  const format = listed ? z.looseObject({ variants: variantList }) : crossed;
  const read = readYaml(file, readable, format).variants;
  const rows = Array.isArray(read) ? read : crossOf(read.cross, read.count);
  const odd = rows.findIndex((row) => keysOf(row) !== keysOf(rows[0] ?? {}));
  if (odd < 0) return rows;
  throw new ExerciseError([
    `${file}: variants: number ${odd} gives ${keysOf(rows[odd] ?? {})}, and number 0 gives ${keysOf(rows[0] ?? {})}`,
  ]);
}

/**
 * The text with all but its `variants` blanked, so that places stay what they are: an exercise is
 * long, and reading it costs the start of every process. Whole where the section leans on the rest;
 * undefined where there is none.
 */
function variantsSection(text: string): string | undefined {
  if (/^\s*[{%]/.test(text)) return text;
  const lines = text.split('\n');
  const first = lines.findIndex((line) => /^["']?variants["']?\s*:/.test(line));
  if (first < 0) return undefined;
  const after = lines.findIndex((line, index) => index > first && /^[^\s#\-\]}]/.test(line));
  const last = after < 0 ? lines.length : after;
  const own = lines.map((line, index) => (index >= first && index < last ? line : ''));
  return /[&*]/.test(own.join('')) ? text : own.join('\n');
}

const crossed = z.looseObject({ variants: variantCross });

const keysOf = (row: Parameters): string => Object.keys(row).sort().join(', ') || 'nothing';

/**
 * One row of each factor, merged; a row of a later factor wins. The rows come diagonally, all
 * factors turning at once, so that where fewer are wanted than there are, every row of every factor
 * is used as often as the others. The n-th variant is the same for ever.
 */
function crossOf(factors: readonly (readonly Parameters[])[], count?: number): Parameters[] {
  const total = factors.reduce((product, rows) => product * rows.length, 1);
  const wanted = Math.min(count ?? total, total, limits.variants);
  return Array.from({ length: wanted }, (_, index) => rowAt(factors, index));
}

/**
 * The row that a number stands for. The factors before the last make a list of their own, and both
 * turn together; each time they would meet as before, the last is shifted by one.
 */
function rowAt(factors: readonly (readonly Parameters[])[], index: number): Parameters {
  const last = factors.at(-1);
  if (!last) return {};
  const before = factors.slice(0, -1);
  const others = before.reduce((product, rows) => product * rows.length, 1);
  const together = (others * last.length) / greatestCommonDivisor(others, last.length);
  const shift = Math.floor(index / together);
  return { ...rowAt(before, index % others), ...last[(index + shift) % last.length] };
}

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);
