import { kindWith } from '../shared/plain-kind.ts';

export const pod = kindWith({
  group: '',
  version: 'v1',
  kind: 'Pod',
  resource: 'pods',
  type: 'core/v1.Pod',
  namespaced: true,
  shortNames: ['po'],
  categories: ['all'],
  subresources: ['status'],
});
