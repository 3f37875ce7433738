import type { Cluster, ListeningSocket } from '../cluster.ts';
import type { ResourceTypes } from '../objects.ts';
import { addressBook, type NodeView } from './address-book.ts';
import { isLoopback } from './ipv4.ts';
import type { Protocol } from './kube-proxy/service-port.ts';
import type { Hop, ProbeFailure, Reached } from './probe.ts';
import { socketsOf } from './sockets.ts';

type Pod = ResourceTypes['pods'];

/** The last step of a packet: the machine that holds the address, and the socket on it. */
export interface Delivery {
  readonly reached?: Reached;
  readonly failed?: ProbeFailure;
  readonly hop: Hop;
}

export interface Arrival {
  readonly address: string;
  readonly port: number;
  readonly protocol: Protocol;
}

/** The port the API server of kubeadm's clusters listens on. */
export const apiServerPort = 6443;

/** Hands a packet to whoever holds its address; nobody answers for an address nobody holds. */
export function deliver(cluster: Cluster, arrival: Arrival): Delivery {
  const book = addressBook(cluster);
  const node = book.nodeAt(arrival.address);
  if (node) return deliverToNode(cluster, node, arrival);
  const pod = book.podAt(arrival.address);
  if (pod) return deliverToPod(cluster, pod, arrival);
  const { address, port } = arrival;
  return failure('timeout', 'hop-endpoint-nobody', { address, port });
}

export function deliverToPod(cluster: Cluster, pod: Pod, arrival: Arrival): Delivery {
  const sockets = socketsOf(cluster, pod);
  const { address, port, protocol } = arrival;
  const name = nameOf(pod);
  const open = sockets.listening.find((socket) => accepts(socket, arrival));
  if (open) return success({ pod: name, address, port }, protocol);
  const parameters = { pod: name, address, port, protocol };
  const refused = (code: string, more: Hop['parameters'] = {}): Delivery =>
    failure('refused', code, { ...parameters, ...more });
  const atPort = sockets.listening.filter((socket) => socket.port === port);
  if (atPort.some((socket) => socket.protocol === protocol)) {
    return refused('hop-socket-loopback-only');
  }
  const [other] = atPort;
  if (other) return refused('hop-socket-other-protocol', { listens: other.protocol });
  const [image] = sockets.unknownImages;
  if (image !== undefined) return refused('hop-image-unknown', { image });
  const [stopped] = sockets.stopped;
  if (stopped && sockets.listening.length === 0) {
    return refused('hop-container-not-running', { ...stopped });
  }
  return refused('hop-socket-closed', { listens: portsOf(sockets.listening) });
}

export function deliverToNode(cluster: Cluster, node: NodeView, arrival: Arrival): Delivery {
  const { address, port, protocol } = arrival;
  if (node.controlPlane && port === apiServerPort && protocol === 'TCP') {
    const pod = `kube-system/kube-apiserver-${node.name}`;
    return success({ pod, address, port }, protocol);
  }
  for (const pod of node.hostPods) {
    const delivery = deliverToPod(cluster, pod, arrival);
    if (delivery.reached) return delivery;
  }
  for (const pod of node.hostPortPods) {
    const container = hostPortTarget(pod, arrival);
    const own = pod.status?.podIP ?? '';
    if (container) return deliverToPod(cluster, pod, { ...arrival, address: own, port: container });
  }
  return failure('refused', 'hop-node-closed', { node: node.name, address, port, protocol });
}

function accepts(socket: ListeningSocket, arrival: Arrival): boolean {
  const onLoopback = socket.address !== undefined && isLoopback(socket.address);
  return (
    socket.port === arrival.port &&
    socket.protocol === arrival.protocol &&
    (!onLoopback || isLoopback(arrival.address))
  );
}

function hostPortTarget(pod: Pod, { port, protocol }: Arrival): number | undefined {
  for (const container of pod.spec?.containers ?? []) {
    const found = (container.ports ?? []).find(
      (entry) => entry.hostPort === port && (entry.protocol ?? 'TCP') === protocol,
    );
    if (found) return found.containerPort;
  }
  return undefined;
}

const nameOf = (pod: Pod): string => `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`;

const portsOf = (sockets: readonly ListeningSocket[]): string =>
  sockets.map((socket) => `${socket.port}/${socket.protocol}`).join(', ') || 'nothing';

const success = (reached: Reached, protocol: Protocol): Delivery => ({
  reached,
  hop: {
    stage: 'socket',
    ok: true,
    code: 'hop-socket-answers',
    parameters: { ...reached, protocol },
  },
});

function failure(failed: ProbeFailure, code: string, parameters: Hop['parameters']): Delivery {
  const stage = code === 'hop-endpoint-nobody' ? 'endpoint' : 'socket';
  return { failed, hop: { stage, ok: false, code, parameters } };
}
