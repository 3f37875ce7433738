import { withManagedFields } from '../cluster/api-server/field-management/managed-fields.ts';
import type { ApiRequest, ApiResponse } from '../cluster/api-server/request.ts';
import { ApiError } from '../cluster/api-server/status.ts';
import { tableOf } from '../cluster/api-server/table.ts';
import type { JsonObject } from '../cluster/json.ts';
import type { Kind } from '../cluster/kinds/kind.ts';
import { apiVersionOf } from '../cluster/kinds/registry.ts';
import { type KubeObject, keyOf } from '../cluster/objects.ts';
import {
  continueExpired,
  isRefusal,
  limitOf,
  type Page,
  pageOf,
  readContinue,
} from './list-page.ts';
import type { Wanted } from './negotiate.ts';
import { refusal } from './refusal.ts';
import type { NamedPath } from './resource-answer.ts';
import type { Sandbox } from './sandbox.ts';
import { type Selection, selectionOf } from './selection.ts';
import { asShown, includeOf } from './shape.ts';
import type { WireRequest } from './wire.ts';

interface Asked {
  readonly sandbox: Sandbox;
  readonly request: WireRequest;
  readonly path: NamedPath;
  readonly kind: Kind;
  readonly wanted: Wanted;
}

/** GET on a collection: all of it, or a page of it as it stood when the first page was given. */
export function listPage(asked: Asked): ApiResponse {
  const checked = asked.kind.type === '' ? undefined : validated(asked);
  if (checked && checked.code >= 400) return checked;
  const { sandbox, request, path, kind } = asked;
  const ahead = aheadOf(sandbox, request.query.get('resourceVersion') ?? '');
  if (ahead) return ahead;
  try {
    const selection = selectionOf(kind, path.namespace, request.query);
    const page = readPage(asked, selection);
    return 'code' in page
      ? page
      : { code: 200, body: listBody(asked, page), warnings: checked?.warnings ?? [] };
  } catch (error) {
    if (error instanceof ApiError) return error.response();
    throw error;
  }
}

/** The engine judges the options of the list, and answers nothing else for a name nobody has. */
function validated({ sandbox, request, path, wanted }: Asked): ApiResponse {
  const root = path.group === '' ? '/api' : `/apis/${path.group}`;
  const fieldSelector = [request.query.get('fieldSelector'), 'metadata.name=.'];
  const query = {
    ...Object.fromEntries(request.query),
    fieldSelector: fieldSelector.filter(Boolean).join(','),
  };
  const asTable: Partial<ApiRequest> = wanted.as === 'Table' ? { asTable: true } : {};
  return sandbox.handle({
    method: 'GET',
    path: `${root}/${path.version}/${path.resource}`,
    query,
    ...asTable,
  });
}

/** 504: the client has seen more than there is here, as after a reset. */
function aheadOf(sandbox: Sandbox, version: string): ApiResponse | undefined {
  const current = sandbox.cluster().store.version();
  if (Number(version) <= current) return undefined;
  return refusal(504, 'Timeout', `Too large resource version: ${version}, current: ${current}`, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  });
}

function readPage({ sandbox, request }: Asked, selection: Selection): Page | ApiResponse {
  const { query } = request;
  const { store } = sandbox.cluster();
  const token = query.get('continue') ?? '';
  const counts = !query.get('labelSelector') && !query.get('fieldSelector');
  const { kind, namespace } = selection;
  const now = store.list(kind.resource, namespace === '' ? undefined : namespace);
  const chosen = (list: readonly KubeObject[]) => list.filter((each) => selection.matches(each));
  const limit = limitOf(query);
  if (token === '') return pageOf(chosen(now), { limit, version: store.version(), counts });
  const read = readContinue(token);
  if (isRefusal(read)) return read;
  const then = asOf(sandbox, kind.resource, now, read.rv);
  if (!then) return continueExpired();
  return pageOf(chosen(then), { limit, version: read.rv, after: read.start, counts });
}

/** The list as it stood at an earlier resourceVersion: what was changed since is taken back. */
function asOf(
  sandbox: Sandbox,
  resource: string,
  now: readonly KubeObject[],
  version: number,
): readonly KubeObject[] | undefined {
  const changes = sandbox.changes.since(version);
  if (changes === 'expired') return undefined;
  const objects = new Map(now.map((object) => [keyOf(object), object]));
  for (const { resource: changed, before, after } of changes.toReversed()) {
    if (changed !== resource) continue;
    if (after && !before) objects.delete(keyOf(after));
    if (before) objects.set(keyOf(before), before);
  }
  return [...objects.values()].sort(byNamespaceAndName);
}

const byNamespaceAndName = (a: KubeObject, b: KubeObject): number => {
  const [one = '', other = ''] = [a.metadata.namespace, b.metadata.namespace];
  if (one !== other) return one < other ? -1 : 1;
  return a.metadata.name < b.metadata.name ? -1 : 1;
};

function listBody(
  { kind, sandbox, wanted, request }: Asked,
  { objects, metadata }: Page,
): JsonObject {
  if (wanted.as === 'Table') {
    return { ...tableOf(kind, objects, sandbox.cluster(), includeOf(request)), metadata };
  }
  return {
    kind: `${kind.kind}List`,
    apiVersion: apiVersionOf(kind),
    metadata,
    items: objects.map((object) => asShown(kind)(withManagedFields(object))),
  };
}
