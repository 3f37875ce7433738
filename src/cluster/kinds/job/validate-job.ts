import type { JobSpec } from 'kubernetes-types/batch/v1.js';
import {
  type FieldError,
  type FieldPath,
  fieldPath,
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

const modes = ['Indexed', 'NonIndexed'];

function validateMode({ completionMode: mode, completions }: Partial<JobSpec>, path: FieldPath) {
  if (mode === undefined) return [];
  if (!modes.includes(mode)) return [notSupported(path.child('completionMode'), mode, modes)];
  const missing = 'when completion mode is Indexed';
  return mode === 'Indexed' && completions === undefined
    ? [required(path.child('completions'), missing)]
    : [];
}

/** A Job's Pods must be able to end. */
function validateEnding({ template }: Partial<JobSpec>, path: FieldPath): FieldError[] {
  const ends = ['OnFailure', 'Never'].includes(template?.spec?.restartPolicy ?? '');
  return ends ? [] : [required(path, 'valid values: "OnFailure", "Never"')];
}
