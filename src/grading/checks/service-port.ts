import type { Service } from '../scene.ts';
import { valueAt } from './field.ts';

export type ServicePort = NonNullable<NonNullable<Service['spec']>['ports']>[number];

export const portsOf = (service: Service): readonly ServicePort[] => service.spec?.ports ?? [];

/** Ports as `kubectl get services` prints them: `80/TCP,443/TCP`. */
export const portsText = (service: Service): string =>
  portsOf(service)
    .map(({ port, protocol = 'TCP' }) => `${port}/${protocol}`)
    .join(',') || 'no port';

/** Where a targetPort stands, or the port that stands for it where it was left out. */
export function targetPortPath(service: Service, index: number): string {
  const path = `spec.ports[${index}].targetPort`;
  return valueAt(service, path) === undefined ? `spec.ports[${index}].port` : path;
}
