import { createHash } from 'node:crypto';
import { parseDocument } from 'yaml';
import type { Parameters } from './format.ts';

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

/** The text with every `{{name}}` replaced; throws on a name that the variant does not give. */
export function renderTemplate(text: string, parameters: Parameters): string {
  return text.replace(/\{\{\s*([A-Za-z][\w-]*)\s*\}\}/g, (whole, name: string) => {
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (value === undefined) throw new Error(`${whole} is given by no variant`);
    return String(value);
  });
}

/** The parameter sets of an exercise.yaml that is still a template; one empty set without any. */
export function variantsOf(text: string): readonly Parameters[] {
  if (!/^variants:/m.test(text)) return [{}];
  const section = /^variants:.*\n(?:[ -].*\n|\s*\n|#.*\n)*/m.exec(`${text}\n`)?.[0] ?? '';
  const variants: unknown = parseDocument(section).toJS()?.variants;
  const usable = Array.isArray(variants) && variants.length > 0 && variants.every(isParameters);
  return usable ? (variants as Parameters[]) : [{}];
}

function isParameters(value: unknown): value is Parameters {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((each) => typeof each === 'string' || typeof each === 'number')
  );
}
