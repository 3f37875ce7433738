import type { CronJobSpec, CronJobStatus } from 'kubernetes-types/batch/v1.js';
import { type FieldError, fieldPath, invalid } from '../../api-server/field-error.ts';
import type { Cluster } from '../../cluster.ts';
import { defaultJobTemplate } from '../job/job-defaults.ts';
import { validateJobSpec } from '../job/validate-job.ts';
import { oneOf } from '../pod/validate-containers.ts';
import { ageColumn, ageOf, nameColumn } from '../shared/age.ts';
import { countGeneration, startGeneration } from '../shared/generation.ts';
import type { Loose } from '../shared/loose.ts';
import { validateMetadata } from '../shared/metadata.ts';
import { nonNegative } from '../shared/numbers.ts';
import { kindWith } from '../shared/plain-kind.ts';
import { validateSchedule, validateTimeZone } from './schedule.ts';

type CronJob = Loose<CronJobSpec, CronJobStatus>;

const column = (name: string, cell: (object: CronJob, cluster: Cluster) => string | number) => ({
  name,
  priority: 0 as const,
  cell,
});

export const cronJob = kindWith({
  group: 'batch',
  version: 'v1',
  kind: 'CronJob',
  resource: 'cronjobs',
  type: 'batch/v1.CronJob',
  namespaced: true,
  shortNames: ['cj'],
  categories: ['all'],
  subresources: ['status'],
  simulated: false,
  defaults(object: CronJob) {
    object.spec ??= {};
    const { spec } = object;
    spec.concurrencyPolicy ||= 'Allow';
    spec.suspend ??= false;
    spec.successfulJobsHistoryLimit ??= 3;
    spec.failedJobsHistoryLimit ??= 1;
    spec.jobTemplate ??= {};
    const template: { spec?: Parameters<typeof defaultJobTemplate>[0] } = spec.jobTemplate;
    template.spec ??= {};
    defaultJobTemplate(template.spec);
  },
  prepareForCreate: (object) => startGeneration(object),
  prepareForUpdate: (object, old) => countGeneration(object, old),
  validate: (object: CronJob) => validateCronJob(object),
  columns: [
    nameColumn,
    column('Schedule', ({ spec }) => spec?.schedule ?? ''),
    column('Timezone', ({ spec }) => spec?.timeZone ?? '<none>'),
    column('Suspend', ({ spec }) => (spec?.suspend ? 'True' : 'False')),
    column('Active', ({ status }) => status?.active?.length ?? 0),
    column('Last Schedule', ({ status }, { settings }) =>
      status?.lastScheduleTime ? ageOf(status.lastScheduleTime, settings.now) : '<none>',
    ),
    ageColumn,
  ],
});

/** Jobs are named after it, with eleven characters of their own. */
const longestName = 52;
const policies = ['Allow', 'Forbid', 'Replace'];

function validateCronJob(object: CronJob): FieldError[] {
  const spec = object.spec ?? {};
  const path = fieldPath('spec');
  const { name } = object.metadata;
  const tooLong = `must be no more than ${longestName} characters`;
  return [
    ...validateMetadata(object),
    ...validateSchedule(spec.schedule ?? '', path.child('schedule')),
    ...nonNegative(spec.startingDeadlineSeconds, path.child('startingDeadlineSeconds')),
    ...validateTimeZone(spec.timeZone, path.child('timeZone')),
    ...oneOf(spec.concurrencyPolicy, policies, path.child('concurrencyPolicy')),
    ...validateJobSpec(spec.jobTemplate?.spec ?? {}, path.child('jobTemplate', 'spec')),
    ...nonNegative(spec.successfulJobsHistoryLimit, path.child('successfulJobsHistoryLimit')),
    ...nonNegative(spec.failedJobsHistoryLimit, path.child('failedJobsHistoryLimit')),
    ...(name?.length > longestName
      ? [invalid(fieldPath('metadata').child('name'), name, tooLong)]
      : []),
  ];
}
