import { kindWith } from '../shared/plain-kind.ts';

export const replicaSet = kindWith({
  group: 'apps',
  version: 'v1',
  kind: 'ReplicaSet',
  resource: 'replicasets',
  type: 'apps/v1.ReplicaSet',
  namespaced: true,
  shortNames: ['rs'],
  categories: ['all'],
  subresources: ['status', 'scale'],
});
