import { type FieldError, type FieldPath, invalid } from '../../api-server/field-error.ts';
import { labelValue, qualifiedName, type TextCheck } from './names.ts';

export type LabelMap = Readonly<Record<string, string>>;

/** The keys and values of labels, of a node selector, of a Service's selector. */
export function validateLabels(labels: LabelMap | undefined, path: FieldPath): FieldError[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...validateText(key, qualifiedName, path),
    ...validateText(value, labelValue, path),
  ]);
}

/** One error for each thing that a check holds against a text. */
export const validateText = (text: string, check: TextCheck, path: FieldPath): FieldError[] =>
  check(text).map((message) => invalid(path, text, message));

/** The same map with its keys in the order in which the server prints them. */
export const sortedByKey = <T>(map: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
