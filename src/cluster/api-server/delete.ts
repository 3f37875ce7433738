import type { KubeObject } from '../objects.ts';
import { type Call, isDryRun, respond, storedObject } from './call.ts';
import { listed } from './read.ts';
import type { ApiResponse } from './request.ts';
import { notFound } from './status.ts';

/** DELETE on an object: the answer is the object as it was. */
export function deleteObject(call: Call): ApiResponse {
  const object = storedObject(call);
  if (!object) throw notFound(call.kind, call.name ?? '');
  if (!isDryRun(call)) remove(call, object);
  return respond(call, 200, object);
}

/** DELETE on a collection: whatever the selectors of the query choose. */
export function deleteCollection(call: Call): ApiResponse {
  const objects = listed(call);
  if (!isDryRun(call)) for (const object of objects) remove(call, object);
  return respond(call, 200, {
    kind: `${call.kind.kind}List`,
    apiVersion: 'v1',
    metadata: {},
    items: objects as never,
  });
}

function remove({ cluster, kind }: Call, object: KubeObject): void {
  const { namespace = '', name } = object.metadata;
  cluster.store.remove(kind.resource, namespace, name);
  if (kind.resource === 'services') cluster.store.remove('endpoints', namespace, name);
}
