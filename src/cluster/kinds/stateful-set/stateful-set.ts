import { kindWith } from '../shared/plain-kind.ts';

export const statefulSet = kindWith({
  group: 'apps',
  version: 'v1',
  kind: 'StatefulSet',
  resource: 'statefulsets',
  type: 'apps/v1.StatefulSet',
  namespaced: true,
  shortNames: ['sts'],
  categories: ['all'],
  subresources: ['status', 'scale'],
  simulated: false,
});
