import type { Cluster } from '../cluster.ts';
import { type Platform, platforms } from '../network/platform.ts';
import type { KubeObject, ObjectOf } from '../objects.ts';
import { add } from './add.ts';
import { addressIn, serviceOf } from './system-service.ts';

const apiServerPort = 6443;

/** Writes those of the API server's own objects again that are gone, as it does by itself. */
export function restoreApiServer(cluster: Cluster): void {
  const platform = platforms[cluster.settings.platform];
  const [first] = platform.nodes;
  if (first) addApiServer(cluster, platform, first.internalIP);
}

/** Whether the object is one of those that the API server keeps for itself. */
export const isOfApiServer = ({ metadata }: KubeObject): boolean =>
  metadata.namespace === 'default' && metadata.name === 'kubernetes';

/** The Service `kubernetes`: its endpoints are the API server's own work, not a controller's. */
export function addApiServer(cluster: Cluster, platform: Platform, address: string): void {
  const labels = { component: 'apiserver', provider: 'kubernetes' };
  const ports = [{ name: 'https', port: 443, protocol: 'TCP', targetPort: apiServerPort }];
  const clusterIP = addressIn(platform.serviceCIDR, 1);
  const put = <O extends KubeObject>(resource: string, object: O): void => {
    if (!cluster.store.get(resource, 'default', 'kubernetes')) add(cluster, resource, object);
  };
  put('services', serviceOf('default', 'kubernetes', { labels, clusterIP, ports }));
  const metadata = { name: 'kubernetes', namespace: 'default' };
  const endpointPort = { name: 'https', port: apiServerPort, protocol: 'TCP' };
  const endpoints: ObjectOf<'endpoints'> = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { ...metadata, labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
    subsets: [{ addresses: [{ ip: address }], ports: [endpointPort] }],
  };
  put('endpoints', endpoints);
  const slice: ObjectOf<'endpointslices'> = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      ...metadata,
      generation: 1,
      labels: { 'kubernetes.io/service-name': 'kubernetes' },
    },
    addressType: 'IPv4',
    endpoints: [{ addresses: [address], conditions: { ready: true } }],
    ports: [endpointPort],
  };
  put('endpointslices', slice);
}
