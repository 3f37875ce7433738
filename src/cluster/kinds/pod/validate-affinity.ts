import type {
  Affinity,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinityTerm,
} from 'kubernetes-types/core/v1.js';
import type { LabelSelector } from 'kubernetes-types/meta/v1.js';
import {
  type FieldError,
  type FieldPath,
  forbidden,
  invalid,
  required,
} from '../../api-server/field-error.ts';
import { validateLabelSelector } from '../shared/label-selector.ts';
import { validateText } from '../shared/labels.ts';
import { dns1123Label, dns1123Subdomain, labelValue, qualifiedName } from '../shared/names.ts';

/** Which nodes a Pod prefers or needs, by their labels and by the Pods on them. */
export function validateAffinity(affinity: Affinity | undefined, path: FieldPath): FieldError[] {
  const needed = 'requiredDuringSchedulingIgnoredDuringExecution';
  const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
  const node = affinity?.nodeAffinity;
  const nodePath = path.child('nodeAffinity');
  return [
    ...validateNodeTerms(node?.[needed]?.nodeSelectorTerms, nodePath.child(needed)),
    ...(node?.[preferred] ?? []).flatMap(({ weight, preference }, index) => [
      ...validateWeight(weight, nodePath.child(preferred).index(index)),
      ...validateNodeTerm(
        preference ?? {},
        false,
        nodePath.child(preferred).index(index).child('preference'),
      ),
    ]),
    ...(['podAffinity', 'podAntiAffinity'] as const).flatMap((side) => [
      ...(affinity?.[side]?.[needed] ?? []).flatMap((term, index) =>
        validatePodTerm(term, path.child(side, needed).index(index)),
      ),
      ...(affinity?.[side]?.[preferred] ?? []).flatMap(({ weight, podAffinityTerm }, index) => {
        const at = path.child(side, preferred).index(index);
        const term = podAffinityTerm ?? { topologyKey: '' };
        return [
          ...validateWeight(weight, at),
          ...validatePodTerm(term, at.child('podAffinityTerm')),
        ];
      }),
    ]),
  ];
}

const validateWeight = (weight: number, path: FieldPath): FieldError[] =>
  weight >= 1 && weight <= 100
    ? []
    : [invalid(path.child('weight'), weight ?? 0, 'must be in the range 1-100')];

function validateNodeTerms(
  terms: readonly NodeSelectorTerm[] | undefined | null,
  path: FieldPath,
): FieldError[] {
  if (terms === undefined) return [];
  const at = path.child('nodeSelectorTerms');
  if (!terms?.length) return [required(at, 'must have at least one node selector term')];
  return terms.flatMap((term, index) => validateNodeTerm(term, true, at.index(index)));
}

const validateNodeTerm = (
  { matchExpressions = [], matchFields = [] }: NodeSelectorTerm,
  strict: boolean,
  path: FieldPath,
): FieldError[] => [
  ...matchExpressions.flatMap((requirement, index) =>
    validateNodeLabel(requirement, strict, path.child('matchExpressions').index(index)),
  ),
  ...matchFields.flatMap((requirement, index) =>
    validateNodeField(requirement, path.child('matchFields').index(index)),
  ),
];

function validateNodeLabel(
  { key, operator, values = [] }: NodeSelectorRequirement,
  strict: boolean,
  path: FieldPath,
): FieldError[] {
  return [
    ...validateOperator(operator, values.length, path),
    ...validateText(key ?? '', qualifiedName, path.child('key')),
    ...(strict
      ? values.flatMap((value, index) =>
          validateText(value, labelValue, path.child('values').index(index)),
        )
      : []),
  ];
}

const notAnOperator = 'not a valid selector operator';

function validateOperator(operator: string, count: number, path: FieldPath): FieldError[] {
  const values = path.child('values');
  switch (operator) {
    case 'In':
    case 'NotIn':
      return count > 0
        ? []
        : [required(values, "must be specified when `operator` is 'In' or 'NotIn'")];
    case 'Exists':
    case 'DoesNotExist':
      return count === 0
        ? []
        : [forbidden(values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
    case 'Gt':
    case 'Lt':
      return count === 1
        ? []
        : [required(values, "must be specified single value when `operator` is 'Lt' or 'Gt'")];
    default:
      return [invalid(path.child('operator'), operator ?? '', notAnOperator)];
  }
}

function validateNodeField(
  { key, operator, values = [] }: NodeSelectorRequirement,
  path: FieldPath,
): FieldError[] {
  const one = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
  const known = operator === 'In' || operator === 'NotIn';
  const count = values.length === 1 ? [] : [required(path.child('values'), one)];
  return [
    ...(known ? count : [invalid(path.child('operator'), operator ?? '', notAnOperator)]),
    ...(key === 'metadata.name'
      ? values.flatMap((value, index) =>
          validateText(value, dns1123Subdomain, path.child('values').index(index)),
        )
      : [invalid(path.child('key'), key ?? '', 'not a valid field selector key')]),
  ];
}

function validatePodTerm(term: PodAffinityTerm, path: FieldPath): FieldError[] {
  const { labelSelector, namespaceSelector, namespaces = [], topologyKey = '' } = term;
  const keyPath = path.child('topologyKey');
  return [
    ...validateLabelSelector(labelSelector, path.child('labelSelector')),
    ...validateLabelSelector(namespaceSelector, path.child('namespaceSelector')),
    ...namespaces.flatMap((name) => validateText(name, dns1123Label, path.child('namespace'))),
    ...validateKeys(term.matchLabelKeys, labelSelector, path.child('matchLabelKeys')),
    ...validateKeys(term.mismatchLabelKeys, labelSelector, path.child('mismatchLabelKeys')),
    ...(topologyKey === '' ? [required(keyPath, 'can not be empty')] : []),
    ...validateText(topologyKey, qualifiedName, keyPath),
  ];
}

export function validateKeys(
  keys: readonly string[] | undefined,
  selector: LabelSelector | undefined,
  path: FieldPath,
): FieldError[] {
  if (!keys?.length) return [];
  if (!selector) return [forbidden(path, 'must not be specified when labelSelector is not set')];
  return keys.flatMap((key, index) => validateText(key, qualifiedName, path.index(index)));
}
