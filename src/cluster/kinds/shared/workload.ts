import type { LabelSelector } from 'kubernetes-types/meta/v1.js';
import {
  type FieldError,
  type FieldPath,
  forbidden,
  invalid,
  notSupported,
  required,
} from '../../api-server/field-error.ts';
import type { PodTemplateSpec } from '../pod/pod-spec.ts';
import {
  isEmptySelector,
  selectorMatches,
  selectorValue,
  validateLabelSelector,
} from './label-selector.ts';
import { sortedByKey } from './labels.ts';

/** What a workload's spec has in common with others: whom it manages, and what it makes. */
export interface WorkloadSpec {
  readonly selector?: LabelSelector;
  readonly template?: PodTemplateSpec;
}

/** The selector must be there, be right and choose something; `kind` as upstream's words name it. */
export function validateSelector(
  selector: LabelSelector | undefined,
  kind: string,
  path: FieldPath,
): FieldError[] {
  if (!selector) return [required(path)];
  const errors = validateLabelSelector(selector, path);
  if (!isEmptySelector(selector)) return errors;
  return [
    ...errors,
    invalid(path, selectorValue(selector), `empty selector is invalid for ${kind}`),
  ];
}

export const isWrongSelector = (selector: LabelSelector | undefined, path: FieldPath): boolean =>
  validateLabelSelector(selector, path).length > 0;

/** A workload must choose the Pods it makes; an empty selector chooses all, a missing one none. */
export function validateOwnLabels(
  { selector, template }: WorkloadSpec,
  path: FieldPath,
): FieldError[] {
  const labels = template?.metadata?.labels;
  if (selectorMatches(selector, labels)) return [];
  const value = labels && Object.keys(labels).length > 0 ? sortedByKey(labels) : null;
  return [
    invalid(path.child('metadata', 'labels'), value, '`selector` does not match template `labels`'),
  ];
}

/** What runs until told otherwise restarts always and has no deadline. */
export function validateEndless(
  template: PodTemplateSpec | undefined,
  kind: string,
  path: FieldPath,
): FieldError[] {
  const { restartPolicy, activeDeadlineSeconds } = template?.spec ?? {};
  const deadline = path.child('spec', 'activeDeadlineSeconds');
  return [
    ...(restartPolicy === 'Always'
      ? []
      : [notSupported(path.child('spec', 'restartPolicy'), restartPolicy ?? '', ['Always'])]),
    ...(activeDeadlineSeconds === undefined
      ? []
      : [forbidden(deadline, `activeDeadlineSeconds in ${kind} is not Supported`)]),
  ];
}
