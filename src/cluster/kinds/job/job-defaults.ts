import type { JobSpec } from 'kubernetes-types/batch/v1.js';
import { defaultTemplate } from '../pod/pod-defaults.ts';
import type { Job } from './job.ts';

/** Where each index has a limit of its own, the Job as a whole has none (Go's MaxInt32). */
const unlimited = 2_147_483_647;

/** SetDefaults_Job, and the labels by which a Job knows its Pods (job strategy generateSelector). */
export function defaultJob(object: Job): void {
  object.spec ??= {};
  const { spec } = object;
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
  spec.parallelism ??= 1;
  spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? 6 : unlimited;
  for (const { onPodConditions = [] } of spec.podFailurePolicy?.rules ?? []) {
    for (const pattern of onPodConditions) pattern.status ||= 'True';
  }
  spec.completionMode ??= 'NonIndexed';
  spec.suspend ??= false;
  spec.podReplacementPolicy ??= spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed';
  defaultJobTemplate(spec);
}

/** What a Job gets also while it is only the template of a CronJob. */
export function defaultJobTemplate(spec: Partial<JobSpec>): void {
  spec.template ??= {};
  defaultTemplate(spec.template);
}

/** The server chooses the selector unless the author insists on their own. */
export function chooseOwnPods({ metadata, spec }: Job): void {
  if (!spec || spec.manualSelector) return;
  const { uid = '', name } = metadata;
  const own = {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
  spec.template ??= {};
  spec.template.metadata ??= {};
  spec.template.metadata.labels = { ...spec.template.metadata.labels, ...own };
  spec.selector ??= { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } };
}
