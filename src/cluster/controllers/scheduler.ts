import type { Cluster } from '../cluster.ts';
import { platforms } from '../network/platform.ts';
import type { ObjectOf } from '../objects.ts';

type Node = ObjectOf<'nodes'>;
type Pod = ObjectOf<'pods'>;

export type Placed = { readonly node: Node } | { readonly refused: string };

/**
 * Chooses nodes for Pods. Where the platform has nothing but machines of the learner's own, the
 * first node that fits takes all of them; a cloud spreads them over its nodes.
 */
export function nodeChooser(cluster: Cluster): (pod: Pod) => Placed {
  const nodes = cluster.store.list('nodes');
  const load = new Map<string, number>();
  if (spreads(cluster)) countPods(cluster, load);
  return (pod) => {
    const wanted = pod.spec?.nodeName;
    const named = wanted ? nodes.filter(({ metadata }) => metadata.name === wanted) : nodes;
    if (wanted && named.length === 0) return { refused: `node "${wanted}" not found` };
    const fitting = wanted ? named : named.filter((node) => fits(node, pod));
    const node = spreads(cluster) ? leastLoaded(fitting, load) : fitting[0];
    if (!node) return { refused: refusal(nodes.length) };
    load.set(node.metadata.name, (load.get(node.metadata.name) ?? 0) + 1);
    return { node };
  };
}

const spreads = ({ settings }: Cluster): boolean => {
  const { nodes } = platforms[settings.platform];
  return nodes.every(({ externalIP }) => externalIP !== undefined);
};

function countPods(cluster: Cluster, load: Map<string, number>): void {
  for (const { spec } of cluster.store.list('pods')) {
    if (spec?.nodeName) load.set(spec.nodeName, (load.get(spec.nodeName) ?? 0) + 1);
  }
}

function leastLoaded(nodes: readonly Node[], load: ReadonlyMap<string, number>): Node | undefined {
  const pods = (node: Node) => load.get(node.metadata.name) ?? 0;
  return nodes.reduce<Node | undefined>(
    (best, node) => (best && pods(best) <= pods(node) ? best : node),
    undefined,
  );
}

function fits({ metadata, spec }: Node, pod: Pod): boolean {
  if (spec?.unschedulable) return false;
  return Object.entries(pod.spec?.nodeSelector ?? {}).every(
    ([key, value]) => metadata.labels?.[key] === value,
  );
}

/** The default scheduler's words; nothing else than selectors is looked at here. */
function refusal(nodes: number): string {
  const why = `${nodes} node(s) didn't match Pod's node affinity/selector`;
  const preemption = `preemption: 0/${nodes} nodes are available: ${nodes} Preemption is not helpful for scheduling.`;
  return `0/${nodes} nodes are available: ${why}. ${preemption}`;
}
