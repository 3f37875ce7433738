import { kindWith } from '../shared/plain-kind.ts';

export const node = kindWith({
  group: '',
  version: 'v1',
  kind: 'Node',
  resource: 'nodes',
  type: 'core/v1.Node',
  namespaced: false,
  shortNames: ['no'],
  subresources: ['status'],
});
