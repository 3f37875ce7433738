import type { EndpointPort, ServicePort } from 'kubernetes-types/core/v1.js';
import { timestampOf } from '../api-server/identity.ts';
import type { Cluster } from '../cluster.ts';
import { equalJson } from '../json.ts';
import type { ObjectOf } from '../objects.ts';
import { takeEndpoints } from './bounds.ts';
import { type Controller, splitKey } from './controller.ts';
import {
  addressablePods,
  addressOf,
  hasManagedEndpoints,
  hostnameIn,
  isHeadless,
  isReady,
  isTerminating,
  targetRefOf,
} from './eligible-pods.ts';
import { servicesTouchedBy } from './endpoint-keys.ts';
import { type Offer, repackSubsets, truncateSubsets } from './endpoints-subsets.ts';
import { stamp } from './new-object.ts';
import { resolveTargetPort } from './target-port.ts';

type Endpoints = ObjectOf<'endpoints'>;
type Pod = ObjectOf<'pods'>;
type Service = ObjectOf<'services'>;

const capacity = 1000;
const overCapacity = 'endpoints.kubernetes.io/over-capacity';
const lastChange = 'endpoints.kubernetes.io/last-change-trigger-time';
const headless = 'service.kubernetes.io/headless';
const managedBy = 'endpoints.kubernetes.io/managed-by';

/** Keeps the v1 Endpoints of every Service with a selector (upstream's pkg/controller/endpoint). */
export const endpointsController: Controller = {
  name: 'endpoint-controller',
  ignoresOwnWrites: true,
  watches: ['services', 'pods', 'endpoints'],
  *keys(change, cluster) {
    yield* servicesTouchedBy(change, cluster);
    if (change.resource !== 'endpoints') return;
    const object = change.after ?? change.before;
    if (object) yield `${object.metadata.namespace}/${object.metadata.name}`;
  },
  sync(cluster, keys) {
    for (const key of keys) syncEndpoints(cluster, key);
  },
};

function syncEndpoints(cluster: Cluster, key: string): void {
  const { namespace, name } = splitKey(key);
  const { store } = cluster;
  const service = store.get('services', namespace, name);
  const current = store.get('endpoints', namespace, name);
  if (!service) {
    if (current && isManaged(current)) store.remove('endpoints', namespace, name);
    return;
  }
  if (!hasManagedEndpoints(service)) return;
  const pods = addressablePods(store, service);
  if (!takeEndpoints(cluster, pods.length, service.spec?.ports?.length ?? 0)) return;
  const desired = endpointsOf(service, pods, timestampOf(cluster));
  if (current && isSame(current, desired)) return;
  const kept = current && { ...current.metadata, labels: desired.metadata.labels ?? {} };
  const annotations = { ...current?.metadata.annotations, ...desired.metadata.annotations };
  if (!desired.metadata.annotations?.[overCapacity]) delete annotations[overCapacity];
  const metadata = { ...desired.metadata, ...kept, annotations };
  const object = { ...desired, metadata };
  store.put('endpoints', current ? object : stamp(cluster, object));
}

/** What the Endpoints of a Service should be, given the Pods that it chooses. */
function endpointsOf(service: Service, pods: readonly Pod[], time: string): Endpoints {
  const all = repackSubsets(offersOf(service, pods));
  const cut = truncateSubsets(all, capacity);
  const { name, namespace, labels } = service.metadata;
  const own = Object.entries(labels ?? {}).filter(([key]) => key !== headless && key !== managedBy);
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      labels: {
        ...Object.fromEntries(own),
        [managedBy]: 'endpoint-controller',
        ...(isHeadless(service) && { [headless]: '' }),
      },
      annotations: { [lastChange]: time, ...(cut && { [overCapacity]: 'truncated' }) },
    },
    subsets: cut ?? all,
  };
}

function* offersOf(service: Service, pods: readonly Pod[]): Iterable<Offer> {
  const ports = service.spec?.ports ?? [];
  const publishAll = service.spec?.publishNotReadyAddresses === true;
  if (ports.length === 0 && !isHeadless(service)) return;
  for (const pod of pods) {
    if (isTerminating(pod) && !publishAll) continue;
    const address = endpointAddress(service, pod);
    const ready = publishAll || isReady(pod);
    if (ports.length === 0) yield { address, ready };
    for (const servicePort of ports) {
      const port = endpointPort(servicePort, resolveTargetPort(pod, servicePort));
      if (port) yield { address, port, ready };
    }
  }
}

function endpointAddress(service: Service, pod: Pod) {
  const hostname = hostnameIn(service, pod);
  const nodeName = pod.spec?.nodeName;
  return {
    ip: addressOf(pod),
    ...(hostname && { hostname }),
    ...(nodeName && { nodeName }),
    targetRef: targetRefOf(pod),
  };
}

function endpointPort(
  servicePort: ServicePort,
  port: number | undefined,
): EndpointPort | undefined {
  if (port === undefined) return undefined;
  const { name, protocol = 'TCP', appProtocol } = servicePort;
  return { ...(name && { name }), port, protocol, ...(appProtocol && { appProtocol }) };
}

const isManaged = ({ metadata }: Endpoints): boolean =>
  metadata.labels?.[managedBy] === 'endpoint-controller';

const isSame = (a: Endpoints, b: Endpoints): boolean =>
  equalJson(a.subsets ?? [], b.subsets ?? []) &&
  equalJson(a.metadata.labels ?? {}, b.metadata.labels ?? {}) &&
  a.metadata.annotations?.[overCapacity] === b.metadata.annotations?.[overCapacity];
