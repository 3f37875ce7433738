import type { ApiResponse, Status } from '../../api-server/request.ts';
import { isObject, type JsonObject } from '../../json.ts';
import type { Kind } from '../../kinds/kind.ts';
import { apiVersionOf } from '../../kinds/registry.ts';
import { type CommandContext, KubectlError } from '../command.ts';
import type { CommandFailure } from '../command-failure.ts';
import { statusLine, statusText } from '../status-text.ts';
import type { ResourceQuery } from './arguments.ts';

/** The path of a kind's collection or object; an empty namespace means all of them. */
export function resourcePath(
  kind: Pick<Kind, 'group' | 'version' | 'resource' | 'namespaced'>,
  namespace: string,
  ...names: readonly string[]
): string {
  const root = kind.group === '' ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`;
  const scope = kind.namespaced && namespace !== '' ? ['namespaces', namespace] : [];
  return [root, ...[...scope, kind.resource, ...names].map(escaped)].join('/');
}

/** What is no character cannot be sent: half a pair becomes U+FFFD, as in any UTF-8. */
const escaped = (segment: string): string => encodeURIComponent(segment.toWellFormed());

export interface Selectors {
  readonly labels?: string | undefined;
  readonly fields?: string | undefined;
  /** Ask for `metadata.managedFields` too. */
  readonly managers?: boolean;
}

/** One GET for what a query asks for. */
export function getQuery(
  context: CommandContext,
  { kind, name }: ResourceQuery,
  namespace: string,
  selectors: Selectors = {},
  asTable = false,
): ApiResponse {
  const query = {
    ...(name === undefined && selectors.labels && { labelSelector: selectors.labels }),
    ...(name === undefined && selectors.fields && { fieldSelector: selectors.fields }),
  };
  const path = resourcePath(kind, namespace, ...(name === undefined ? [] : [name]));
  const response = context.send({
    method: 'GET',
    path,
    query,
    ...(asTable && { asTable }),
    ...(selectors.managers && { withManagedFields: true }),
  });
  return response.code < 400 || name !== undefined
    ? response
    : { ...response, body: explained(response.body, kind, selectors) };
}

/** kubectl puts the resource and its selectors before a list's refusal (resource/selector.go). */
function explained(status: JsonObject, kind: Kind, selectors: Selectors): JsonObject {
  if (status.reason !== 'BadRequest' && status.reason !== 'NotFound') return status;
  const resource = JSON.stringify(`${kind.group}/${kind.version}, Resource=${kind.resource}`);
  const { labels = '', fields = '' } = selectors;
  const asked =
    labels === '' && fields === ''
      ? `Unable to list ${resource}`
      : `Unable to find ${resource} that match label selector ${JSON.stringify(labels)}, field selector ${JSON.stringify(fields)}`;
  return { ...status, message: `${asked}: ${String(status.message ?? '')}` };
}

/** The objects of an answer: a list's items with their kind written in, or the one object. */
export function objectsOf(response: ApiResponse, kind: Kind): readonly JsonObject[] {
  const { items } = response.body;
  if (!Array.isArray(items)) return [response.body];
  return items
    .filter(isObject)
    .map((item) => ({ apiVersion: apiVersionOf(kind), kind: kind.kind, ...item }));
}

export const isRefusal = (response: ApiResponse): boolean => response.code >= 400;

/** The Status of a refusal. */
export const statusOf = (response: ApiResponse): Status => response.body as unknown as Status;

/** The server's refusal of one request, kept as a Status: among others it prints differently. */
export class Refused extends KubectlError {
  readonly failure: CommandFailure;
  readonly status: Status;

  constructor(status: Status, during = '') {
    super(statusText(status, during));
    this.status = status;
    this.failure = { status, during };
  }
}

/** Stops the command with the server's refusal, if it is one. */
export function accepted(response: ApiResponse, during = ''): JsonObject {
  if (isRefusal(response)) throw new Refused(statusOf(response), during);
  return response.body;
}

/** Ends a command that went on after errors: one is printed as usual, several a line each. */
export function failWith(refusals: readonly ApiResponse[]): void {
  const [first] = refusals;
  if (!first) return;
  if (refusals.length === 1) throw new KubectlError(statusText(statusOf(first)));
  throw new KubectlError(refusals.map((refusal) => statusLine(statusOf(refusal))).join('\n'));
}
