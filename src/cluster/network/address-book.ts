import type { Cluster } from '../cluster.ts';
import type { ResourceTypes } from '../objects.ts';
import { derived } from './memo.ts';
import { type PlatformNode, platforms } from './platform.ts';

type Pod = ResourceTypes['pods'];

/** A machine of the cluster, and what is bound to its own addresses. */
export interface NodeView {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly controlPlane: boolean;
  /** Pods in the node's own network namespace (`hostNetwork: true`). */
  readonly hostPods: readonly Pod[];
  /** Pods that want one of the node's ports for themselves (`hostPort`). */
  readonly hostPortPods: readonly Pod[];
}

/** Who holds an address. */
export interface AddressBook {
  readonly nodes: readonly NodeView[];
  nodeNamed(name: string): NodeView | undefined;
  nodeAt(address: string): NodeView | undefined;
  /** The Pod whose own network namespace has the address; Pods that ended have given it back. */
  podAt(address: string): Pod | undefined;
}

export const addressBook: (cluster: Cluster) => AddressBook = derived(
  ['pods', 'nodes'],
  readAddresses,
);

/** Whether the Pod's network namespace exists: it is neither finished nor still without address. */
export const hasNetwork = (pod: Pod): boolean =>
  pod.status?.podIP !== undefined &&
  pod.status.podIP !== '' &&
  pod.status.phase !== 'Succeeded' &&
  pod.status.phase !== 'Failed';

function readAddresses(cluster: Cluster): AddressBook {
  const pods = cluster.store.list('pods').filter(hasNetwork);
  const nodes = nodesOf(cluster, pods);
  const byAddress = new Map<string, Pod>();
  for (const pod of pods) {
    const address = pod.status?.podIP ?? '';
    if (!pod.spec?.hostNetwork && !byAddress.has(address)) byAddress.set(address, pod);
  }
  const nodesByName = new Map(nodes.map((node) => [node.name, node]));
  const nodesByAddress = new Map(
    nodes.flatMap((node) => node.addresses.map((address) => [address, node] as const)),
  );
  return {
    nodes,
    nodeNamed: (name) => nodesByName.get(name),
    nodeAt: (address) => nodesByAddress.get(address),
    podAt: (address) => byAddress.get(address),
  };
}

/** The Node objects, or the platform's machines while nobody has written any. */
function nodesOf(cluster: Cluster, pods: readonly Pod[]): readonly NodeView[] {
  const objects = cluster.store.list('nodes');
  const machines = platforms[cluster.settings.platform].nodes;
  const bare = objects.length > 0 ? objects.map(fromObject(machines)) : machines.map(fromMachine);
  const hasControlPlane = bare.some((node) => node.controlPlane);
  return bare.map((node, index) => ({
    ...node,
    controlPlane: hasControlPlane ? node.controlPlane : index === 0,
    hostPods: pods.filter((pod) => pod.spec?.nodeName === node.name && pod.spec.hostNetwork),
    hostPortPods: pods.filter((pod) => pod.spec?.nodeName === node.name && wantsHostPort(pod)),
  }));
}

type BareNode = Omit<NodeView, 'hostPods' | 'hostPortPods'>;

const fromMachine = (machine: PlatformNode): BareNode => ({
  name: machine.name,
  addresses: machineAddresses(machine),
  labels: {},
  controlPlane: machine.roles.includes('control-plane'),
});

const machineAddresses = (machine: PlatformNode): readonly string[] =>
  machine.externalIP ? [machine.internalIP, machine.externalIP] : [machine.internalIP];

const fromObject =
  (machines: readonly PlatformNode[]) =>
  (node: ResourceTypes['nodes']): BareNode => {
    const machine = machines.find((candidate) => candidate.name === node.metadata.name);
    const labels = node.metadata.labels ?? {};
    const reported = (node.status?.addresses ?? [])
      .filter((entry) => entry.type === 'InternalIP' || entry.type === 'ExternalIP')
      .map((entry) => entry.address);
    return {
      name: node.metadata.name,
      addresses: reported.length > 0 || !machine ? reported : machineAddresses(machine),
      labels,
      controlPlane: Object.hasOwn(labels, 'node-role.kubernetes.io/control-plane'),
    };
  };

const wantsHostPort = (pod: Pod): boolean =>
  !pod.spec?.hostNetwork &&
  (pod.spec?.containers ?? []).some((container) =>
    (container.ports ?? []).some((port) => port.hostPort),
  );
