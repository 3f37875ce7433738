import { kindWith } from '../shared/plain-kind.ts';

export const secret = kindWith({
  group: '',
  version: 'v1',
  kind: 'Secret',
  resource: 'secrets',
  type: 'core/v1.Secret',
  namespaced: true,
});
