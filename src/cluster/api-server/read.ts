import { apiVersionOf } from '../kinds/registry.ts';
import type { KubeObject } from '../objects.ts';
import { type Call, respond, storedObject } from './call.ts';
import type { ApiResponse } from './request.ts';
import { notFound } from './status.ts';

/** GET on an object. */
export function getObject(call: Call): ApiResponse {
  const object = storedObject(call);
  if (!object) throw notFound(call.kind, call.name ?? '');
  return respond(call, 200, object);
}

/** GET on a collection. */
export function listObjects(call: Call): ApiResponse {
  return respond(call, 200, {
    kind: `${call.kind.kind}List`,
    apiVersion: apiVersionOf(call.kind),
    metadata: { resourceVersion: String(call.cluster.store.version()) },
    items: listed(call) as never,
  });
}

/** The objects of a collection that the query's selectors choose. */
export function listed({ cluster, kind, namespace }: Call): readonly KubeObject[] {
  return cluster.store.list(kind.resource, namespace === '' ? undefined : namespace);
}
