import { equalJson } from '../../json.ts';
import type { ResourceTypes } from '../../objects.ts';
import { ageColumn, nameColumn } from '../shared/age.ts';
import { kindWith } from '../shared/plain-kind.ts';
import { validateEndpointSlice, validateEndpointSliceUpdate } from './validate-endpoint-slice.ts';

type EndpointSlice = ResourceTypes['endpointslices'];

export const endpointSlice = kindWith({
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  resource: 'endpointslices',
  type: 'discovery/v1.EndpointSlice',
  namespaced: true,
  defaults(object) {
    for (const port of object.ports ?? []) {
      port.name ??= '';
      port.protocol ??= 'TCP';
    }
  },
  prepareForCreate(object) {
    object.metadata.generation = 1;
  },
  /** Everything but metadata counts as a change, and of metadata the labels. */
  prepareForUpdate(object, old) {
    const generation = old.metadata.generation ?? 1;
    object.metadata.generation = equalJson(counted(object), counted(old))
      ? generation
      : generation + 1;
  },
  validate: (object) => validateEndpointSlice(object),
  validateUpdate: (object, old) => validateEndpointSliceUpdate(object, old),
  columns: [
    nameColumn,
    { name: 'AddressType', priority: 0, cell: ({ addressType }) => addressType ?? '' },
    { name: 'Ports', priority: 0, cell: portsText },
    { name: 'Endpoints', priority: 0, cell: addressesText },
    ageColumn,
  ],
});

const counted = ({ metadata, ...rest }: EndpointSlice) => ({
  ...rest,
  labels: metadata.labels ?? {},
});

const shown = 3;

function portsText({ ports }: EndpointSlice): string {
  return firstOf((ports ?? []).map(({ name, port }) => String(port ?? (name || '*'))));
}

function addressesText({ endpoints }: EndpointSlice): string {
  return firstOf((endpoints ?? []).flatMap(({ addresses }) => addresses ?? []));
}

function firstOf(list: readonly string[]): string {
  const text = list.slice(0, shown).join(',');
  if (list.length > shown) return `${text} + ${list.length - shown} more...`;
  return text || '<unset>';
}
