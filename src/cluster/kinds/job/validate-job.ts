import type { JobSpec } from 'kubernetes-types/batch/v1.js';
import {
  type FieldError,
  type FieldPath,
  fieldPath,
  invalid,
  notSupported,
  required,
} from '../../api-server/field-error.ts';
import { validateTemplate } from '../pod/validate-pod.ts';
import { validateMetadata } from '../shared/metadata.ts';
import { nonNegative } from '../shared/numbers.ts';
import { validateOwnLabels } from '../shared/workload.ts';
import type { Job } from './job.ts';

/** batch ValidateJob. */
export function validateJob(object: Job): FieldError[] {
  const spec = object.spec ?? {};
  const path = fieldPath('spec');
  return [
    ...validateMetadata(object),
    ...validateJobSpec(spec, path),
    ...validateOwnLabels(spec, path.child('template')),
  ];
}

const counts = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
] as const;

/** The part that a CronJob's template must have right as well. */
export function validateJobSpec(spec: Partial<JobSpec>, path: FieldPath): FieldError[] {
  const at = path.child('template');
  return [
    ...counts.flatMap((field) => nonNegative(spec[field], path.child(field))),
    ...validateMode(spec, path),
    ...validateTemplate(spec.template ?? {}, at),
    ...validateEnding(spec, at.child('spec', 'restartPolicy')),
  ];
}

const mostParallel = 100_000;

const modes = ['NonIndexed', 'Indexed'];

function validateMode(spec: Partial<JobSpec>, path: FieldPath): FieldError[] {
  const { completionMode: mode, completions, parallelism = 0 } = spec;
  if (mode === undefined) return [];
  if (!modes.includes(mode)) return [notSupported(path.child('completionMode'), mode, modes)];
  if (mode !== 'Indexed') return [];
  const when = 'when completion mode is Indexed';
  const tooMany = `must be less than or equal to ${mostParallel} ${when}`;
  return [
    ...(completions === undefined ? [required(path.child('completions'), when)] : []),
    ...(parallelism > mostParallel
      ? [invalid(path.child('parallelism'), parallelism, tooMany)]
      : []),
  ];
}

const endings = ['OnFailure', 'Never'];

/** A Job's Pods must be able to end; those whose failures have a policy end with the first. */
function validateEnding({ template, podFailurePolicy }: Partial<JobSpec>, path: FieldPath) {
  const policy = template?.spec?.restartPolicy ?? '';
  if (policy === '' || policy === 'Always') {
    return [required(path, 'valid values: "OnFailure", "Never"')];
  }
  if (!endings.includes(policy)) return [notSupported(path, policy, endings)];
  const never = 'only "Never" is supported when podFailurePolicy is specified';
  return podFailurePolicy && policy !== 'Never' ? [invalid(path, policy, never)] : [];
}
