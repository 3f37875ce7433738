import type { Cluster } from '../../cluster.ts';
import { type Reply, record, upstreamTtl, withoutDot } from './record.ts';

/** The server CoreDNS forwards to: it knows the names of the settings, and nothing else. */
export function upstream(cluster: Cluster, name: string, type: string): Reply {
  const { outsideNames } = cluster.settings;
  const lower = withoutDot(name).toLowerCase();
  if (!Object.hasOwn(outsideNames, lower)) return { rcode: 'NXDOMAIN', answer: [] };
  const address = outsideNames[lower] ?? '';
  const answer = type === 'A' ? [record(name, 'A', address, upstreamTtl)] : [];
  return { rcode: 'NOERROR', answer };
}
