const web = { app: 'web' };
const container = { name: 'web', image: 'nginx:1.27', ports: [{ containerPort: 80 }] };
const template = { metadata: { labels: web }, spec: { containers: [container] } };
const ending = { ...template, spec: { ...template.spec, restartPolicy: 'Never' } };
const metadata = { name: 'web', namespace: 'default' };

/** One valid object of every kind, by kind. */
export const examples = {
  Pod: {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, labels: web },
    spec: { containers: [container] },
  },
  Deployment: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: { selector: { matchLabels: web }, template },
  },
  ReplicaSet: {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata,
    spec: { selector: { matchLabels: web }, template },
  },
  DaemonSet: {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata,
    spec: { selector: { matchLabels: web }, template },
  },
  StatefulSet: {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: { serviceName: 'web', selector: { matchLabels: web }, template },
  },
  ReplicationController: {
    apiVersion: 'v1',
    kind: 'ReplicationController',
    metadata,
    spec: { template },
  },
  Job: { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { template: ending } },
  CronJob: {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata,
    spec: { schedule: '*/5 * * * *', jobTemplate: { spec: { template: ending } } },
  },
  Ingress: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata,
    spec: {
      rules: [
        {
          host: 'web.example.com',
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: 'web', port: { number: 80 } } },
              },
            ],
          },
        },
      ],
    },
  },
  NetworkPolicy: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: { matchLabels: web },
      ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80 }] }],
    },
  },
  PersistentVolumeClaim: {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata,
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  },
  Namespace: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'dev' } },
  Node: { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1' } },
  ConfigMap: { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { key: 'value' } },
  Secret: { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { key: 'value' } },
  ServiceAccount: { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
  Endpoints: {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata,
    subsets: [{ addresses: [{ ip: '10.9.8.7' }], ports: [{ port: 80 }] }],
  },
  EndpointSlice: {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata,
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.9.8.7'] }],
    ports: [{ port: 80 }],
  },
  Event: {
    apiVersion: 'v1',
    kind: 'Event',
    metadata,
    involvedObject: { kind: 'Pod', name: 'web', namespace: 'default' },
    message: ' pulled ',
    reason: 'Pulled',
    type: 'Normal',
  },
} as const;
