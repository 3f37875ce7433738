import { kindWith } from '../shared/plain-kind.ts';

export const daemonSet = kindWith({
  group: 'apps',
  version: 'v1',
  kind: 'DaemonSet',
  resource: 'daemonsets',
  type: 'apps/v1.DaemonSet',
  namespaced: true,
  shortNames: ['ds'],
  categories: ['all'],
  subresources: ['status'],
  simulated: false,
});
