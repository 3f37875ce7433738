import { kindWith } from '../shared/plain-kind.ts';

export const deployment = kindWith({
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  resource: 'deployments',
  type: 'apps/v1.Deployment',
  namespaced: true,
  shortNames: ['deploy'],
  categories: ['all'],
  subresources: ['status', 'scale'],
});
