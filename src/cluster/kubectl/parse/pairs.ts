import { define } from '../../json.ts';
import { failed } from '../resource/usage.ts';

/** `a=b,c=d` as `--labels` takes it (kubectl/pkg/generate ParseLabels). */
export function parseLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  if (text === '') throw failed('no label spec passed');
  for (const spec of text.split(',')) {
    const [key = '', value, ...more] = spec.split('=');
    if (value === undefined || more.length > 0) throw failed(`unexpected label spec: ${spec}`);
    if (key === '') throw failed('unexpected empty label key');
    define(labels, key, value);
  }
  return labels;
}

/**
 * Splits the words of `label`, `annotate` and `set image` into resources and changes: a change
 * holds `=`, or ends with `-` where something can be removed (cmdutil.GetResourcesAndPairs).
 */
export function resourcesAndPairs(
  words: readonly string[],
  what: string,
  removable: boolean,
): { readonly resources: readonly string[]; readonly pairs: readonly string[] } {
  const isPair = (word: string) => word.indexOf('=') > 0 || (removable && word.endsWith('-'));
  const first = words.findIndex(isPair);
  if (first < 0) return { resources: words, pairs: [] };
  const pairs = words.slice(first);
  const stray = pairs.find((word) => !isPair(word));
  if (stray !== undefined) {
    throw failed(`all resources must be specified before ${what} changes: ${stray}`);
  }
  return { resources: words.slice(0, first), pairs };
}

/** What keeps a text from being a label's value, in the API's words; undefined when nothing does. */
export function labelValueProblem(value: string): string | undefined {
  if (value.length > 63) return 'must be no more than 63 characters';
  if (/^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/.test(value)) return undefined;
  return "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
}
