import {
  type FieldError,
  type FieldPath,
  fieldPath,
  forbidden,
  invalid,
} from '../../api-server/field-error.ts';
import { cloneJson, equalJson } from '../../json.ts';
import type { ResourceTypes } from '../../objects.ts';
import { inRange } from '../shared/names.ts';
import type { Container, PodSpec } from './pod-spec.ts';
import { specDiff } from './spec-text.ts';

type Pod = ResourceTypes['pods'];

/** What of a Pod may change once it is there: images, a deadline, more tolerations, little else. */
export function validatePodUpdate(pod: Pod, old: Pod): FieldError[] {
  const path = fieldPath('spec');
  const [spec, oldSpec] = [specOf(pod), specOf(old)];
  for (const list of ['containers', 'initContainers'] as const) {
    if ((spec[list] ?? []).length === (oldSpec[list] ?? []).length) continue;
    return [forbidden(path.child(list), 'pod updates may not add or remove containers')];
  }
  const deadline = validateDeadline(spec, oldSpec, path.child('activeDeadlineSeconds'));
  if (deadline && spec.activeDeadlineSeconds !== undefined) return [deadline];
  return [
    ...(deadline ? [deadline] : []),
    ...validateOnlyAdded(spec, oldSpec, path.child('tolerations')),
    ...validateOnlyRemoved(spec, oldSpec, path.child('schedulingGates')),
    ...validateRest(spec, oldSpec, path),
  ];
}

const specOf = ({ spec }: Pod): PodSpec => spec ?? { containers: [] };

const updatable = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');

function validateRest(spec: PodSpec, old: PodSpec, path: FieldPath): FieldError[] {
  const kept = withUpdatableFieldsOf(spec, old);
  if (equalJson(kept, old)) return [];
  const message = `pod updates may not change fields other than ${updatable}`;
  return [forbidden(path, `${message}\n${specDiff(old, kept)}`)];
}

/** The new spec as if nothing that may change had changed. */
function withUpdatableFieldsOf(spec: PodSpec, old: PodSpec): PodSpec {
  const kept: PodSpec = cloneJson(spec);
  takeImages(kept.containers, old.containers);
  takeImages(kept.initContainers ?? [], old.initContainers ?? []);
  take(kept, old, 'activeDeadlineSeconds');
  take(kept, old, 'schedulingGates');
  take(kept, old, 'tolerations');
  const grace = old.terminationGracePeriodSeconds ?? 0;
  if (grace < 0 && kept.terminationGracePeriodSeconds === 1) {
    kept.terminationGracePeriodSeconds = grace;
  }
  return kept;
}

function takeImages(containers: readonly Container[], old: readonly Container[]): void {
  for (const [index, container] of containers.entries()) {
    const image = old[index]?.image;
    if (image !== undefined) container.image = image;
  }
}

function take<F extends keyof PodSpec>(spec: PodSpec, old: PodSpec, field: F): void {
  if (old[field] === undefined) delete spec[field];
  else spec[field] = old[field];
}

/** A deadline can be set and come nearer; it cannot go away. */
function validateDeadline(
  { activeDeadlineSeconds: seconds }: PodSpec,
  { activeDeadlineSeconds: before }: PodSpec,
  path: FieldPath,
): FieldError | undefined {
  if (seconds === undefined) {
    const removed = 'must not update from a positive integer to nil value';
    return before === undefined ? undefined : invalid(path, null, removed);
  }
  const [outside] = inRange(seconds, 0, 2147483647);
  if (outside) return invalid(path, seconds, outside);
  const later = before !== undefined && before < seconds;
  return later ? invalid(path, seconds, 'must be less than or equal to previous value') : undefined;
}

function validateOnlyAdded(
  { tolerations = [] }: PodSpec,
  { tolerations: before = [] }: PodSpec,
  path: FieldPath,
): FieldError[] {
  const { length } = before.filter(
    (old) =>
      !tolerations.some((toleration) =>
        equalJson(
          { ...toleration, tolerationSeconds: undefined },
          { ...old, tolerationSeconds: undefined },
        ),
      ),
  );
  const message = 'existing toleration can not be modified except its tolerationSeconds';
  return length > 0 ? [forbidden(path, message)] : [];
}

function validateOnlyRemoved(
  { schedulingGates = [] }: PodSpec,
  { schedulingGates: before = [] }: PodSpec,
  path: FieldPath,
): FieldError[] {
  return schedulingGates.flatMap(({ name }, index) =>
    before.some((gate) => gate.name === name)
      ? []
      : [
          forbidden(
            path.index(index).child('name'),
            `only deletion is allowed, but found new scheduling gate '${name}'`,
          ),
        ],
  );
}
