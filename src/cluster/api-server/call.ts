import type { Cluster } from '../cluster.ts';
import type { JsonObject } from '../json.ts';
import { apiVersionOf } from '../kinds/registry.ts';
import type { KubeObject } from '../objects.ts';
import type { Manager } from './field-management/provenance.ts';
import { timestampOf } from './identity.ts';
import type { ApiRequest, ApiResponse } from './request.ts';
import type { Route } from './route.ts';

/** What a verb on a route works with; warnings are gathered on the way. */
export interface Call extends Route {
  readonly cluster: Cluster;
  readonly request: ApiRequest;
  readonly warnings: string[];
}

/** A stored object as the answer's body. */
export const respond = (call: Call, code: number, body: KubeObject | JsonObject): ApiResponse => ({
  code,
  body: body as unknown as JsonObject,
  warnings: call.warnings,
});

/** The value of a query parameter, `''` when it is not there. */
export const queryOf = (call: Call, name: string): string => call.request.query?.[name] ?? '';

/** Who makes a write, as `metadata.managedFields` names it. */
export const writerOf = (call: Call, operation: Manager['operation'] = 'Update'): Manager => ({
  manager: queryOf(call, 'fieldManager') || 'unknown',
  operation,
  apiVersion: apiVersionOf(call.kind),
  time: timestampOf(call.cluster),
  ...(call.subresource !== undefined && { subresource: call.subresource }),
});

export const isDryRun = (call: Call): boolean => queryOf(call, 'dryRun') === 'All';

/** The stored object that the path names. */
export const storedObject = (call: Call): KubeObject | undefined =>
  call.cluster.store.get(call.kind.resource, call.namespace, call.name ?? '');
