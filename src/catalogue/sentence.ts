import type { Finding } from '../cluster/finding.ts';

/** What fills a sentence: a finding's parameters, and its own members beside them. */
export type Values = Readonly<Record<string, string | number | boolean>>;

/**
 * A sentence of the catalogue: text with `{name}` where a parameter goes (`{path}`, `{observed}`
 * and `{expected}` are the finding's own), or a function of the parameters where the wording
 * depends on them.
 */
export type Sentence = string | ((values: Values) => string);

export type Sentences = Readonly<Record<string, Sentence>>;

/** The same sentences in another language: exactly those, so that a missing one does not compile. */
export type Translated<T> = { readonly [K in keyof T]: Sentence };

/** The sentence with its places filled; a place that nothing fills keeps its braces. */
export function fill(sentence: Sentence, values: Values): string {
  const text = typeof sentence === 'string' ? sentence : sentence(values);
  return text.replace(/\{([A-Za-z]\w*)\}/g, (place, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : place,
  );
}

export function valuesOf(finding: Finding): Values {
  const { path, observed, expected, parameters } = finding;
  return {
    ...(path !== undefined && { path }),
    ...(observed !== undefined && { observed }),
    ...(expected !== undefined && { expected }),
    ...parameters,
  };
}
