import type { LintFinding } from './lint-finding.ts';
import type { LintRule, LintSubject } from './lint-subject.ts';

const fewestVariants = 20;

export const enoughVariants: LintRule = ({ exercise, at }) => {
  const { length } = exercise.variants;
  if (length === 1 || length >= fewestVariants) return [];
  const message = `${length} variants, ${fewestVariants} needed where there are any`;
  const advice = 'write `variants: {cross: […]}` with factors that multiply to more';
  return [at(['variants'], 'variants-few', message, advice)];
};

/** Variants that differ in nothing are one. */
export const variantsDiffer: LintRule = ({ exercise, at }) => {
  const rows = exercise.variants.map(({ parameters }) =>
    JSON.stringify(Object.entries(parameters).sort()),
  );
  const again = rows.findIndex((row, index) => rows.indexOf(row) < index);
  if (again < 0) return [];
  const message = `variant ${again} gives exactly what an earlier one gives`;
  return [at(['variants'], 'variants-alike', message, 'leave one out, or change a value')];
};

/** A parameter that stands nowhere changes nothing: somebody forgot to write it in. */
export const parametersAreUsed: LintRule = ({ exercise, variant, at }) => {
  const texts = [...exercise.files.values()].map((bytes) => bytes.toString('utf8'));
  return Object.keys(variant.parameters).flatMap((name) => {
    const used = texts.some((text) => new RegExp(`\\{\\{\\s*${name}\\s*\\}\\}`).test(text));
    if (used) return [];
    const message = `\`${name}\` is given and no file says {{${name}}}`;
    return [at(['variants'], 'placeholder-unused', message, 'use it, or leave it out')];
  });
};

/** Braces that look like a placeholder and are none would be read by learners as they stand. */
export const placeholdersAreWhole: LintRule = (subject) =>
  [...subject.exercise.files].flatMap(([file, bytes]) =>
    file.endsWith('.yaml') || file.endsWith('.md') ? brokenIn(subject, file, String(bytes)) : [],
  );

function brokenIn({ in: within }: LintSubject, file: string, text: string): LintFinding[] {
  return text.split('\n').flatMap((line, index) => {
    const rest = line.replace(/\{\{\s*[A-Za-z][\w-]*\s*\}\}/g, '');
    const broken = /\{\{[^{}]*\}?|\$\{[A-Za-z]\w*\}|<%.*%>/.exec(rest)?.[0];
    if (broken === undefined || /^\{\{\s*["'\w]+\s*:/.test(broken)) return [];
    const message = `\`${broken}\` is no placeholder`;
    return [within(file, 'placeholder-broken', message, 'write {{name}}', index + 1)];
  });
}
