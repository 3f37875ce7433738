import { kindWith } from '../shared/plain-kind.ts';

export const namespace = kindWith({
  group: '',
  version: 'v1',
  kind: 'Namespace',
  resource: 'namespaces',
  type: 'core/v1.Namespace',
  namespaced: false,
  shortNames: ['ns'],
  subresources: ['status'],
});
