import type { ApiResponse } from '../cluster/api-server/request.ts';
import { isObject, type Json, type JsonObject } from '../cluster/json.ts';

/**
 * What the holder of a sandbox may do and who they are: everything, as whoever installed a cluster
 * (authorization.k8s.io and authentication.k8s.io). Nothing of it is kept.
 */
const statuses: Readonly<Record<string, JsonObject>> = {
  selfsubjectaccessreviews: { allowed: true },
  selfsubjectrulesreviews: {
    incomplete: false,
    nonResourceRules: [{ nonResourceURLs: ['*'], verbs: ['*'] }],
    resourceRules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
  },
  selfsubjectreviews: {
    userInfo: {
      username: 'kubernetes-admin',
      groups: ['kubeadm:cluster-admins', 'system:authenticated'],
    },
  },
};

/** Whether POST on the resource is a question. */
export const isReview = (resource: string): boolean => Object.hasOwn(statuses, resource);

/** The review as it was put, with its answer. */
export function answerReview(
  resource: string,
  type: { readonly group: string; readonly version: string; readonly kind: string },
  body: Json | undefined,
): ApiResponse {
  const { group, version, kind } = type;
  const spec = isObject(body) && isObject(body.spec) ? body.spec : {};
  return {
    code: 201,
    body: {
      kind,
      apiVersion: `${group}/${version}`,
      metadata: { creationTimestamp: null },
      ...(resource !== 'selfsubjectreviews' && { spec }),
      status: statuses[resource] ?? {},
    },
    warnings: [],
  };
}
