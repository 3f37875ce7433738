import type { JsonObject } from '../../cluster/json.ts';
import { kindByResource } from '../../cluster/kinds/registry.ts';
import { apiPath } from '../discovery/served.ts';
import type { ServedResource } from '../discovery/served-resource.ts';
import { schemaName } from './schemas.ts';

/** The paths of a resource as clients look them up: by kind, method and query parameters. */
export function pathsOf(served: ServedResource): Readonly<Record<string, JsonObject>> {
  const root = `/${apiPath(served)}/`;
  const scoped = served.namespaced ? `${root}namespaces/{namespace}/` : root;
  const collection = operations(served, collectionMethods);
  const object = operations(served, objectMethods);
  return {
    ...(served.namespaced && {
      [root + served.resource]: operations(served, collectionMethods.slice(0, 1)),
    }),
    [scoped + served.resource]: collection,
    [`${scoped}${served.resource}/{name}`]: object,
  };
}

type Method = readonly [method: string, action: string, verb: string];

const collectionMethods: readonly Method[] = [
  ['get', 'list', 'list'],
  ['post', 'post', 'create'],
  ['delete', 'deletecollection', 'deletecollection'],
];

const objectMethods: readonly Method[] = [
  ['get', 'get', 'get'],
  ['put', 'put', 'update'],
  ['patch', 'patch', 'patch'],
  ['delete', 'delete', 'delete'],
];

function operations(served: ServedResource, methods: readonly Method[]): JsonObject {
  const offered = methods.filter(([, , verb]) => served.verbs.includes(verb));
  return Object.fromEntries(offered.map((each) => [each[0], operation(served, each)]));
}

const patchTypes = [
  'application/apply-patch+yaml',
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
];

const writeParameters = ['dryRun', 'fieldManager', 'fieldValidation'];

function operation(served: ServedResource, [method, action]: Method): JsonObject {
  const { group, version, kind } = served;
  const type = kindByResource(group, served.resource)?.type;
  const schema = type ? { $ref: `#/components/schemas/${schemaName(type)}` } : { type: 'object' };
  const content = (types: readonly string[], each: JsonObject) => ({
    content: Object.fromEntries(types.map((name) => [name, { schema: each }])),
  });
  const isWrite = method === 'post' || method === 'put' || method === 'patch';
  const isPatch = method === 'patch';
  return {
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group, kind, version },
    ...(isWrite && {
      parameters: [...writeParameters, ...(isPatch ? ['force'] : [])].map((name) => ({
        name,
        in: 'query',
        schema: { type: name === 'force' ? 'boolean' : 'string', uniqueItems: true },
      })),
      requestBody: isPatch
        ? content(patchTypes, { type: 'object' })
        : content(['application/json', 'application/yaml'], schema),
    }),
    responses: { 200: { description: 'OK', ...content(['application/json'], schema) } },
  };
}
