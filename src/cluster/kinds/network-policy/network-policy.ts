import { kindWith } from '../shared/plain-kind.ts';

export const networkPolicy = kindWith({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'NetworkPolicy',
  resource: 'networkpolicies',
  type: 'networking/v1.NetworkPolicy',
  namespaced: true,
  shortNames: ['netpol'],
  simulated: false,
});
