import { kindWith } from '../shared/plain-kind.ts';

export const service = kindWith({
  group: '',
  version: 'v1',
  kind: 'Service',
  resource: 'services',
  type: 'core/v1.Service',
  namespaced: true,
  shortNames: ['svc'],
  categories: ['all'],
  subresources: ['status'],
});
