import type { LabelSelector, LabelSelectorRequirement } from 'kubernetes-types/meta/v1.js';
import {
  type FieldError,
  type FieldPath,
  forbidden,
  invalid,
  required,
} from '../../api-server/field-error.ts';
import { type LabelMap, sortedByKey, validateLabels, validateText } from './labels.ts';
import { labelValue, qualifiedName } from './names.ts';

/** meta/v1 ValidateLabelSelector; an absent selector has nothing to be wrong. */
export function validateLabelSelector(
  selector: LabelSelector | undefined,
  path: FieldPath,
): FieldError[] {
  return [
    ...validateLabels(selector?.matchLabels, path.child('matchLabels')),
    ...(selector?.matchExpressions ?? []).flatMap((requirement, index) =>
      validateRequirement(requirement, path.child('matchExpressions').index(index)),
    ),
  ];
}

/** Whether a valid selector takes an object with these labels; an absent one takes none. */
export function selectorMatches(
  selector: LabelSelector | undefined,
  labels: LabelMap = {},
): boolean {
  if (!selector) return false;
  return (
    Object.entries(selector.matchLabels ?? {}).every(([key, value]) => is(labels, key, [value])) &&
    (selector.matchExpressions ?? []).every((requirement) => meets(labels, requirement))
  );
}

export const isEmptySelector = ({ matchLabels, matchExpressions }: LabelSelector): boolean =>
  Object.keys(matchLabels ?? {}).length + (matchExpressions ?? []).length === 0;

/** A selector as errors print it: fields in order, labels sorted, empty parts left out. */
export function selectorValue(selector: LabelSelector): object {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return {
    ...(Object.keys(matchLabels).length > 0 && { matchLabels: sortedByKey(matchLabels) }),
    ...(matchExpressions.length > 0 && {
      matchExpressions: matchExpressions.map(({ key, operator, values }) => ({
        key,
        operator,
        ...(values?.length && { values }),
      })),
    }),
  };
}

function validateRequirement(
  { key, operator, values = [] }: LabelSelectorRequirement,
  path: FieldPath,
): FieldError[] {
  const valuesPath = path.child('values');
  const rules: Readonly<Record<string, FieldError | undefined>> = {
    In: needsValues(values, valuesPath),
    NotIn: needsValues(values, valuesPath),
    Exists: needsNoValues(values, valuesPath),
    DoesNotExist: needsNoValues(values, valuesPath),
  };
  const known = Object.hasOwn(rules, operator);
  const wrong = known
    ? rules[operator]
    : invalid(path.child('operator'), operator ?? '', 'not a valid selector operator');
  return [
    ...(wrong ? [wrong] : []),
    ...validateText(key ?? '', qualifiedName, path.child('key')),
    ...values.flatMap((value, index) => validateText(value, labelValue, valuesPath.index(index))),
  ];
}

const needsValues = (values: readonly string[], path: FieldPath): FieldError | undefined =>
  values.length > 0
    ? undefined
    : required(path, "must be specified when `operator` is 'In' or 'NotIn'");

const needsNoValues = (values: readonly string[], path: FieldPath): FieldError | undefined =>
  values.length === 0
    ? undefined
    : forbidden(path, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");

const is = (labels: LabelMap, key: string, values: readonly string[]): boolean =>
  Object.hasOwn(labels, key) && values.includes(labels[key] ?? '');

function meets(
  labels: LabelMap,
  { key, operator, values = [] }: LabelSelectorRequirement,
): boolean {
  if (operator === 'In') return is(labels, key, values);
  if (operator === 'NotIn') return !is(labels, key, values);
  return Object.hasOwn(labels, key) === (operator === 'Exists');
}
