import type { EndpointAddress, EndpointSubset } from 'kubernetes-types/core/v1.js';
import type { Endpoint } from 'kubernetes-types/discovery/v1.js';
import type { Cluster } from '../cluster.ts';
import { keyOf, type ObjectOf } from '../objects.ts';
import { type Controller, splitKey } from './controller.ts';
import { controllerRef } from './new-object.ts';
import { reconcileSlices, type SliceGroup, type SliceTemplate } from './slice-reconciler.ts';

type Endpoints = ObjectOf<'endpoints'>;

const manager = 'endpointslicemirroring-controller.k8s.io';
const perSubset = 1000;
const leaderAnnotation = 'control-plane.alpha.kubernetes.io/leader';
const notMirrored = [
  'endpoints.kubernetes.io/last-change-trigger-time',
  'kubectl.kubernetes.io/last-applied-configuration',
];

/** Copies Endpoints that people wrote by hand into slices (pkg/controller/endpointslicemirroring). */
export const endpointSliceMirroringController: Controller = {
  name: 'endpointslicemirroring-controller',
  ignoresOwnWrites: true,
  watches: ['endpoints', 'services'],
  *keys({ resource, before, after }) {
    const object = after ?? before;
    if (object && (resource === 'endpoints' || resource === 'services')) yield keyOf(object);
  },
  sync(cluster, keys) {
    for (const key of keys) syncMirror(cluster, key);
  },
};

function syncMirror(cluster: Cluster, key: string): void {
  const { namespace, name } = splitKey(key);
  const service = cluster.store.get('services', namespace, name);
  const endpoints = cluster.store.get('endpoints', namespace, name);
  const mirrored = service && !service.spec?.selector && endpoints && isMirrored(endpoints);
  const groups = mirrored ? mirrorGroups(endpoints) : [];
  reconcileSlices(cluster, templateOf(namespace, name, endpoints), {
    groups,
    keepsPlaceholder: false,
  });
}

const isMirrored = ({ metadata }: Endpoints): boolean =>
  metadata.labels?.['endpointslice.kubernetes.io/skip-mirror'] !== 'true' &&
  metadata.annotations?.[leaderAnnotation] === undefined;

function templateOf(
  namespace: string,
  name: string,
  endpoints: Endpoints | undefined,
): SliceTemplate {
  const annotations = Object.entries(endpoints?.metadata.annotations ?? {});
  return {
    namespace,
    serviceName: name,
    manager,
    labels: {
      ...endpoints?.metadata.labels,
      'kubernetes.io/service-name': name,
      'endpointslice.kubernetes.io/managed-by': manager,
    },
    annotations: Object.fromEntries(annotations.filter(([key]) => !notMirrored.includes(key))),
    owner: controllerRef(
      endpoints ?? { apiVersion: 'v1', kind: 'Endpoints', metadata: { name, namespace } },
    ),
  };
}

/** One group a subset and address family; addresses beyond the first thousand stay behind. */
function mirrorGroups(endpoints: Endpoints): SliceGroup[] {
  return (endpoints.subsets ?? []).flatMap((subset) => {
    const ports = (subset.ports ?? []).map(
      ({ name = '', protocol = 'TCP', port, appProtocol }) => ({
        name,
        protocol,
        port,
        ...(appProtocol && { appProtocol }),
      }),
    );
    const all = [...mirroredAddresses(subset)].slice(0, perSubset);
    return (['IPv4', 'IPv6'] as const).flatMap((addressType) => {
      const chosen = all.filter(({ addresses }) => familyOf(addresses[0]) === addressType);
      return chosen.length > 0 ? [{ addressType, ports, endpoints: chosen }] : [];
    });
  });
}

const familyOf = (address = ''): 'IPv4' | 'IPv6' => (address.includes(':') ? 'IPv6' : 'IPv4');

function* mirroredAddresses(subset: EndpointSubset): Iterable<Endpoint> {
  for (const address of subset.addresses ?? []) yield mirrorOf(address, true);
  for (const address of subset.notReadyAddresses ?? []) yield mirrorOf(address, false);
}

const mirrorOf = (
  { ip, hostname, nodeName, targetRef }: EndpointAddress,
  ready: boolean,
): Endpoint => ({
  addresses: [ip],
  conditions: { ready },
  ...(targetRef && { targetRef }),
  ...(nodeName && { nodeName }),
  ...(hostname && { hostname }),
});
