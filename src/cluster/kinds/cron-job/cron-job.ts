import { kindWith } from '../shared/plain-kind.ts';

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
});
