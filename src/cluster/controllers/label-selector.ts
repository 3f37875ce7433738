import type { LabelSelector } from 'kubernetes-types/meta/v1.js';

export type Labels = Readonly<Record<string, string>>;

const labelOf = (labels: Labels | undefined, key: string): string | undefined =>
  labels && Object.hasOwn(labels, key) ? labels[key] : undefined;

/** Whether every pair of a map selector stands in the labels; an empty one chooses nothing. */
export function mapSelects(selector: Labels | undefined, labels: Labels | undefined): boolean {
  let pairs = 0;
  for (const key in selector) {
    if (labelOf(labels, key) !== selector[key]) return false;
    pairs += 1;
  }
  return pairs > 0;
}

/** Whether a LabelSelector of the apps group chooses these labels; an empty one chooses nothing. */
export function selects(selector: LabelSelector | undefined, labels: Labels | undefined): boolean {
  const pairs = Object.entries(selector?.matchLabels ?? {});
  const expressions = selector?.matchExpressions ?? [];
  if (pairs.length + expressions.length === 0) return false;
  return (
    pairs.every(([key, value]) => labelOf(labels, key) === value) &&
    expressions.every(({ key, operator, values = [] }) =>
      holds(operator, labelOf(labels, key), values),
    )
  );
}

function holds(operator: string, value: string | undefined, values: readonly string[]): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
