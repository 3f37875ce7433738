import { kindWith } from '../shared/plain-kind.ts';

export const endpoints = kindWith({
  group: '',
  version: 'v1',
  kind: 'Endpoints',
  resource: 'endpoints',
  type: 'core/v1.Endpoints',
  namespaced: true,
  shortNames: ['ep'],
});
