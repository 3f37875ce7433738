import { handle } from '../../../src/cluster/api-server/handle.ts';
import type {
  ApiRequest,
  ApiResponse,
  PatchType,
} from '../../../src/cluster/api-server/request.ts';
import { type Cluster, emptyCluster } from '../../../src/cluster/cluster.ts';
import type { Json, JsonObject } from '../../../src/cluster/json.ts';

/** A cluster with the namespaces `default` and `other`, and no Service. */
export function smallCluster(): Cluster {
  const cluster = emptyCluster();
  for (const name of ['default', 'other']) {
    cluster.store.put('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  return cluster;
}

export const services = '/api/v1/namespaces/default/services';
export const web = `${services}/web`;

export const serviceBody = (spec: JsonObject, metadata: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', ...metadata },
  spec,
});

export const onePort = { ports: [{ port: 80 }] };

export const send = (
  cluster: Cluster,
  method: ApiRequest['method'],
  path: string,
  body?: Json,
  query: Record<string, string> = {},
): ApiResponse => handle(cluster, { method, path, query, ...(body !== undefined && { body }) });

export const create = (cluster: Cluster, spec: JsonObject, metadata: JsonObject = {}) =>
  send(cluster, 'POST', services, serviceBody(spec, metadata), { fieldValidation: 'Strict' });

const patchTypes: Readonly<Record<string, PatchType>> = {
  strategic: 'application/strategic-merge-patch+json',
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
};

export const patch = (cluster: Cluster, type: string, body: Json, path = web): ApiResponse =>
  handle(cluster, {
    method: 'PATCH',
    path,
    body,
    query: { fieldValidation: 'Strict' },
    patchType: patchTypes[type] ?? 'application/merge-patch+json',
  });

/** `field: message` of every cause of a Status. */
export function causesOf({ body }: ApiResponse): string[] {
  const details = body.details as { causes?: { field?: string; message: string }[] } | undefined;
  return (details?.causes ?? []).map(({ field, message }) => `${field}: ${message}`);
}

export const specOf = ({ body }: ApiResponse): Record<string, Json> =>
  body.spec as unknown as Record<string, Json>;
