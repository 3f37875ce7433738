import type { PlatformNode } from '../network/platform.ts';
import type { ObjectOf } from '../objects.ts';

const healthy = [
  [
    'MemoryPressure',
    'False',
    'KubeletHasSufficientMemory',
    'kubelet has sufficient memory available',
  ],
  ['DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
  ['PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
  ['Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'],
] as const;

/** A node as its kubelet registers it, healthy; `time` is RFC 3339. */
export function nodeOf(node: PlatformNode, time: string): ObjectOf<'nodes'> {
  const roles = node.roles.map((role) => [`node-role.kubernetes.io/${role}`, '']);
  const address = (type: string, text: string) => ({ type, address: text });
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: node.name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': node.name,
        'kubernetes.io/os': 'linux',
        ...Object.fromEntries(roles),
      },
    },
    spec: { podCIDR: node.podCIDR, podCIDRs: [node.podCIDR] },
    status: {
      addresses: [
        address('InternalIP', node.internalIP),
        ...(node.externalIP !== undefined ? [address('ExternalIP', node.externalIP)] : []),
        address('Hostname', node.name),
      ],
      capacity: { cpu: '4', memory: '8Gi', pods: '110' },
      allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
      conditions: healthy.map(([type, status, reason, message]) => {
        return { type, status, reason, message, lastHeartbeatTime: time, lastTransitionTime: time };
      }),
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: {
        architecture: 'amd64',
        bootID: '',
        containerRuntimeVersion: 'containerd://2.1.5',
        kernelVersion: '6.8.0',
        kubeProxyVersion: 'v1.35.4',
        kubeletVersion: 'v1.35.4',
        machineID: '',
        operatingSystem: 'linux',
        osImage: 'Debian GNU/Linux 12 (bookworm)',
        systemUUID: '',
      },
    },
  };
}
