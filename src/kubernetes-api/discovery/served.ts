import { kinds } from '../../cluster/kinds/registry.ts';
import { notSimulatedResources } from './not-simulated.ts';
import {
  allVerbs,
  type ServedResource,
  type ServedSubresource,
  statusVerbs,
} from './served-resource.ts';

const proxyVerbs: readonly string[] = ['create', 'delete', 'get', 'patch', 'update'];
const streamVerbs: readonly string[] = ['create', 'get'];

/** Subresources that a real server has besides `status` and `scale`. */
const extra: Readonly<Record<string, readonly ServedSubresource[]>> = {
  namespaces: [{ name: 'finalize', verbs: ['update'] }],
  nodes: [{ name: 'proxy', verbs: proxyVerbs, kind: ['', 'v1', 'NodeProxyOptions'] }],
  services: [{ name: 'proxy', verbs: proxyVerbs, kind: ['', 'v1', 'ServiceProxyOptions'] }],
  serviceaccounts: [
    { name: 'token', verbs: ['create'], kind: ['authentication.k8s.io', 'v1', 'TokenRequest'] },
  ],
  pods: [
    { name: 'attach', verbs: streamVerbs, kind: ['', 'v1', 'PodAttachOptions'] },
    { name: 'binding', verbs: ['create'], kind: ['', 'v1', 'Binding'] },
    { name: 'ephemeralcontainers', verbs: statusVerbs },
    { name: 'eviction', verbs: ['create'], kind: ['policy', 'v1', 'Eviction'] },
    { name: 'exec', verbs: streamVerbs, kind: ['', 'v1', 'PodExecOptions'] },
    { name: 'log', verbs: ['get'] },
    { name: 'portforward', verbs: streamVerbs, kind: ['', 'v1', 'PodPortForwardOptions'] },
    { name: 'proxy', verbs: proxyVerbs, kind: ['', 'v1', 'PodProxyOptions'] },
    { name: 'resize', verbs: statusVerbs },
  ],
};

/** Everything discovery lists, in the order of group versions, then of names. */
const servedResources: readonly ServedResource[] = [
  ...kinds.map(
    ({ subresources, singular, ...kind }): ServedResource => ({
      ...kind,
      singular,
      verbs:
        kind.resource === 'namespaces'
          ? allVerbs.filter((verb) => verb !== 'deletecollection')
          : allVerbs,
      subresources: [
        ...subresources.map(
          (name): ServedSubresource =>
            name === 'scale'
              ? { name, verbs: statusVerbs, kind: ['autoscaling', 'v1', 'Scale'] }
              : { name, verbs: statusVerbs },
        ),
        ...(Object.hasOwn(extra, kind.resource) ? (extra[kind.resource] ?? []) : []),
      ].sort((a, b) => (a.name < b.name ? -1 : 1)),
      simulated: true,
    }),
  ),
  ...notSimulatedResources,
].sort((a, b) => (a.resource < b.resource ? -1 : 1));

/** The served resource of a path's words. */
export const servedResource = (
  group: string,
  version: string,
  resource: string,
): ServedResource | undefined => byPath.get(`${group}/${version}/${resource}`);

const byPath = new Map(
  servedResources.map((each) => [`${each.group}/${each.version}/${each.resource}`, each]),
);

export interface GroupVersion {
  readonly group: string;
  readonly version: string;
  readonly resources: readonly ServedResource[];
}

/** Named groups in upstream's order of preference, the preferred version of each first. */
const groupOrder: readonly (readonly [string, ...string[]])[] = [
  ['', 'v1'],
  ['apps', 'v1'],
  ['events.k8s.io', 'v1'],
  ['authentication.k8s.io', 'v1'],
  ['authorization.k8s.io', 'v1'],
  ['autoscaling', 'v2', 'v1'],
  ['batch', 'v1'],
  ['networking.k8s.io', 'v1'],
  ['policy', 'v1'],
  ['coordination.k8s.io', 'v1'],
  ['discovery.k8s.io', 'v1'],
];

export const groupVersions: readonly GroupVersion[] = groupOrder.flatMap(([group, ...versions]) =>
  versions.map((version) => ({
    group,
    version,
    resources: servedResources.filter((each) => each.group === group && each.version === version),
  })),
);

export const apiPath = ({ group, version }: Pick<GroupVersion, 'group' | 'version'>): string =>
  group === '' ? `api/${version}` : `apis/${group}/${version}`;
