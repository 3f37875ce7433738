import type {
  PodSchedulingGate,
  Toleration,
  TopologySpreadConstraint,
} from 'kubernetes-types/core/v1.js';
import {
  duplicate,
  type FieldError,
  type FieldPath,
  invalid,
  notSupported,
  required,
} from '../../api-server/field-error.ts';
import { validateLabelSelector } from '../shared/label-selector.ts';
import { validateText } from '../shared/labels.ts';
import { labelValue, qualifiedName } from '../shared/names.ts';
import { validateKeys } from './validate-affinity.ts';

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export function validateTolerations(
  tolerations: readonly Toleration[],
  path: FieldPath,
): FieldError[] {
  return tolerations.flatMap((toleration, index) => {
    const at = path.index(index);
    const { key = '', operator = '', effect = '', tolerationSeconds } = toleration;
    const needsExists =
      'operator must be Exists when `key` is empty, which means "match all values and all keys"';
    const needsNoExecute = "effect must be 'NoExecute' when `tolerationSeconds` is set";
    return [
      ...(key === '' ? [] : validateText(key, qualifiedName, at.child('key'))),
      ...(key === '' && operator !== 'Exists'
        ? [invalid(at.child('operator'), operator, needsExists)]
        : []),
      ...(tolerationSeconds !== undefined && effect !== 'NoExecute'
        ? [invalid(at.child('effect'), effect, needsNoExecute)]
        : []),
      ...validateTolerationValue(toleration, at.child('operator')),
      ...(effect === '' || effects.includes(effect)
        ? []
        : [notSupported(at.child('effect'), effect, effects)]),
    ];
  });
}

function validateTolerationValue(
  { operator = '', value = '' }: Toleration,
  path: FieldPath,
): FieldError[] {
  if (operator === '' || operator === 'Equal') {
    const messages = labelValue(value);
    return messages.length > 0 ? [invalid(path, value, messages.join(';'))] : [];
  }
  if (operator !== 'Exists') return [notSupported(path, operator, ['Equal', 'Exists'])];
  return value === ''
    ? []
    : [invalid(path, value, "value must be empty when `operator` is 'Exists'")];
}

export function validateSchedulingGates(
  gates: readonly PodSchedulingGate[],
  path: FieldPath,
): FieldError[] {
  return gates.flatMap(({ name = '' }, index) => [
    ...validateText(name, qualifiedName, path.index(index)),
    ...(gates.slice(0, index).some((other) => other.name === name)
      ? [duplicate(path.index(index), name)]
      : []),
  ]);
}

const actions = ['DoNotSchedule', 'ScheduleAnyway'];
const inclusions = ['Honor', 'Ignore'];

/** How evenly a workload's Pods stand on zones or nodes. */
export function validateTopologySpread(
  constraints: readonly TopologySpreadConstraint[],
  path: FieldPath,
): FieldError[] {
  return constraints.flatMap((constraint, index) => {
    const at = path.index(index);
    const { maxSkew = 0, topologyKey = '', whenUnsatisfiable: action = '' } = constraint;
    const again = constraints
      .slice(index + 1)
      .some((other) => other.topologyKey === topologyKey && other.whenUnsatisfiable === action);
    return [
      ...(maxSkew > 0 ? [] : [invalid(at.child('maxSkew'), maxSkew, 'must be greater than zero')]),
      ...(topologyKey === '' ? [required(at.child('topologyKey'), 'can not be empty')] : []),
      ...(actions.includes(action)
        ? []
        : [notSupported(at.child('whenUnsatisfiable'), action, actions)]),
      ...(again
        ? [duplicate(at.child('{topologyKey, whenUnsatisfiable}'), `{${topologyKey}, ${action}}`)]
        : []),
      ...validateDomains(constraint, at),
      ...validateKeys(
        constraint.matchLabelKeys,
        constraint.labelSelector,
        at.child('matchLabelKeys'),
      ),
      ...validateLabelSelector(constraint.labelSelector, at.child('labelSelector')),
    ];
  });
}

function validateDomains(constraint: TopologySpreadConstraint, path: FieldPath): FieldError[] {
  const { minDomains, whenUnsatisfiable: action = '' } = constraint;
  const at = path.child('minDomains');
  const policies = ['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const;
  const given = minDomains !== undefined;
  const misplaced = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`;
  return [
    ...(given && minDomains <= 0 ? [invalid(at, minDomains, 'must be greater than zero')] : []),
    ...(given && action !== 'DoNotSchedule' ? [invalid(at, minDomains, misplaced)] : []),
    ...policies.flatMap((field) => {
      const policy = constraint[field];
      return policy === undefined || inclusions.includes(policy)
        ? []
        : [notSupported(path.child(field), policy, inclusions)];
    }),
  ];
}
