import { timestampOf } from './api-server/identity.ts';
import { add } from './bootstrap/add.ts';
import { addApiServer } from './bootstrap/api-server.ts';
import { addClusterDns } from './bootstrap/cluster-dns.ts';
import { nodeOf } from './bootstrap/node.ts';
import { type Cluster, type ClusterSettings, emptyCluster } from './cluster.ts';
import { settle } from './controllers/settle.ts';
import { platforms } from './network/platform.ts';
import type { ObjectOf } from './objects.ts';

const namespaces = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** A cluster as the platform's installer leaves it, at rest. */
export function bootstrapCluster(settings: Partial<ClusterSettings> = {}): Cluster {
  const cluster = emptyCluster(settings);
  const platform = platforms[cluster.settings.platform];
  for (const name of namespaces) add(cluster, 'namespaces', namespaceNamed(name));
  for (const node of platform.nodes) add(cluster, 'nodes', nodeOf(node, timestampOf(cluster)));
  const [first] = platform.nodes;
  if (first) addApiServer(cluster, platform, first.internalIP);
  if (platform.showsClusterDns) addClusterDns(cluster, platform);
  settle(cluster);
  return cluster;
}

const namespaceNamed = (name: string): ObjectOf<'namespaces'> => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
  spec: { finalizers: ['kubernetes'] },
  status: { phase: 'Active' },
});
