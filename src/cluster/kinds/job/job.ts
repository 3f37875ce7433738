import type { JobSpec, JobStatus } from 'kubernetes-types/batch/v1.js';
import { fieldPath, invalid } from '../../api-server/field-error.ts';
import type { Cluster } from '../../cluster.ts';
import { equalJson } from '../../json.ts';
import { ageColumn, humanDuration, nameColumn } from '../shared/age.ts';
import { countGeneration, startGeneration } from '../shared/generation.ts';
import type { Loose } from '../shared/loose.ts';
import { kindWith } from '../shared/plain-kind.ts';
import { containerColumns, selectorColumn } from '../shared/workload-columns.ts';
import { chooseOwnPods, defaultJob } from './job-defaults.ts';
import { validateJob } from './validate-job.ts';

export type Job = Loose<JobSpec, JobStatus>;

export const job = kindWith({
  group: 'batch',
  version: 'v1',
  kind: 'Job',
  resource: 'jobs',
  type: 'batch/v1.Job',
  namespaced: true,
  categories: ['all'],
  subresources: ['status'],
  simulated: false,
  defaults: defaultJob,
  prepareForCreate(object: Job) {
    startGeneration(object);
    chooseOwnPods(object);
  },
  prepareForUpdate(object: Job, old: Job) {
    if (object.spec && old.spec?.selector) object.spec.selector ??= old.spec.selector;
    countGeneration(object, old);
  },
  validate: (object: Job) => validateJob(object),
  validateUpdate: (object: Job, old: Job) =>
    (['completions', 'selector', 'template', 'completionMode'] as const).flatMap((field) => {
      const [value, before] = [object.spec?.[field], old.spec?.[field]];
      const at = fieldPath('spec').child(field);
      return equalJson(value, before) ? [] : [invalid(at, value, 'field is immutable')];
    }),
  columns: [
    nameColumn,
    { name: 'Status', priority: 0, cell: statusText },
    { name: 'Completions', priority: 0, cell: completionsText },
    { name: 'Duration', priority: 0, cell: durationText },
    ageColumn,
    ...containerColumns,
    selectorColumn,
  ],
});

function statusText({ metadata, status }: Job): string {
  const holds = (condition: string) =>
    status?.conditions?.some(({ type, status: is }) => type === condition && is === 'True');
  const [ended] = ['Complete', 'Failed'].filter(holds);
  if (ended) return ended;
  if (metadata.deletionTimestamp !== undefined) return 'Terminating';
  return ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].find(holds) ?? 'Running';
}

function completionsText({ spec, status }: Job): string {
  const done = status?.succeeded ?? 0;
  if (spec?.completions !== undefined) return `${done}/${spec.completions}`;
  const parallelism = spec?.parallelism ?? 0;
  return parallelism > 1 ? `${done}/1 of ${parallelism}` : `${done}/1`;
}

function durationText({ status }: Job, { settings }: Cluster): string {
  if (status?.startTime === undefined) return '';
  const end = status.completionTime ? Date.parse(status.completionTime) : settings.now;
  return humanDuration(end - Date.parse(status.startTime));
}
