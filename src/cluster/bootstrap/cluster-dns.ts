import type { Cluster } from '../cluster.ts';
import type { Platform } from '../network/platform.ts';
import type { ObjectOf } from '../objects.ts';
import { add } from './add.ts';
import { addressIn, serviceOf } from './system-service.ts';

/** CoreDNS as kubeadm installs it, behind the Service that every Pod's resolver points to. */
export function addClusterDns(cluster: Cluster, platform: Platform): void {
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
