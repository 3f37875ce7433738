import type { JobSpec } from 'kubernetes-types/batch/v1.js';
import {
  type FieldError,
  type FieldPath,
  fieldPath,
  invalid,
  notSupported,
  required,
  tooLong,
} from '../../api-server/field-error.ts';
import { validateTemplate } from '../pod/validate-pod.ts';
import { validateMetadata } from '../shared/metadata.ts';
import { dns1123Subdomain } from '../shared/names.ts';
import { nonNegative } from '../shared/numbers.ts';
import { validateOwnLabels } from '../shared/workload.ts';
import type { Job } from './job.ts';
import { validatePodFailurePolicy, validateSuccessPolicy } from './validate-job-policies.ts';

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
  'backoffLimitPerIndex',
  'maxFailedIndexes',
] as const;

/** The part that a CronJob's template must have right as well. */
export function validateJobSpec(spec: Partial<JobSpec>, path: FieldPath): FieldError[] {
  const at = path.child('template');
  return [
    ...counts.flatMap((field) => nonNegative(spec[field], path.child(field))),
    ...(spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined
      ? [required(path.child('backoffLimitPerIndex'), 'when maxFailedIndexes is specified')]
      : []),
    ...validateManager(spec.managedBy, path.child('managedBy')),
    ...validateMode(spec, path),
    ...validatePodFailurePolicy(spec, path.child('podFailurePolicy')),
    ...validateSuccessPolicy(spec, path.child('successPolicy')),
    ...validateReplacement(spec, path.child('podReplacementPolicy')),
    ...validateTemplate(spec.template ?? {}, at),
    ...validateEnding(spec, at.child('spec', 'restartPolicy')),
  ];
}

/** IsDomainPrefixedPath. */
function validateManager(manager: string | undefined, path: FieldPath): FieldError[] {
  if (manager === undefined) return [];
  if (manager === '') return [required(path)];
  const slash = manager.indexOf('/');
  if (slash <= 0 || slash === manager.length - 1) {
    return [invalid(path, manager, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  }
  const domain = manager.slice(0, slash);
  const errors = dns1123Subdomain(domain).map((problem) => invalid(path, domain, problem));
  return manager.length > longestManager ? [...errors, tooLong(path, longestManager)] : errors;
}

const longestManager = 63;
const replacements = ['Failed', 'TerminatingOrFailed'];

function validateReplacement(spec: Partial<JobSpec>, path: FieldPath): FieldError[] {
  const { podReplacementPolicy: policy, podFailurePolicy } = spec;
  const known = podFailurePolicy ? ['Failed'] : replacements;
  return policy === undefined || known.includes(policy) ? [] : [notSupported(path, policy, known)];
}

/** Jobs with an index for each completion may be large only if little goes on at once. */
const largest = { parallel: 100_000, failed: 100_000, completions: 100_000, few: 10_000 };

const modes = ['NonIndexed', 'Indexed'];

function validateMode(spec: Partial<JobSpec>, path: FieldPath): FieldError[] {
  const { completionMode: mode = 'NonIndexed' } = spec;
  if (!modes.includes(mode)) return [notSupported(path.child('completionMode'), mode, modes)];
  if (mode === 'Indexed') return validateIndexed(spec, path);
  return (['backoffLimitPerIndex', 'maxFailedIndexes'] as const).flatMap((field) =>
    spec[field] === undefined
      ? []
      : [invalid(path.child(field), spec[field], 'requires indexed completion mode')],
  );
}

function validateIndexed(spec: Partial<JobSpec>, path: FieldPath): FieldError[] {
  const { completions, maxFailedIndexes, backoffLimitPerIndex } = spec;
  const when = 'when completion mode is Indexed';
  const atMost = (field: 'parallelism' | 'maxFailedIndexes', most: number, more = '') =>
    (spec[field] ?? 0) > most
      ? [invalid(path.child(field), spec[field], `must be less than or equal to ${most}${more}`)]
      : [];
  const failed = path.child('maxFailedIndexes');
  const many = completions !== undefined && completions > largest.completions;
  const besides = ` when completions are above ${largest.completions} and used with backoff limit per index`;
  const unset = `must be specified when completions is above ${largest.completions}`;
  return [
    ...(completions === undefined ? [required(path.child('completions'), when)] : []),
    ...atMost('parallelism', largest.parallel, ` ${when}`),
    ...(completions !== undefined && (maxFailedIndexes ?? 0) > completions
      ? [invalid(failed, maxFailedIndexes, 'must be less than or equal to completions')]
      : []),
    ...atMost('maxFailedIndexes', largest.failed),
    ...(many && backoffLimitPerIndex !== undefined
      ? [
          ...(maxFailedIndexes === undefined ? [required(failed, unset)] : []),
          ...atMost('parallelism', largest.few, besides),
          ...atMost('maxFailedIndexes', largest.few, besides),
        ]
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
