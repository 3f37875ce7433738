import { timestampOf } from './api-server/identity.ts';
import { type Cluster, type ClusterSettings, emptyCluster } from './cluster.ts';
import { stamp } from './controllers/new-object.ts';
import { settle } from './controllers/settle.ts';
import { type Platform, type PlatformNode, platforms } from './network/platform.ts';
import type { KubeObject, ObjectOf } from './objects.ts';

const namespaces = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];
const apiServerPort = 6443;

/** A cluster as the platform's installer leaves it, at rest. */
export function bootstrapCluster(settings: Partial<ClusterSettings> = {}): Cluster {
  const cluster = emptyCluster(settings);
  const platform = platforms[cluster.settings.platform];
  for (const name of namespaces) add(cluster, 'namespaces', namespaceNamed(name));
  for (const node of platform.nodes) add(cluster, 'nodes', nodeOf(node, timestampOf(cluster)));
  const [first] = platform.nodes;
  if (first) addApiServer(cluster, platform, first.internalIP);
  if (platform.showsClusterDns) addClusterDns(cluster, platform);
  settle(cluster);
  return cluster;
}

function add<O extends KubeObject>(cluster: Cluster, resource: string, object: O): void {
  cluster.store.put(resource, stamp(cluster, object));
}

const namespaceNamed = (name: string): ObjectOf<'namespaces'> => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
  spec: { finalizers: ['kubernetes'] },
  status: { phase: 'Active' },
});

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

function nodeOf(node: PlatformNode, time: string): ObjectOf<'nodes'> {
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

/** The Service `kubernetes`: its endpoints are the API server's own work, not a controller's. */
function addApiServer(cluster: Cluster, platform: Platform, address: string): void {
  const labels = { component: 'apiserver', provider: 'kubernetes' };
  const ports = [{ name: 'https', port: 443, protocol: 'TCP', targetPort: apiServerPort }];
  const clusterIP = addressIn(platform.serviceCIDR, 1);
  add(cluster, 'services', serviceOf('default', 'kubernetes', { labels, clusterIP, ports }));
  const metadata = { name: 'kubernetes', namespace: 'default' };
  const endpointPort = { name: 'https', port: apiServerPort, protocol: 'TCP' };
  const endpoints: ObjectOf<'endpoints'> = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { ...metadata, labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
    subsets: [{ addresses: [{ ip: address }], ports: [endpointPort] }],
  };
  add(cluster, 'endpoints', endpoints);
  const slice: ObjectOf<'endpointslices'> = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      ...metadata,
      generation: 1,
      labels: { 'kubernetes.io/service-name': 'kubernetes' },
    },
    addressType: 'IPv4',
    endpoints: [{ addresses: [address], conditions: { ready: true } }],
    ports: [endpointPort],
  };
  add(cluster, 'endpointslices', slice);
}

interface SystemService {
  readonly labels: Record<string, string>;
  readonly clusterIP: string;
  readonly ports: NonNullable<NonNullable<ObjectOf<'services'>['spec']>['ports']>;
  readonly selector?: Record<string, string>;
  readonly annotations?: Record<string, string>;
}

function serviceOf(
  namespace: string,
  name: string,
  { labels, clusterIP, ports, selector, annotations }: SystemService,
): ObjectOf<'services'> {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels, ...(annotations && { annotations }) },
    spec: {
      clusterIP,
      clusterIPs: [clusterIP],
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ports,
      ...(selector && { selector }),
      sessionAffinity: 'None',
      type: 'ClusterIP',
    },
    status: { loadBalancer: {} },
  };
}

/** CoreDNS as kubeadm installs it, behind the Service that every Pod's resolver points to. */
function addClusterDns(cluster: Cluster, platform: Platform): void {
  const selector = { 'k8s-app': 'kube-dns' };
  const ports = [
    { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
    { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
    { name: 'metrics', port: 9153, protocol: 'TCP', targetPort: 9153 },
  ];
  const labels = {
    ...selector,
    'kubernetes.io/cluster-service': 'true',
    'kubernetes.io/name': 'CoreDNS',
  };
  const annotations = { 'prometheus.io/port': '9153', 'prometheus.io/scrape': 'true' };
  const clusterIP = addressIn(platform.serviceCIDR, 10);
  const service = { labels, clusterIP, ports, selector, annotations };
  add(cluster, 'services', serviceOf('kube-system', 'kube-dns', service));
  add(cluster, 'deployments', coreDns(selector));
}

function coreDns(labels: Record<string, string>): ObjectOf<'deployments'> {
  const containerPort = (name: string, port: number, protocol: string) => {
    return { name, containerPort: port, protocol };
  };
  const container = {
    name: 'coredns',
    image: 'registry.k8s.io/coredns/coredns:v1.13.1',
    args: ['-conf', '/etc/coredns/Corefile'],
    imagePullPolicy: 'IfNotPresent',
    ports: [
      containerPort('dns', 53, 'UDP'),
      containerPort('dns-tcp', 53, 'TCP'),
      containerPort('metrics', 9153, 'TCP'),
    ],
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'coredns', namespace: 'kube-system', generation: 1, labels },
    spec: {
      progressDeadlineSeconds: 600,
      replicas: 2,
      revisionHistoryLimit: 10,
      selector: { matchLabels: labels },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 1 } },
      template: {
        metadata: { labels },
        spec: {
          containers: [container],
          dnsPolicy: 'Default',
          restartPolicy: 'Always',
          schedulerName: 'default-scheduler',
          securityContext: {},
          terminationGracePeriodSeconds: 30,
        },
      },
    },
  };
}

/** The nth address of a range whose base ends in `.0`. */
const addressIn = (cidr: string, host: number): string =>
  `${cidr.slice(0, cidr.indexOf('/')).replace(/\.\d+$/, '')}.${host}`;
