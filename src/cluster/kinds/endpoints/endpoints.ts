import type { ResourceTypes } from '../../objects.ts';
import { ageColumn, nameColumn } from '../shared/age.ts';
import { joinHostPort } from '../shared/host-port.ts';
import { kindWith } from '../shared/plain-kind.ts';
import { validateEndpoints } from './validate-endpoints.ts';

type Endpoints = ResourceTypes['endpoints'];

export const endpoints = kindWith({
  group: '',
  version: 'v1',
  kind: 'Endpoints',
  resource: 'endpoints',
  type: 'core/v1.Endpoints',
  namespaced: true,
  deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  shortNames: ['ep'],
  defaults(object) {
    for (const { ports = [] } of object.subsets ?? []) {
      for (const port of ports) port.protocol ||= 'TCP';
    }
  },
  validate: (object) => validateEndpoints(object),
  columns: [nameColumn, { name: 'Endpoints', priority: 0, cell: addressesText }, ageColumn],
});

const shown = 3;

/** Ready addresses with each port, the first three written out (printers formatEndpoints). */
function addressesText({ subsets = [] }: Endpoints): string {
  if (subsets.length === 0) return '<none>';
  const list = subsets.flatMap(({ addresses = [], ports = [] }) =>
    ports.length === 0
      ? addresses.map(({ ip }) => ip)
      : ports.flatMap(({ port }) => addresses.map(({ ip }) => joinHostPort(ip, port))),
  );
  const text = list.slice(0, shown).join(',');
  return list.length > shown ? `${text} + ${list.length - shown} more...` : text;
}
