import type { ApiRequest, ApiResponse } from '../cluster/api-server/request.ts';
import { ApiError, notFound } from '../cluster/api-server/status.ts';
import { isObject, type Json } from '../cluster/json.ts';
import type { Kind } from '../cluster/kinds/kind.ts';
import { kindByResource } from '../cluster/kinds/registry.ts';
import { kindWith } from '../cluster/kinds/shared/plain-kind.ts';
import { toYaml } from '../cluster/kubectl/print/yaml.ts';
import { servedResource } from './discovery/served.ts';
import type { ServedResource } from './discovery/served-resource.ts';
import { listPage } from './list.ts';
import { negotiate, type Wanted } from './negotiate.ts';
import type { ResourcePath } from './path.ts';
import { isResponse, readBody } from './read-body.ts';
import { methodNotAllowed, noSuchResource, notAcceptable, notSimulated } from './refusal.ts';
import { answerReview, isReview } from './reviews.ts';
import type { Sandbox } from './sandbox.ts';
import { selectionOf } from './selection.ts';
import { shaped } from './shape.ts';
import { subresourceAnswers } from './subresources.ts';
import { beginWatch } from './watch.ts';
import { json, jsonAnswer, type WireAnswer, type WireRequest } from './wire.ts';

/** A path whose resource is named. */
export type NamedPath = ResourcePath & { readonly resource: string };

/** All that one request to a resource is about. */
interface Asked {
  readonly sandbox: Sandbox;
  readonly request: WireRequest;
  readonly path: NamedPath;
  readonly served: ServedResource;
  readonly kind: Kind;
  readonly wanted: Wanted;
}

/** Answers at the path of a resource, one of its objects, or a subresource of that. */
export function answerResource(
  sandbox: Sandbox,
  request: WireRequest,
  path: NamedPath,
): WireAnswer {
  const served = servedResource(path.group, path.version, path.resource);
  if (!served || isMisplaced(path, served)) {
    return jsonAnswer(noSuchResource());
  }
  const wanted = negotiate(request.headers.accept);
  if (!wanted) return jsonAnswer(notAcceptable());
  const kind = kindByResource(path.group, path.resource) ?? standIn(served);
  return dispatch({ sandbox, request, path, served, kind, wanted });
}

/** A namespace where there is none, or none where an object needs one. */
const isMisplaced = ({ namespace, name }: NamedPath, { namespaced }: ServedResource): boolean =>
  namespaced ? namespace === '' && name !== undefined : namespace !== '';

/**
 * A resource that is served without objects of its own: lists and watches of it are empty, but for
 * events.k8s.io, which shows the core group's events.
 */
function standIn({ group, version, kind, resource, namespaced }: ServedResource): Kind {
  const columns = group === 'events.k8s.io' ? kindByResource('', resource)?.columns : undefined;
  const own = { group, version, kind, resource, namespaced, type: '' };
  return kindWith({ ...own, ...(columns && { columns }) });
}

function dispatch(asked: Asked): WireAnswer {
  const { sandbox, request, path, served, kind } = asked;
  const { method, query } = request;
  if (!isMethod(method)) return jsonAnswer(methodNotAllowed());
  if (path.subresource !== undefined && !served.subresources.some(isNamed(path.subresource))) {
    return jsonAnswer(noSuchResource());
  }
  const special = subresourceAnswers[`${path.resource}/${path.subresource}`];
  if (special) return jsonAnswer(withBody(request, (body) => special(sandbox, path, method, body)));
  if (method === 'GET' && path.subresource === undefined) {
    const lists = served.verbs.includes('list');
    if (lists && isTrue(query.get('watch'))) return watchAnswer(asked);
    if (lists && path.name === undefined) return encoded(listPage(asked), asked);
  }
  if (kind.type === '') return encoded(answerStandIn(asked, method), asked);
  const answer = withBody(request, (body) => sandbox.handle(engineRequest(asked, method, body)));
  return encoded(answer, asked);
}

const isNamed = (name: string) => (each: { readonly name: string }) => each.name === name;

const isTrue = (flag: string | null): boolean => flag !== null && /^(1|t|true)$/i.test(flag);

const methods: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const isMethod = (method: string): method is ApiRequest['method'] => methods.includes(method);

type Body = ReturnType<typeof readBody> & object;

/** Reads the body of a write and goes on with it, unless it is refused as it stands. */
function withBody(
  request: WireRequest,
  act: (body: Partial<ApiRequest>) => ApiResponse,
): ApiResponse {
  if (request.method === 'GET') return act({});
  const body: Body = readBody(request);
  return isResponse(body) ? body : act(body);
}

/** The request as the engine reads it; each word of the path is encoded anew, so none splits. */
function engineRequest(
  { request, path, wanted }: Pick<Asked, 'request' | 'path' | 'wanted'>,
  method: ApiRequest['method'],
  body: Partial<ApiRequest> = {},
): ApiRequest {
  const root = path.group === '' ? ['api'] : ['apis', path.group];
  const scope = path.namespace === '' ? [] : ['namespaces', path.namespace];
  const object = [path.name, path.subresource].filter((word) => word !== undefined);
  const words = [...root, path.version, ...scope, path.resource, ...object];
  return {
    method,
    path: `/${words.map(encodeURIComponent).join('/')}`,
    query: { ...managerOf(request, method), ...Object.fromEntries(request.query) },
    ...(method === 'GET' && wanted.as === 'Table' && { asTable: true }),
    withManagedFields: true,
    ...body,
  };
}

/** Whoever names no field manager is known by their program (managerOrUserAgent upstream). */
function managerOf({ headers }: WireRequest, method: string): Record<string, string> {
  const isApply = headers['content-type']?.startsWith('application/apply-patch');
  if (method === 'GET' || method === 'DELETE' || isApply) return {};
  const [program = ''] = (headers['user-agent'] ?? '').split('/');
  const fieldManager = program.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, '').slice(0, 128);
  return fieldManager === '' ? {} : { fieldManager };
}

/** Resources that are only listed: reviews are answered, nothing else is kept. */
function answerStandIn(asked: Asked, method: ApiRequest['method']): ApiResponse {
  const { sandbox, served, path, request } = asked;
  if (method === 'POST' && isReview(path.resource)) {
    return withBody(request, ({ body }) => answerReview(path.resource, served, body));
  }
  if (method !== 'GET') return notSimulated(`${path.resource}: nothing is kept of them`);
  if (path.name === undefined) return methodNotAllowed();
  const { group, resource, namespace, name } = path;
  const found = sandbox.cluster().store.get(resource, namespace, name);
  if (found) return { code: 200, body: shaped(asked)(found), warnings: [] };
  return notFound({ group, resource, kind: served.kind }, name).response();
}

function watchAnswer(asked: Asked): WireAnswer {
  const { sandbox, request, path, kind } = asked;
  try {
    const selection = selectionOf(kind, path.namespace, request.query, path.name);
    const shape = shaped(asked);
    const watch = beginWatch(sandbox, { selection, query: request.query, shape });
    if ('code' in watch) return jsonAnswer(watch);
    return { watch, contentType: json };
  } catch (error) {
    if (error instanceof ApiError) return jsonAnswer(error.response());
    throw error;
  }
}

/** The answer in the encoding the client asked for. */
function encoded(answer: ApiResponse, { wanted, request }: Asked): WireAnswer {
  const whole = jsonAnswer(
    metadataOnly(answer, wanted),
    isTrue(request.query.get('pretty')) ? 2 : 0,
  );
  if (wanted.encoding === 'json') return whole;
  return { ...whole, contentType: 'application/yaml', body: toYaml(answer.body) };
}

function metadataOnly(answer: ApiResponse, { as }: Wanted): ApiResponse {
  if (as === undefined || as === 'Table' || answer.code >= 400) return answer;
  const meta = { apiVersion: 'meta.k8s.io/v1' };
  const partial = (object: Json | undefined) => ({
    kind: 'PartialObjectMetadata',
    ...meta,
    metadata: isObject(object) ? (object.metadata ?? {}) : {},
  });
  const { items, metadata } = answer.body;
  const body = Array.isArray(items)
    ? { kind: 'PartialObjectMetadataList', ...meta, metadata, items: items.map(partial) }
    : partial(answer.body);
  return { ...answer, body };
}
