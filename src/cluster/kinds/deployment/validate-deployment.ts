import type { DeploymentStrategy, RollingUpdateDeployment } from 'kubernetes-types/apps/v1.js';
import {
  type FieldError,
  type FieldPath,
  fieldPath,
  forbidden,
  invalid,
  notSupported,
} from '../../api-server/field-error.ts';
import { equalJson } from '../../json.ts';
import type { ResourceTypes } from '../../objects.ts';
import { validateTemplate } from '../pod/validate-pod.ts';
import { magnitudeOf, notMoreThanAll, validateIntOrPercent } from '../shared/int-or-percent.ts';
import { selectorValue } from '../shared/label-selector.ts';
import { validateMetadata } from '../shared/metadata.ts';
import { nonNegative } from '../shared/numbers.ts';
import {
  isWrongSelector,
  validateEndless,
  validateOwnLabels,
  validateSelector,
} from '../shared/workload.ts';
import type { LooseDeploymentSpec } from './deployment-defaults.ts';

type Deployment = ResourceTypes['deployments'];

const root = fieldPath('spec');

/** apps ValidateDeployment, in upstream's order. */
export function validateDeployment(deployment: Deployment): FieldError[] {
  const spec: LooseDeploymentSpec = deployment.spec ?? {};
  return [
    ...validateMetadata(deployment),
    ...nonNegative(spec.replicas, root.child('replicas')),
    ...validateSelector(spec.selector, 'deployment', root.child('selector')),
    ...validateReplicaTemplate(spec, root),
    ...validateStrategy(spec.strategy ?? {}, root.child('strategy')),
    ...nonNegative(spec.minReadySeconds, root.child('minReadySeconds')),
    ...nonNegative(spec.revisionHistoryLimit, root.child('revisionHistoryLimit')),
    ...validateDeadline(spec, root.child('progressDeadlineSeconds')),
  ];
}

/** A Deployment's selector is for life (deployment strategy, ValidateUpdate). */
export function validateDeploymentUpdate(deployment: Deployment, old: Deployment): FieldError[] {
  return [...immutableSelector(deployment.spec ?? {}, old.spec ?? {})];
}

export function immutableSelector(
  spec: LooseDeploymentSpec,
  old: LooseDeploymentSpec,
): FieldError[] {
  const value = spec.selector ? selectorValue(spec.selector) : null;
  const before = old.selector ? selectorValue(old.selector) : null;
  return equalJson(value, before)
    ? []
    : [invalid(root.child('selector'), value, 'field is immutable')];
}

/** What a ReplicaSet's template must be, also when a Deployment holds it. */
export function validateReplicaTemplate(
  spec: Pick<LooseDeploymentSpec, 'selector' | 'template'>,
  path: FieldPath,
): FieldError[] {
  const { selector, template = {} } = spec;
  const selectorPath = path.child('selector');
  if (selector && isWrongSelector(selector, selectorPath)) {
    return [invalid(selectorPath, selectorValue(selector), 'invalid label selector')];
  }
  const at = path.child('template');
  return [
    ...validateOwnLabels(spec, at),
    ...validateTemplate(template, at),
    ...validateEndless(template, 'ReplicaSet', at),
  ];
}

function validateStrategy(strategy: DeploymentStrategy, path: FieldPath): FieldError[] {
  const { type = '', rollingUpdate } = strategy;
  const at = path.child('rollingUpdate');
  if (type === 'RollingUpdate') return validateRollingUpdate(rollingUpdate ?? {}, at);
  if (type === 'Recreate') {
    const message = "may not be specified when strategy `type` is 'Recreate'";
    return rollingUpdate ? [forbidden(at, message)] : [];
  }
  const value = { Type: type, RollingUpdate: rollingUpdateValue(rollingUpdate) };
  return [notSupported(path, value, ['Recreate', 'RollingUpdate'])];
}

const rollingUpdateValue = (update: RollingUpdateDeployment | undefined) =>
  update ? { MaxUnavailable: update.maxUnavailable ?? 0, MaxSurge: update.maxSurge ?? 0 } : null;

function validateRollingUpdate(update: RollingUpdateDeployment, path: FieldPath): FieldError[] {
  const { maxUnavailable, maxSurge } = update;
  const at = path.child('maxUnavailable');
  const neither = magnitudeOf(maxUnavailable) === 0 && magnitudeOf(maxSurge) === 0;
  return [
    ...validateIntOrPercent(maxUnavailable, at),
    ...validateIntOrPercent(maxSurge, path.child('maxSurge')),
    ...(neither ? [invalid(at, maxUnavailable, 'may not be 0 when `maxSurge` is 0')] : []),
    ...notMoreThanAll(maxUnavailable, at),
  ];
}

function validateDeadline(
  { progressDeadlineSeconds: deadline, minReadySeconds = 0 }: LooseDeploymentSpec,
  path: FieldPath,
): FieldError[] {
  if (deadline === undefined) return [];
  const tooEarly = 'must be greater than minReadySeconds';
  return [
    ...nonNegative(deadline, path),
    ...(deadline <= minReadySeconds ? [invalid(path, deadline, tooEarly)] : []),
  ];
}
