import { kindWith } from '../shared/plain-kind.ts';

export const endpoints = kindWith({
  group: '',
  version: 'v1',
  kind: 'Endpoints',
  resource: 'endpoints',
  type: 'core/v1.Endpoints',
  namespaced: true,
  deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  shortNames: ['ep'],
});
