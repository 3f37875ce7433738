import type { CronJobSpec, CronJobStatus } from 'kubernetes-types/batch/v1.js';
import {
  type FieldError,
  type FieldPath,
  fieldPath,
  invalid,
  required,
} from '../../api-server/field-error.ts';
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
    ...oneOf(spec.concurrencyPolicy, policies, path.child('concurrencyPolicy')),
    ...validateJobSpec(spec.jobTemplate?.spec ?? {}, path.child('jobTemplate', 'spec')),
    ...nonNegative(spec.successfulJobsHistoryLimit, path.child('successfulJobsHistoryLimit')),
    ...nonNegative(spec.failedJobsHistoryLimit, path.child('failedJobsHistoryLimit')),
    ...(name?.length > longestName
      ? [invalid(fieldPath('metadata').child('name'), name, tooLong)]
      : []),
  ];
}

/** Five fields, or one of cron's names for a usual schedule. */
function validateSchedule(schedule: string, path: FieldPath): FieldError[] {
  if (schedule === '') return [required(path)];
  if (schedule.startsWith('@')) {
    return /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every .+)$/.test(schedule)
      ? []
      : [invalid(path, schedule, `unrecognized descriptor: ${schedule}`)];
  }
  const fields = schedule.trim().split(/\s+/);
  if (fields.length === 5) return [];
  const found = `expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`;
  return [invalid(path, schedule, found)];
}
