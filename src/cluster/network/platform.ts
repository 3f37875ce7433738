/**
 * Where the cluster runs decides how the outside gets in. `kubeadm` is bare machines with nothing
 * in front of them.
 */
export type PlatformName = 'kubeadm' | 'docker-desktop' | 'kind' | 'minikube' | 'cloud';

export interface PlatformNode {
  readonly name: string;
  readonly internalIP: string;
  readonly externalIP?: string;
  readonly podCIDR: string;
  readonly roles: readonly string[];
}

export interface Platform {
  readonly name: PlatformName;
  readonly serviceCIDR: string;
  readonly nodes: readonly PlatformNode[];
  /** Whether the installer leaves a `kube-dns` Service and its Pods in kube-system. */
  readonly showsClusterDns: boolean;
  readonly outside: WayIn;
}

/** How a machine outside the cluster gets in; docs/platforms.md has the sources. */
export interface WayIn {
  /** Addresses of nodes that can be reached: all, the external ones, or none. */
  readonly nodeAddresses: 'all' | 'external' | 'none';
  /** Whether `spec.externalIPs` that no node holds are routed to the first node. */
  readonly routesExternalIPs: boolean;
  /** Whether `localhost` of the learner's machine leads to node ports and load balancers. */
  readonly localhost: boolean;
  /** Which nodes a load balancer sends to: the first one, or all that report healthy. */
  readonly balancesOver: 'first-node' | 'healthy-nodes';
  /** Who writes `status.loadBalancer` of a new Service. */
  readonly loadBalancer: LoadBalancerProvider;
}

/**
 * `none`: nobody, EXTERNAL-IP stays `<pending>`; `localhost`: the desktop's own; `pool`: the next
 * free address of the provider's pool.
 */
export type LoadBalancerProvider =
  | { readonly kind: 'none' }
  | { readonly kind: 'localhost' }
  | { readonly kind: 'pool'; readonly cidr: string };

/** A machine of the documentation's range stands for whoever asks from outside (RFC 5737). */
export const outsideAddress = '198.51.100.7';

const direct: WayIn = {
  nodeAddresses: 'all',
  routesExternalIPs: true,
  localhost: false,
  balancesOver: 'first-node',
  loadBalancer: { kind: 'none' },
};

const node = (name: string, internalIP: string, index: number, externalIP?: string) => ({
  name,
  internalIP,
  podCIDR: `10.244.${index}.0/24`,
  roles: index === 0 ? ['control-plane'] : [],
  ...(externalIP !== undefined && { externalIP }),
});

export const platforms: Readonly<Record<PlatformName, Platform>> = {
  kubeadm: {
    name: 'kubeadm',
    serviceCIDR: '10.96.0.0/12',
    nodes: [node('node-1', '10.200.0.1', 1), node('node-2', '10.200.0.2', 2)],
    showsClusterDns: false,
    outside: direct,
  },
  'docker-desktop': {
    name: 'docker-desktop',
    serviceCIDR: '10.96.0.0/12',
    nodes: [node('docker-desktop', '192.168.65.3', 0)],
    showsClusterDns: true,
    outside: {
      ...direct,
      nodeAddresses: 'none',
      routesExternalIPs: false,
      localhost: true,
      loadBalancer: { kind: 'localhost' },
    },
  },
  kind: {
    name: 'kind',
    serviceCIDR: '10.96.0.0/16',
    nodes: [node('kind-control-plane', '172.18.0.2', 0)],
    showsClusterDns: true,
    outside: { ...direct, routesExternalIPs: false },
  },
  minikube: {
    name: 'minikube',
    serviceCIDR: '10.96.0.0/12',
    nodes: [node('minikube', '192.168.49.2', 0)],
    showsClusterDns: true,
    outside: { ...direct, routesExternalIPs: false },
  },
  cloud: {
    name: 'cloud',
    serviceCIDR: '10.96.0.0/12',
    nodes: [
      node('node-1', '10.0.0.11', 1, '203.0.113.11'),
      node('node-2', '10.0.0.12', 2, '203.0.113.12'),
      node('node-3', '10.0.0.13', 3, '203.0.113.13'),
    ],
    showsClusterDns: true,
    outside: {
      nodeAddresses: 'external',
      routesExternalIPs: false,
      localhost: false,
      balancesOver: 'healthy-nodes',
      loadBalancer: { kind: 'pool', cidr: '203.0.113.128/25' },
    },
  },
};
