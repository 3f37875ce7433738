import type { ServicePort, ServiceSpec, ServiceStatus } from 'kubernetes-types/core/v1.js';
import type { ResourceTypes } from '../../objects.ts';

export type ServiceObject = ResourceTypes['services'];
export type { ServicePort, ServiceSpec };

/** A decoded Service always has a spec; one that a test made by hand may not. */
export function specOf(service: ServiceObject): ServiceSpec {
  service.spec ??= {};
  return service.spec;
}

/** The status is the server's to write. */
export function setStatus(service: ServiceObject, status: ServiceStatus): void {
  (service as { status?: ServiceStatus }).status = status;
}

export const portsOf = (service: ServiceObject): readonly ServicePort[] =>
  service.spec?.ports ?? [];

export const isHeadless = ({ clusterIPs, clusterIP }: ServiceSpec): boolean =>
  clusterIPs?.length === 1 && clusterIPs[0] === 'None' && clusterIP === 'None';

export const hasSelector = ({ selector }: ServiceSpec): boolean =>
  Object.keys(selector ?? {}).length > 0;

export const needsClusterIp = ({ type }: ServiceSpec): boolean => type !== 'ExternalName';

export const needsNodePort = ({ type }: ServiceSpec): boolean =>
  type === 'NodePort' || type === 'LoadBalancer';

/** A cloud's load balancer asks each node whether it has an endpoint. */
export const needsHealthCheck = ({ type, externalTrafficPolicy }: ServiceSpec): boolean =>
  type === 'LoadBalancer' && externalTrafficPolicy === 'Local';

export const externallyAccessible = ({ type, externalIPs = [] }: ServiceSpec): boolean =>
  type === 'LoadBalancer' ||
  type === 'NodePort' ||
  (type === 'ClusterIP' && externalIPs.length > 0);

export const sameList = (a: readonly string[] = [], b: readonly string[] = []): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);
