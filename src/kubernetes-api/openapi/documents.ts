import { createHash } from 'node:crypto';
import type { JsonObject } from '../../cluster/json.ts';
import { kinds } from '../../cluster/kinds/registry.ts';
import { apiPath, type GroupVersion, groupVersions } from '../discovery/served.ts';
import { serverVersion } from '../server-version.ts';
import { pathsOf } from './paths.ts';
import { schemasOf } from './schemas.ts';

/** A document as it goes over the wire; it never changes while the program runs. */
interface PublishedDocument {
  readonly text: string;
  /** Of the text: clients keep what they have as long as it stays the same. */
  readonly hash: string;
}

const publish = (document: JsonObject): PublishedDocument => {
  const text = JSON.stringify(document);
  const digest = createHash('sha256').update(text).digest('hex');
  return { text, hash: digest.toUpperCase() };
};

const byPath = new Map<string, PublishedDocument>();

/** The OpenAPI v3 document of `api/v1`, `apis/apps/v1` …; undefined for what is not served. */
export function openapiV3(path: string): PublishedDocument | undefined {
  const known = byPath.get(path);
  if (known) return known;
  const groupVersion = groupVersions.find((each) => apiPath(each) === path);
  if (!groupVersion) return undefined;
  const document = publish(v3Document(groupVersion));
  byPath.set(path, document);
  return document;
}

/** Which documents there are: a client asks for those of the kinds it deals with. */
export function openapiV3Index(): JsonObject {
  const paths = groupVersions.map((each): [string, JsonObject] => {
    const path = apiPath(each);
    const hash = openapiV3(path)?.hash ?? '';
    return [path, { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` }];
  });
  return { paths: Object.fromEntries(paths) };
}

const info = { title: 'Kubernetes', version: serverVersion.gitVersion };

function v3Document({ group, version, resources }: GroupVersion): JsonObject {
  const types = kinds
    .filter((each) => each.group === group && each.version === version)
    .map(({ type }) => type);
  const others = resources.filter(({ kind }) => !kinds.some((each) => each.kind === kind));
  return {
    openapi: '3.0.0',
    info,
    paths: Object.assign({}, ...resources.map((each) => pathsOf(each))),
    components: {
      schemas: {
        ...schemasOf(types, '#/components/schemas/'),
        ...Object.fromEntries(
          others.map(({ kind }) => [
            `io.k8s.api.${(group || 'core').split('.')[0]}.${version}.${kind}`,
            {
              type: 'object',
              description: 'Not simulated by this cluster.',
              'x-kubernetes-group-version-kind': [{ group, kind, version }],
            },
          ]),
        ),
      },
    },
  };
}

let v2: PublishedDocument | undefined;

/** The whole of it as OpenAPI v2, for clients of older days. */
export function openapiV2(): PublishedDocument {
  v2 ??= publish({
    swagger: '2.0',
    info,
    paths: {},
    definitions: schemasOf(
      kinds.map(({ type }) => type),
      '#/definitions/',
    ),
  });
  return v2;
}

/** `swagger: "2.0"` and no more, as protobuf (gnostic's openapi.v2.Document, field 1). */
export const emptyOpenapiV2 = Buffer.from([0x0a, 0x03, 0x32, 0x2e, 0x30]);
