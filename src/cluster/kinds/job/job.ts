import { kindWith } from '../shared/plain-kind.ts';

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
});
