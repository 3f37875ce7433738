import type { NodeView } from '../address-book.ts';
import type { Endpoint } from './endpoint.ts';

const zoneLabel = 'topology.kubernetes.io/zone';

/**
 * The ready endpoints meant for this node by the hints that `trafficDistribution` left in the
 * slices: those for the node, else those for its zone. Hints count only when every ready endpoint
 * has one and one of them fits; otherwise all may be used (k/k pkg/proxy/topology.go).
 */
export function withinTopology(ready: readonly Endpoint[], node: NodeView): readonly Endpoint[] {
  const zone = node.labels[zoneLabel];
  return (
    hintedFor(ready, (endpoint) => endpoint.nodeHints, node.name) ??
    hintedFor(ready, (endpoint) => endpoint.zoneHints, zone) ??
    ready
  );
}

function hintedFor(
  ready: readonly Endpoint[],
  hints: (endpoint: Endpoint) => readonly string[],
  wanted: string | undefined,
): readonly Endpoint[] | undefined {
  if (!wanted || ready.some((endpoint) => hints(endpoint).length === 0)) return undefined;
  const meant = ready.filter((endpoint) => hints(endpoint).includes(wanted));
  return meant.length > 0 ? meant : undefined;
}
