import type { Cluster } from '../cluster.ts';
import type { ResourceTypes } from '../objects.ts';
import { addressBook, hasNetwork, type NodeView } from './address-book.ts';
import type { Hop, ProbeSource } from './probe.ts';

/** Where a packet starts: in a Pod's own network, in a node's, or outside the cluster. */
export type Sender =
  | { readonly kind: 'pod'; readonly pod: ResourceTypes['pods']; readonly node: NodeView }
  | { readonly kind: 'node'; readonly node: NodeView; readonly pod?: ResourceTypes['pods'] }
  | { readonly kind: 'outside' };

/** The sender a probe names, or the hop that says why there is none. A Pod with `hostNetwork` sends as its node. */
export function senderOf(cluster: Cluster, source: ProbeSource): Sender | Hop {
  if (source.kind === 'outside') return source;
  const book = addressBook(cluster);
  if (source.kind === 'node') {
    const node = book.nodeNamed(source.name);
    return node ? { kind: 'node', node } : absent('hop-source-missing', `node ${source.name}`);
  }
  const label = `pod ${source.namespace}/${source.name}`;
  const pod = cluster.store.get('pods', source.namespace, source.name);
  if (!pod) return absent('hop-source-missing', label);
  const node = book.nodeNamed(pod.spec?.nodeName ?? '') ?? book.nodes[0];
  if (!node || !hasNetwork(pod)) return absent('hop-source-not-running', label);
  return pod.spec?.hostNetwork ? { kind: 'node', node, pod } : { kind: 'pod', pod, node };
}

export const isHop = (value: Sender | Hop): value is Hop => 'stage' in value;

const absent = (code: string, source: string): Hop => ({
  stage: 'name',
  ok: false,
  code,
  parameters: { source },
});
