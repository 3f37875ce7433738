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
}

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
  },
  'docker-desktop': {
    name: 'docker-desktop',
    serviceCIDR: '10.96.0.0/12',
    nodes: [node('docker-desktop', '192.168.65.3', 0)],
    showsClusterDns: true,
  },
  kind: {
    name: 'kind',
    serviceCIDR: '10.96.0.0/16',
    nodes: [node('kind-control-plane', '172.18.0.2', 0)],
    showsClusterDns: true,
  },
  minikube: {
    name: 'minikube',
    serviceCIDR: '10.96.0.0/12',
    nodes: [node('minikube', '192.168.49.2', 0)],
    showsClusterDns: true,
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
  },
};
