import type { IngressSpec, IngressStatus } from 'kubernetes-types/networking/v1.js';
import { ageColumn, nameColumn } from '../shared/age.ts';
import { countGeneration, startGeneration } from '../shared/generation.ts';
import type { Loose } from '../shared/loose.ts';
import { kindWith } from '../shared/plain-kind.ts';
import { validateIngress } from './validate-ingress.ts';

export type Ingress = Loose<IngressSpec, IngressStatus>;

const column = (name: string, cell: (object: Ingress) => string) => ({
  name,
  priority: 0 as const,
  cell,
});

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
  prepareForCreate: (object) => startGeneration(object, { loadBalancer: {} }),
  prepareForUpdate: (object, old) => countGeneration(object, old),
  validate: (object: Ingress, { old }) => validateIngress(object, old as Ingress | undefined),
  columns: [
    nameColumn,
    column('Class', ({ spec }) => spec?.ingressClassName ?? '<none>'),
    column('Hosts', hostsText),
    column('Address', ({ status }) =>
      [...new Set((status?.loadBalancer?.ingress ?? []).map((each) => each.ip || each.hostname))]
        .sort()
        .join(','),
    ),
    column('Ports', ({ spec }) => (spec?.tls?.length ? '80, 443' : '80')),
    ageColumn,
  ],
});

const shown = 3;

function hostsText({ spec }: Ingress): string {
  const hosts = (spec?.rules ?? []).flatMap(({ host }) => host || []);
  if (hosts.length === 0) return '*';
  const text = hosts.slice(0, shown).join(',');
  return hosts.length > shown ? `${text} + ${hosts.length - shown} more...` : text;
}
