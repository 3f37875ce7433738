import { kindWith } from '../shared/plain-kind.ts';

export const replicationController = kindWith({
  group: '',
  version: 'v1',
  kind: 'ReplicationController',
  resource: 'replicationcontrollers',
  type: 'core/v1.ReplicationController',
  namespaced: true,
  shortNames: ['rc'],
  categories: ['all'],
  subresources: ['status', 'scale'],
  simulated: false,
});
