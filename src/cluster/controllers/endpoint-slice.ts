import type { Endpoint, EndpointPort } from 'kubernetes-types/discovery/v1.js';
import { timestampOf } from '../api-server/identity.ts';
import type { Store } from '../api-server/store.ts';
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
import { controllerRef } from './new-object.ts';
import { slicesOf } from './slice-index.ts';
import { reconcileSlices, type SliceGroup } from './slice-reconciler.ts';
import { resolveTargetPort } from './target-port.ts';

type Pod = ObjectOf<'pods'>;
type Service = ObjectOf<'services'>;

const manager = 'endpointslice-controller.k8s.io';
const serviceNameLabel = 'kubernetes.io/service-name';
const managedByLabel = 'endpointslice.kubernetes.io/managed-by';
const headlessLabel = 'service.kubernetes.io/headless';
const lastChange = 'endpoints.kubernetes.io/last-change-trigger-time';

/** Keeps the EndpointSlices of every Service with a selector (kubernetes/endpointslice). */
export const endpointSliceController: Controller = {
  name: 'endpointslice-controller',
  ignoresOwnWrites: true,
  watches: ['services', 'pods', 'nodes', 'endpointslices'],
  *keys(change, cluster) {
    yield* servicesTouchedBy(change, cluster);
    const { resource, before, after } = change;
    if (resource === 'nodes' && !(before && after)) {
      for (const { metadata } of cluster.store.list('services')) {
        yield `${metadata.namespace}/${metadata.name}`;
      }
    }
    if (resource !== 'endpointslices') return;
    const { labels, namespace } = (after ?? before)?.metadata ?? {};
    const service = labels?.[serviceNameLabel];
    if (service && labels?.[managedByLabel] === manager) yield `${namespace}/${service}`;
  },
  sync(cluster, keys) {
    for (const key of keys) {
      const { namespace, name } = splitKey(key);
      const service = cluster.store.get('services', namespace, name);
      if (!service) {
        for (const { metadata } of slicesOf(cluster.store, namespace, name, manager)) {
          cluster.store.remove('endpointslices', namespace, metadata.name);
        }
      } else if (hasManagedEndpoints(service)) {
        const pods = addressablePods(cluster.store, service);
        if (!takeEndpoints(cluster, pods.length, service.spec?.ports?.length ?? 0)) continue;
        reconcileSlices(cluster, templateOf(service, timestampOf(cluster)), {
          groups: sliceGroups(service, pods, cluster.store),
          keepsPlaceholder: true,
        });
      }
    }
  },
};

function templateOf(service: Service, time: string) {
  const { name, namespace = '', labels = {} } = service.metadata;
  const reserved = [serviceNameLabel, managedByLabel, headlessLabel];
  const own = Object.entries(labels).filter(([key]) => !reserved.includes(key));
  return {
    namespace,
    serviceName: name,
    manager,
    labels: {
      ...Object.fromEntries(own),
      ...(isHeadless(service) && { [headlessLabel]: '' }),
      [managedByLabel]: manager,
      [serviceNameLabel]: name,
    },
    annotations: { [lastChange]: time },
    owner: controllerRef(service),
  };
}

/** The endpoints a Service should have, grouped by the port numbers that each Pod resolves to. */
function sliceGroups(
  service: Service,
  pods: readonly Pod[],
  store: Pick<Store, 'get'>,
): SliceGroup[] {
  const groups = new Map<string, { ports: EndpointPort[]; endpoints: Endpoint[] }>();
  const publishAll = service.spec?.publishNotReadyAddresses === true;
  for (const pod of pods) {
    const node = store.get('nodes', '', pod.spec?.nodeName ?? '');
    if (!node && !publishAll) continue;
    const ports = slicePorts(service, pod);
    const key = ports.map(({ name, protocol, port }) => `${name} ${protocol} ${port}`).join();
    let group = groups.get(key);
    if (!group) {
      group = { ports, endpoints: [] };
      groups.set(key, group);
    }
    group.endpoints.push(endpointOf(service, pod, node));
  }
  return [...groups.values()].map((group) => ({ ...group, addressType: 'IPv4' }));
}

function slicePorts(service: Service, pod: Pod): EndpointPort[] {
  const ports: EndpointPort[] = [];
  for (const servicePort of service.spec?.ports ?? []) {
    const port = resolveTargetPort(pod, servicePort);
    if (port === undefined) continue;
    const { name = '', protocol = 'TCP', appProtocol } = servicePort;
    ports.push({ name, protocol, port, ...(appProtocol && { appProtocol }) });
  }
  return ports;
}

const zoneLabel = 'topology.kubernetes.io/zone';

function endpointOf(service: Service, pod: Pod, node: ObjectOf<'nodes'> | undefined): Endpoint {
  const serving = isReady(pod);
  const terminating = isTerminating(pod);
  const publishAll = service.spec?.publishNotReadyAddresses === true;
  const hostname = hostnameIn(service, pod);
  const zone = node?.metadata.labels?.[zoneLabel];
  const nodeName = pod.spec?.nodeName;
  return {
    addresses: [addressOf(pod)],
    conditions: { ready: publishAll || (serving && !terminating), serving, terminating },
    ...(hostname && { hostname }),
    targetRef: targetRefOf(pod),
    ...(nodeName && { nodeName }),
    ...(zone && { zone }),
  };
}
