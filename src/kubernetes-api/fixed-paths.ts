import type { JsonObject } from '../cluster/json.ts';
import { discoveryRoot, groupDocument, resourceList, rootPaths } from './discovery/documents.ts';
import { mediaTypes } from './negotiate.ts';
import { emptyOpenapiV2, openapiV2, openapiV3, openapiV3Index } from './openapi/documents.ts';
import { serverVersion } from './server-version.ts';
import { json, noPage, textAnswer, type WholeAnswer, type WireRequest } from './wire.ts';

type Answer = (request: WireRequest) => WholeAnswer;

const document = (body: JsonObject, headers?: WholeAnswer['headers']): WholeAnswer => ({
  code: 200,
  contentType: json,
  body: `${JSON.stringify(body)}\n`,
  ...(headers && { headers }),
});

const healthy: Answer = () => textAnswer(200, 'ok');

/** What the API server answers at paths that name no resource. */
const answers: Readonly<Record<string, Answer>> = {
  '': () => document(rootPaths),
  version: () => document(serverVersion),
  healthz: healthy,
  livez: healthy,
  readyz: healthy,
  'healthz/ping': healthy,
  api: ({ headers }) => discovery('api', headers.accept),
  apis: ({ headers }) => discovery('apis', headers.accept),
  'openapi/v2': v2,
  'openapi/v3': () => document(openapiV3Index()),
};

/** The answer of a fixed path, discovery and OpenAPI among them; undefined for resources' paths. */
export function fixedAnswer(words: readonly string[], request: WireRequest): Answer | undefined {
  const path = words.join('/');
  if (Object.hasOwn(answers, path)) return answers[path];
  if (path.startsWith('openapi/v3/')) return () => v3(path.slice('openapi/v3/'.length), request);
  const [root, first = '', second] = words;
  if (root === 'api' && words.length === 2) return found(resourceList('', first));
  if (root === 'apis' && words.length === 2) return orNoPage(groupDocument(first));
  if (root === 'apis' && words.length === 3) return found(resourceList(first, second ?? ''));
  return undefined;
}

const found = (body: JsonObject | undefined): Answer | undefined => body && (() => document(body));

const orNoPage = (body: JsonObject | undefined): Answer =>
  body ? () => document(body) : () => noPage();

function discovery(root: 'api' | 'apis', accept: string | undefined): WholeAnswer {
  const { contentType, body } = discoveryRoot(root, accept);
  return { code: 200, contentType, body: `${JSON.stringify(body)}\n`, headers: { vary: 'Accept' } };
}

/** A document that is asked for by its hash never changes under it. */
function v3(path: string, { query, headers }: WireRequest): WholeAnswer {
  const published = openapiV3(path);
  if (!published) return noPage();
  const { text, hash } = published;
  const isPinned = query.get('hash') === hash;
  const isKnown = headers['if-none-match'] === `"${hash}"`;
  return {
    code: isKnown ? 304 : 200,
    contentType: json,
    body: isKnown ? '' : text,
    headers: {
      etag: `"${hash}"`,
      ...(isPinned && { 'cache-control': 'public, immutable, max-age=31536000' }),
    },
  };
}

const v2Protobuf = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';

/** kubectl is content with an empty one: it takes schemas from v3. */
function v2({ headers }: WireRequest): WholeAnswer {
  const [first] = mediaTypes(headers.accept ?? '');
  if (first?.type === v2Protobuf) {
    return {
      code: 200,
      contentType: 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
      body: emptyOpenapiV2,
    };
  }
  const { text, hash } = openapiV2();
  return { code: 200, contentType: json, body: text, headers: { etag: `"${hash}"` } };
}
