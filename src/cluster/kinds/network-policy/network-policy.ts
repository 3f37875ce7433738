import type { NetworkPolicySpec } from 'kubernetes-types/networking/v1.js';
import { ageColumn, nameColumn } from '../shared/age.ts';
import { countGeneration } from '../shared/generation.ts';
import type { Loose } from '../shared/loose.ts';
import { kindWith } from '../shared/plain-kind.ts';
import { selectorText } from '../shared/workload-columns.ts';
import { validateNetworkPolicy } from './validate-network-policy.ts';

export type NetworkPolicy = Loose<NetworkPolicySpec>;

export const networkPolicy = kindWith({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'NetworkPolicy',
  resource: 'networkpolicies',
  type: 'networking/v1.NetworkPolicy',
  namespaced: true,
  shortNames: ['netpol'],
  simulated: false,
  defaults(object: NetworkPolicy) {
    object.spec ??= {};
    const { spec } = object;
    for (const { ports = [] } of [...(spec.ingress ?? []), ...(spec.egress ?? [])]) {
      for (const port of ports) port.protocol ??= 'TCP';
    }
    if (!spec.policyTypes?.length) {
      spec.policyTypes = spec.egress?.length ? ['Ingress', 'Egress'] : ['Ingress'];
    }
  },
  prepareForCreate({ metadata }) {
    metadata.generation = 1;
  },
  prepareForUpdate: (object, old) => countGeneration(object, old),
  validate: (object: NetworkPolicy) => validateNetworkPolicy(object),
  columns: [
    nameColumn,
    {
      name: 'Pod-Selector',
      priority: 0,
      cell: ({ spec }: NetworkPolicy) => selectorText(spec?.podSelector),
    },
    ageColumn,
  ],
});
