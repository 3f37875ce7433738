import {
  type FieldError,
  type FieldPath,
  fieldPath,
  invalid,
  notSupported,
  required,
} from '../../api-server/field-error.ts';
import { magnitudeOf, notMoreThanAll, validateIntOrPercent } from '../shared/int-or-percent.ts';
import { selectorValue } from '../shared/label-selector.ts';
import { validateLabels } from '../shared/labels.ts';
import { validateAnnotations, validateMetadata } from '../shared/metadata.ts';
import { dns1123Label } from '../shared/names.ts';
import { nonNegative } from '../shared/numbers.ts';
import {
  isWrongSelector,
  validateEndless,
  validateOwnLabels,
  validateSelector,
} from '../shared/workload.ts';
import type { StatefulSet } from './stateful-set.ts';

type Spec = NonNullable<StatefulSet['spec']>;

const root = fieldPath('spec');

/** apps ValidateStatefulSet: of the template only the labels, as claims give it more volumes. */
export function validateStatefulSet(object: StatefulSet): FieldError[] {
  const spec = object.spec ?? {};
  const { persistentVolumeClaimRetentionPolicy: retention } = spec;
  return [
    ...validateMetadata(object, { name: dns1123Label }),
    ...validateManagement(spec.podManagementPolicy ?? '', root.child('podManagementPolicy')),
    ...validateStrategy(spec.updateStrategy ?? {}, root.child('updateStrategy')),
    ...(['whenDeleted', 'whenScaled'] as const).flatMap((when) =>
      validateRetention(
        retention?.[when] ?? '',
        root.child('persistentVolumeClaimRetentionPolicy', when),
      ),
    ),
    ...nonNegative(spec.replicas, root.child('replicas')),
    ...nonNegative(spec.minReadySeconds, root.child('minReadySeconds')),
    ...nonNegative(spec.ordinals?.start, root.child('ordinals.start')),
    ...validateSelector(spec.selector, 'statefulset', root.child('selector')),
    ...validateTemplateLabels(spec),
    ...validateEndless(spec.template, 'StatefulSet', root.child('template')),
  ];
}

function validateTemplateLabels(spec: Spec): FieldError[] {
  const { selector, template } = spec;
  const selectorPath = root.child('selector');
  if (selector && isWrongSelector(selector, selectorPath)) {
    return [invalid(selectorPath, selectorValue(selector))];
  }
  const at = root.child('template');
  return [
    ...validateOwnLabels(spec, at),
    ...validateLabels(template?.metadata?.labels, at.child('labels')),
    ...validateAnnotations(template?.metadata?.annotations, at.child('annotations')),
  ];
}

function validateManagement(policy: string, path: FieldPath): FieldError[] {
  if (policy === '') return [required(path)];
  const known = policy === 'OrderedReady' || policy === 'Parallel';
  return known ? [] : [invalid(path, policy, "must be 'OrderedReady' or 'Parallel'")];
}

const retentions = ['Retain', 'Delete'];

const validateRetention = (policy: string, path: FieldPath): FieldError[] =>
  retentions.includes(policy) ? [] : [notSupported(path, policy, retentions)];

function validateStrategy(
  { type = '', rollingUpdate }: NonNullable<Spec['updateStrategy']>,
  path: FieldPath,
): FieldError[] {
  const at = path.child('rollingUpdate');
  if (type === '') return [required(path)];
  if (type === 'OnDelete') {
    const message = "only allowed for updateStrategy 'RollingUpdate'";
    return rollingUpdate ? [invalid(at, rollingUpdate, message)] : [];
  }
  if (type !== 'RollingUpdate') {
    const value = { Type: type, RollingUpdate: null };
    return [invalid(path, value, "must be 'RollingUpdate' or 'OnDelete'")];
  }
  const { partition, maxUnavailable } = rollingUpdate ?? {};
  const most = at.child('maxUnavailable');
  const zero = maxUnavailable !== undefined && magnitudeOf(maxUnavailable) === 0;
  return [
    ...nonNegative(partition, at.child('partition')),
    ...validateIntOrPercent(maxUnavailable, most),
    ...(zero ? [invalid(most, maxUnavailable, 'cannot be 0')] : []),
    ...notMoreThanAll(maxUnavailable, most),
  ];
}
