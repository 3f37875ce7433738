import type { JsonObject } from '../../cluster/json.ts';
import { mediaTypes } from '../negotiate.ts';
import { apiPath, type GroupVersion, groupVersions } from './served.ts';
import type { ServedResource, ServedSubresource } from './served-resource.ts';

/** A discovery document and the media type it goes by. */
export interface DiscoveryAnswer {
  readonly contentType: string;
  readonly body: JsonObject;
}

/**
 * `/api` and `/apis`: all resources in one document for clients that read aggregated discovery
 * (KEP-3352), the names of groups and versions for older ones.
 */
export function discoveryRoot(root: 'api' | 'apis', accept: string | undefined): DiscoveryAnswer {
  for (const { type, parameters } of mediaTypes(accept ?? '')) {
    if (type !== 'application/json') continue;
    const { as, v = '', g } = parameters;
    if (as === undefined) break;
    const isServed = g === discoveryGroup && (v === 'v2' || v === 'v2beta1');
    if (as === 'APIGroupDiscoveryList' && isServed) {
      return {
        contentType: `application/json;g=${discoveryGroup};v=${v};as=APIGroupDiscoveryList`,
        body: aggregated(root, v),
      };
    }
  }
  const body = root === 'api' ? coreVersions : groupList;
  return { contentType: 'application/json', body };
}

const discoveryGroup = 'apidiscovery.k8s.io';

const isIn = (root: 'api' | 'apis') => (each: GroupVersion) =>
  (each.group === '') === (root === 'api');

function aggregated(root: 'api' | 'apis', version: string): JsonObject {
  const served = groupVersions.filter(isIn(root));
  const groups = [...new Set(served.map(({ group }) => group))];
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: `${discoveryGroup}/${version}`,
    metadata: {},
    items: groups.map((group) => ({
      metadata: group === '' ? {} : { name: group },
      versions: served
        .filter((each) => each.group === group)
        .map((each) => ({
          version: each.version,
          resources: each.resources.map((resource) => resourceDiscovery(resource)),
          freshness: 'Current',
        })),
    })),
  };
}

function resourceDiscovery(served: ServedResource): JsonObject {
  const { resource, kind, namespaced, singular, verbs, shortNames, categories } = served;
  const { subresources } = served;
  return {
    resource,
    responseKind: responseKind(kind),
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource: singular,
    verbs,
    ...(shortNames.length > 0 && { shortNames }),
    ...(categories.length > 0 && { categories }),
    ...(subresources.length > 0 && {
      subresources: subresources.map((each) => subresourceDiscovery(served, each)),
    }),
  };
}

/** What stands in the resource's own group and version is told without them. */
const responseKind = (kind: string): JsonObject => ({
  group: '',
  version: '',
  kind,
});

const subresourceDiscovery = (
  served: ServedResource,
  { name, verbs, kind }: ServedSubresource,
): JsonObject => {
  const [group, version, otherKind] = kind ?? [];
  const isForeign = kind && (group !== served.group || version !== served.version);
  return {
    subresource: name,
    responseKind: isForeign
      ? { group: group ?? '', version: version ?? '', kind: otherKind ?? '' }
      : responseKind(otherKind ?? served.kind),
    verbs,
  };
};

const coreVersions: JsonObject = {
  kind: 'APIVersions',
  versions: ['v1'],
  serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: '10.200.0.1:6443' }],
};

/** `/apis/GROUP`; undefined for a group that is not served. */
export function groupDocument(group: string): JsonObject | undefined {
  const versions = groupVersions
    .filter((each) => each.group === group && group !== '')
    .map(({ version }) => ({ groupVersion: `${group}/${version}`, version }));
  const [preferredVersion] = versions;
  if (!preferredVersion) return undefined;
  return { kind: 'APIGroup', apiVersion: 'v1', name: group, versions, preferredVersion };
}

const groupList: JsonObject = {
  kind: 'APIGroupList',
  apiVersion: 'v1',
  groups: [...new Set(groupVersions.map(({ group }) => group))].flatMap((group) => {
    const { kind: _kind, apiVersion: _version, ...document } = groupDocument(group) ?? {};
    return group === '' ? [] : [document];
  }),
};

/** `/api/v1` and `/apis/GROUP/VERSION`; undefined for what is not served. */
export function resourceList(group: string, version: string): JsonObject | undefined {
  const found = groupVersions.find((each) => each.group === group && each.version === version);
  if (!found) return undefined;
  return {
    kind: 'APIResourceList',
    ...(group !== '' && { apiVersion: 'v1' }),
    groupVersion: group === '' ? version : `${group}/${version}`,
    resources: found.resources.flatMap((each) => [
      {
        name: each.resource,
        singularName: each.singular,
        namespaced: each.namespaced,
        kind: each.kind,
        verbs: each.verbs,
        ...(each.shortNames.length > 0 && { shortNames: each.shortNames }),
        ...(each.categories.length > 0 && { categories: each.categories }),
      },
      ...each.subresources.map(({ name, verbs, kind }) => ({
        name: `${each.resource}/${name}`,
        singularName: '',
        namespaced: each.namespaced,
        ...(kind && kind[0] !== '' && { group: kind[0], version: kind[1] }),
        kind: kind?.[2] ?? each.kind,
        verbs,
      })),
    ]),
  };
}

/** `/`: the paths that are served. */
export const rootPaths: JsonObject = {
  paths: [
    '/api',
    '/apis',
    ...groupVersions.map((each) => `/${apiPath(each)}`),
    '/healthz',
    '/livez',
    '/openapi/v2',
    '/openapi/v3',
    '/readyz',
    '/version',
  ],
};
