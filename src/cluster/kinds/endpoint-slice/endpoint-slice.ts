import { kindWith } from '../shared/plain-kind.ts';

export const endpointSlice = kindWith({
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  resource: 'endpointslices',
  type: 'discovery/v1.EndpointSlice',
  namespaced: true,
});
