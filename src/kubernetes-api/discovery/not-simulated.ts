import {
  allVerbs,
  type ServedResource,
  type ServedSubresource,
  statusVerbs,
} from './served-resource.ts';

type Row = readonly [
  groupVersion: string,
  resource: string,
  kind: string,
  options?: {
    readonly cluster?: true;
    readonly short?: string;
    readonly verbs?: readonly string[];
    readonly all?: true;
    readonly status?: true;
    readonly simulated?: true;
  },
];

const create = ['create'];

/**
 * Resources that every server has and this cluster keeps no objects of: their lists are empty, and
 * whoever creates one is told that it is not simulated. The reviews answer without being kept.
 */
const rows: readonly Row[] = [
  ['v1', 'bindings', 'Binding', { verbs: create }],
  [
    'v1',
    'componentstatuses',
    'ComponentStatus',
    { cluster: true, short: 'cs', verbs: ['get', 'list'] },
  ],
  ['v1', 'limitranges', 'LimitRange', { short: 'limits' }],
  ['v1', 'persistentvolumes', 'PersistentVolume', { cluster: true, short: 'pv', status: true }],
  ['v1', 'podtemplates', 'PodTemplate'],
  ['v1', 'resourcequotas', 'ResourceQuota', { short: 'quota', status: true }],
  ['apps/v1', 'controllerrevisions', 'ControllerRevision'],
  ['events.k8s.io/v1', 'events', 'Event', { short: 'ev' }],
  [
    'authentication.k8s.io/v1',
    'selfsubjectreviews',
    'SelfSubjectReview',
    { cluster: true, verbs: create, simulated: true },
  ],
  [
    'authorization.k8s.io/v1',
    'selfsubjectaccessreviews',
    'SelfSubjectAccessReview',
    { cluster: true, verbs: create, simulated: true },
  ],
  [
    'authorization.k8s.io/v1',
    'selfsubjectrulesreviews',
    'SelfSubjectRulesReview',
    { cluster: true, verbs: create, simulated: true },
  ],
  [
    'autoscaling/v2',
    'horizontalpodautoscalers',
    'HorizontalPodAutoscaler',
    { short: 'hpa', all: true, status: true },
  ],
  [
    'autoscaling/v1',
    'horizontalpodautoscalers',
    'HorizontalPodAutoscaler',
    { short: 'hpa', all: true, status: true },
  ],
  ['networking.k8s.io/v1', 'ingressclasses', 'IngressClass', { cluster: true }],
  ['networking.k8s.io/v1', 'ipaddresses', 'IPAddress', { cluster: true, short: 'ip' }],
  ['networking.k8s.io/v1', 'servicecidrs', 'ServiceCIDR', { cluster: true, status: true }],
  ['coordination.k8s.io/v1', 'leases', 'Lease'],
  ['policy/v1', 'poddisruptionbudgets', 'PodDisruptionBudget', { short: 'pdb', status: true }],
];

const status: ServedSubresource = { name: 'status', verbs: statusVerbs };

export const notSimulatedResources: readonly ServedResource[] = rows.map(
  ([groupVersion, resource, kind, options = {}]) => {
    const [version = '', group = ''] = groupVersion.split('/').reverse();
    return {
      group,
      version,
      resource,
      kind,
      singular: kind.toLowerCase(),
      namespaced: options.cluster !== true,
      verbs: options.verbs ?? allVerbs,
      shortNames: options.short === undefined ? [] : [options.short],
      categories: options.all ? ['all'] : [],
      subresources: options.status ? [status] : [],
      simulated: options.simulated === true,
    };
  },
);
