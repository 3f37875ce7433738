import type { ObjectOf } from '../objects.ts';

interface SystemService {
  readonly labels: Record<string, string>;
  readonly clusterIP: string;
  readonly ports: NonNullable<NonNullable<ObjectOf<'services'>['spec']>['ports']>;
  readonly selector?: Record<string, string>;
  readonly annotations?: Record<string, string>;
}

/** A Service of the cluster's own, with all that the API server would have filled in. */
export function serviceOf(
  namespace: string,
  name: string,
  { labels, clusterIP, ports, selector, annotations }: SystemService,
): ObjectOf<'services'> {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels, ...(annotations && { annotations }) },
    spec: {
      clusterIP,
      clusterIPs: [clusterIP],
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ports,
      ...(selector && { selector }),
      sessionAffinity: 'None',
      type: 'ClusterIP',
    },
    status: { loadBalancer: {} },
  };
}

/** The nth address of a range whose base ends in `.0`. */
export const addressIn = (cidr: string, host: number): string =>
  `${cidr.slice(0, cidr.indexOf('/')).replace(/\.\d+$/, '')}.${host}`;
