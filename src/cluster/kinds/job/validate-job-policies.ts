import type {
  JobSpec,
  PodFailurePolicyOnExitCodesRequirement,
  PodFailurePolicyOnPodConditionsPattern,
  PodFailurePolicyRule,
  SuccessPolicyRule,
} from 'kubernetes-types/batch/v1.js';
import {
  duplicate,
  type FieldError,
  type FieldPath,
  goQuote,
  invalid,
  notSupported,
  required,
  tooMany,
} from '../../api-server/field-error.ts';
import { qualifiedName } from '../shared/names.ts';
import { nonNegative } from '../shared/numbers.ts';

type Spec = Partial<JobSpec>;

const actions = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const operators = ['In', 'NotIn'];
const statuses = ['False', 'True', 'Unknown'];
const most = { rules: 20, conditions: 20, exitCodes: 255 };

/** batch validatePodFailurePolicy. */
export function validatePodFailurePolicy(spec: Spec, path: FieldPath): FieldError[] {
  const rules = spec.podFailurePolicy?.rules ?? [];
  const at = path.child('rules');
  return [
    ...(rules.length > most.rules ? [tooMany(at, rules.length, most.rules)] : []),
    ...rules.flatMap((rule, index) => validateRule(spec, rule, at.index(index))),
  ];
}

function validateRule(spec: Spec, rule: PodFailurePolicyRule, path: FieldPath): FieldError[] {
  const { onExitCodes, onPodConditions = [] } = rule;
  const omitted = (detail: string): FieldError => ({
    reason: 'FieldValueInvalid',
    field: path.text,
    message: `Invalid value: ${detail}`,
  });
  const both = 'specifying both OnExitCodes and OnPodConditions is not supported';
  const none = 'specifying one of OnExitCodes and OnPodConditions is required';
  return [
    ...validateAction(spec, rule.action, path.child('action')),
    ...(onExitCodes ? validateExitCodes(spec, onExitCodes, path.child('onExitCodes')) : []),
    ...validateConditions(onPodConditions, path.child('onPodConditions')),
    ...(onExitCodes && onPodConditions.length > 0 ? [omitted(both)] : []),
    ...(!onExitCodes && onPodConditions.length === 0 ? [omitted(none)] : []),
  ];
}

function validateAction(spec: Spec, action: string | undefined, path: FieldPath): FieldError[] {
  if (action !== 'FailIndex') return oneOfThese(action, actions, path);
  const alone = 'requires the backoffLimitPerIndex to be set';
  return spec.backoffLimitPerIndex === undefined ? [invalid(path, action, alone)] : [];
}

function oneOfThese(value: string | undefined, known: readonly string[], path: FieldPath) {
  if (!value) return [required(path, `valid values: [${known.map(goQuote).join(' ')}]`)];
  return known.includes(value) ? [] : [notSupported(path, value, known)];
}

function validateConditions(
  patterns: readonly PodFailurePolicyOnPodConditionsPattern[],
  path: FieldPath,
): FieldError[] {
  return [
    ...(patterns.length > most.conditions ? [tooMany(path, patterns.length, most.conditions)] : []),
    ...patterns.flatMap(({ type = '', status }, index) => {
      const at = path.index(index);
      return [
        ...qualifiedName(type).map((problem) => invalid(at.child('type'), type, problem)),
        ...oneOfThese(status, statuses, at.child('status')),
      ];
    }),
  ];
}

function validateExitCodes(
  { template }: Spec,
  { operator, containerName, values }: PodFailurePolicyOnExitCodesRequirement,
  path: FieldPath,
): FieldError[] {
  const { containers = [], initContainers = [] } = template?.spec ?? {};
  const known = [...containers, ...initContainers].some(({ name }) => name === containerName);
  const stranger = 'must be one of the container or initContainer names in the pod template';
  return [
    ...oneOfThese(operator, operators, path.child('operator')),
    ...(containerName !== undefined && !known
      ? [invalid(path.child('containerName'), containerName, stranger)]
      : []),
    ...validateExitValues(values, operator, path.child('values')),
  ];
}

function validateExitValues(
  values: readonly number[] | undefined,
  operator: string,
  path: FieldPath,
): FieldError[] {
  if (!values?.length) return [invalid(path, values, 'at least one value is required')];
  const errors =
    values.length > most.exitCodes ? [tooMany(path, values.length, most.exitCodes)] : [];
  const seen = new Set<number>();
  for (const [index, value] of values.entries()) {
    const at = path.index(index);
    const zero = operator === 'In' && value === 0;
    if (zero) errors.push(invalid(at, value, 'must not be 0 for the In operator'));
    if (seen.has(value)) errors.push(duplicate(at, value));
    seen.add(value);
  }
  const ordered = values.every((value, index) => index === 0 || (values[index - 1] ?? 0) <= value);
  return ordered ? errors : [...errors, invalid(path, values, 'must be ordered')];
}

/** batch validateSuccessPolicy: for Jobs whose completions have an index each. */
export function validateSuccessPolicy(spec: Spec, path: FieldPath): FieldError[] {
  const { successPolicy, completionMode, completions } = spec;
  if (!successPolicy) return [];
  const rules = successPolicy.rules ?? [];
  if (completionMode !== 'Indexed') {
    const Rules = rules.map(({ succeededIndexes = null, succeededCount = null }) => ({
      SucceededIndexes: succeededIndexes,
      SucceededCount: succeededCount,
    }));
    return [invalid(path, { Rules }, 'requires indexed completion mode')];
  }
  const at = path.child('rules');
  if (rules.length === 0) {
    return [
      required(at, 'at least one rules must be specified when the successPolicy is specified'),
    ];
  }
  return [
    ...(rules.length > most.rules ? [tooMany(at, rules.length, most.rules)] : []),
    ...rules.flatMap((rule, index) => validateSuccess(rule, completions ?? 0, at.index(index))),
  ];
}

function validateSuccess(
  { succeededIndexes, succeededCount }: SuccessPolicyRule,
  completions: number,
  path: FieldPath,
): FieldError[] {
  if (succeededIndexes === undefined && succeededCount === undefined) {
    return [required(path, 'at least one of succeededCount or succeededIndexes must be specified')];
  }
  const indexes = countIndexes(succeededIndexes ?? '', completions);
  const wrong = typeof indexes === 'string';
  const errors = wrong
    ? [
        invalid(
          path.child('succeededIndexes'),
          succeededIndexes,
          `error parsing succeededIndexes: ${indexes}`,
        ),
      ]
    : [];
  const total = wrong ? 0 : indexes;
  const at = path.child('succeededCount');
  const tooBig = (bound: number, what: string): FieldError[] =>
    (succeededCount ?? 0) > bound
      ? [invalid(at, succeededCount, `must be less than or equal to ${bound} (${what})`)]
      : [];
  return [
    ...errors,
    ...nonNegative(succeededCount, at),
    ...tooBig(completions, 'the number of specified completions'),
    ...(succeededIndexes === undefined
      ? []
      : tooBig(total, 'the number of indexes in the specified succeededIndexes field')),
  ];
}

/** How many indexes `0,2-4` names, or what is wrong with the text (validateIndexesFormat). */
function countIndexes(text: string, completions: number): number | string {
  let [total, last] = [0, -1];
  for (const interval of text === '' ? [] : text.split(',')) {
    const limits = interval.split('-');
    if (limits.length > 2) {
      return `the fragment ${goQuote(interval)} violates the requirement that an index interval can have at most two parts separated by '-'`;
    }
    for (const [index, limit] of limits.entries()) {
      if (!/^\+?\d+$/.test(limit)) {
        return `cannot convert string to integer for index: ${goQuote(limit)}`;
      }
      const number = Number(limit);
      if (number >= completions) return `too large index: ${goQuote(limit)}`;
      if (last >= number) return `non-increasing order, previous: ${last}, current: ${number}`;
      total += index === 0 ? 1 : number - last;
      last = number;
    }
  }
  return total;
}
