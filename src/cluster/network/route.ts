import type { Cluster } from '../cluster.ts';
import { addressBook, type NodeView } from './address-book.ts';
import { applyRule, unclaimed } from './apply-rule.ts';
import { type Arrival, deliver, deliverToNode, deliverToPod } from './delivery.ts';
import { isLoopback } from './ipv4.ts';
import { rulesAt, rulesOn } from './kube-proxy/rules.ts';
import type { Packet } from './kube-proxy/verdict.ts';
import { balancedNodes, nodePortBehind } from './load-balancer.ts';
import { anyOf, delivered, dropped, type Outcome } from './outcome.ts';
import { outsideAddress, platforms } from './platform.ts';
import type { Hop } from './probe.ts';
import type { Sender } from './sender.ts';

/** Follows a packet from its sender to the sockets it may end at. */
export function route(cluster: Cluster, sender: Sender, arrival: Arrival): Outcome {
  if (isLoopback(arrival.address)) return routeLoopback(cluster, sender, arrival);
  if (sender.kind === 'outside') return routeFromOutside(cluster, arrival);
  return routeFromInside(cluster, sender, arrival);
}

/** The node's own tables come first; what they leave alone goes to whoever holds the address. */
function routeFromInside(
  cluster: Cluster,
  sender: Exclude<Sender, { kind: 'outside' }>,
  arrival: Arrival,
): Outcome {
  const book = addressBook(cluster);
  const holder = book.nodeAt(arrival.address);
  const table = rulesOn(cluster, sender.node);
  const rule = table.ruleFor(arrival.address, arrival.port, arrival.protocol);
  const from =
    sender.kind === 'pod' ? sender.pod.status?.podIP : (sender.node.addresses[0] ?? undefined);
  const packet: Packet = { sender: sender.kind, from, toNode: holder !== undefined };
  if (rule) return applyRule(cluster, rule, table, packet, arrival);
  if (holder === sender.node) return arriveAtNode(cluster, holder, packet, arrival);
  if (holder) {
    const masqueraded = { ...packet, sender: 'elsewhere' as const, from: sender.node.addresses[0] };
    return arriveAtNode(cluster, holder, masqueraded, arrival);
  }
  if (book.podAt(arrival.address)) return arriveAtPod(cluster, arrival);
  return throughBalancer(cluster, arrival) ?? unclaimed(cluster, arrival);
}

function routeFromOutside(cluster: Cluster, arrival: Arrival): Outcome {
  const { outside } = platforms[cluster.settings.platform];
  const book = addressBook(cluster);
  const holder = book.nodeAt(arrival.address);
  const packet: Packet = {
    sender: 'elsewhere',
    from: outsideAddress,
    toNode: holder !== undefined,
  };
  if (holder && isReachable(outside.nodeAddresses, holder, arrival.address)) {
    const table = rulesOn(cluster, holder);
    const rule = table.ruleFor(arrival.address, arrival.port, arrival.protocol);
    if (rule) return applyRule(cluster, rule, table, packet, arrival);
    return arriveAtNode(cluster, holder, packet, arrival);
  }
  const routed = rulesAt(cluster, arrival.address).some(
    ({ kind }) => kind === 'load-balancer' || (kind === 'external-ip' && outside.routesExternalIPs),
  );
  if (!holder && routed) return throughEntry(cluster, packet, arrival);
  const balanced = holder ? undefined : throughBalancer(cluster, arrival);
  if (balanced) return balanced;
  const inside =
    holder || rulesAt(cluster, arrival.address).length > 0 || book.podAt(arrival.address);
  const code = inside ? 'hop-address-not-routed' : 'hop-address-nobody';
  return dropped({ stage: 'address', ok: false, code, parameters: { address: arrival.address } });
}

const isReachable = (reachable: 'all' | 'external' | 'none', node: NodeView, address: string) =>
  reachable === 'all' || (reachable === 'external' && node.addresses.indexOf(address) > 0);

/** Comes in by an address that no node holds: each node the balancer may choose decides. */
function throughEntry(cluster: Cluster, packet: Packet, arrival: Arrival): Outcome {
  const outcomes = balancedNodes(cluster, arrival).map((node) => {
    const table = rulesOn(cluster, node);
    const rule = table.ruleFor(arrival.address, arrival.port, arrival.protocol);
    return rule && applyRule(cluster, rule, table, packet, arrival);
  });
  const decided = outcomes.filter((outcome) => outcome !== undefined);
  return decided.length > 0 ? anyOf(decided) : unclaimed(cluster, arrival);
}

/** A load balancer with an address of its own (`ipMode: Proxy`) comes in by node ports. */
function throughBalancer(cluster: Cluster, arrival: Arrival): Outcome | undefined {
  const nodePort = nodePortBehind(cluster, arrival);
  if (nodePort === undefined) return undefined;
  const outcomes = balancedNodes(cluster, arrival).map((node) => {
    const packet: Packet = { sender: 'elsewhere', from: arrival.address, toNode: true };
    const address = node.addresses[0] ?? '';
    return arriveAtNode(cluster, node, packet, { ...arrival, address, port: nodePort });
  });
  return outcomes.length > 0 ? anyOf(outcomes) : undefined;
}

function arriveAtNode(cluster: Cluster, node: NodeView, packet: Packet, arrival: Arrival): Outcome {
  const table = rulesOn(cluster, node);
  const rule = table.nodePortRule(arrival.port, arrival.protocol);
  const { address } = arrival;
  if (rule) return applyRule(cluster, rule, table, packet, arrival, node);
  return delivered(deliverToNode(cluster, node, arrival), [
    {
      stage: 'address',
      ok: true,
      code: 'hop-address-node',
      parameters: { address, node: node.name },
    },
  ]);
}

function arriveAtPod(cluster: Cluster, arrival: Arrival): Outcome {
  const pod = addressBook(cluster).podAt(arrival.address);
  const name = pod ? `${pod.metadata.namespace ?? ''}/${pod.metadata.name}` : '';
  const parameters = { address: arrival.address, pod: name };
  return delivered(deliver(cluster, arrival), [
    { stage: 'address', ok: true, code: 'hop-address-pod', parameters },
  ]);
}

/** Loopback: one's own sockets; on a node also node ports; on the learner's desktop, the way in. */
function routeLoopback(cluster: Cluster, sender: Sender, arrival: Arrival): Outcome {
  const own: Hop = {
    stage: 'address',
    ok: true,
    code: 'hop-address-localhost',
    parameters: { address: arrival.address },
  };
  if (sender.kind === 'pod') return delivered(deliverToPod(cluster, sender.pod, arrival), [own]);
  if (sender.kind === 'node') {
    const packet: Packet = { sender: 'node', from: arrival.address, toNode: true };
    return arriveAtNode(cluster, sender.node, packet, arrival);
  }
  return desktopLocalhost(cluster, arrival, own);
}

/** A desktop platform forwards node ports, and the ports of load balancers, from localhost. */
function desktopLocalhost(cluster: Cluster, arrival: Arrival, own: Hop): Outcome {
  const { outside } = platforms[cluster.settings.platform];
  const [node] = addressBook(cluster).nodes;
  const nodePort = nodePortBehind(cluster, { ...arrival, address: 'localhost' }) ?? arrival.port;
  const rule =
    outside.localhost && node
      ? rulesOn(cluster, node).nodePortRule(nodePort, arrival.protocol)
      : undefined;
  if (rule && node) {
    const packet: Packet = { sender: 'elsewhere', from: outsideAddress, toNode: true };
    const address = node.addresses[0] ?? '';
    return arriveAtNode(cluster, node, packet, { ...arrival, address, port: nodePort });
  }
  const { port } = arrival;
  const code = 'hop-localhost-closed';
  const closed: Hop = { stage: 'rule', ok: false, code, parameters: { port } };
  return { reached: [], failed: ['refused'], hops: [own, closed], sticky: false };
}
