import { kindWith } from '../shared/plain-kind.ts';

export const ingress = kindWith({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'Ingress',
  resource: 'ingresses',
  type: 'networking/v1.Ingress',
  namespaced: true,
  shortNames: ['ing'],
  subresources: ['status'],
  simulated: false,
});
