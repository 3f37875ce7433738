import type { ObjectReference } from 'kubernetes-types/core/v1.js';
import type { Store } from '../api-server/store.ts';
import type { ObjectOf } from '../objects.ts';
import { podsSelectedBy } from './label-index.ts';

type Pod = ObjectOf<'pods'>;
type Service = ObjectOf<'services'>;

/** Whether the control plane looks for Pods on behalf of this Service at all. */
export const hasManagedEndpoints = (service: Service): boolean =>
  service.spec?.type !== 'ExternalName' && service.spec?.selector !== undefined;

export const isHeadless = (service: Service): boolean => service.spec?.clusterIP === 'None';

/** The Service's Pods that have an address and have not finished (ShouldPodBeInEndpoints). */
export const addressablePods = (store: Store, service: Service): readonly Pod[] =>
  podsSelectedBy(store, service).filter(isAddressable);

export function isAddressable({ status }: Pod): boolean {
  return (
    status?.phase !== 'Succeeded' &&
    status?.phase !== 'Failed' &&
    Boolean(status?.podIP ?? status?.podIPs?.[0]?.ip)
  );
}

export const addressOf = ({ status }: Pod): string =>
  status?.podIP ?? status?.podIPs?.[0]?.ip ?? '';

export function isReady({ status }: Pod): boolean {
  const condition = status?.conditions?.find(({ type }) => type === 'Ready');
  return condition?.status === 'True';
}

export const isTerminating = ({ metadata }: Pod): boolean =>
  metadata.deletionTimestamp !== undefined;

/** A Pod gets a name of its own in DNS only below the Service that it names as its subdomain. */
export const hostnameIn = (service: Service, { spec, metadata }: Pod): string | undefined =>
  spec?.hostname &&
  spec.subdomain === service.metadata.name &&
  metadata.namespace === service.metadata.namespace
    ? spec.hostname
    : undefined;

const targetRefs = new WeakMap<Pod, ObjectReference>();

/** The Pod as an endpoint names it; one object a Pod, however many Services choose it. */
export function targetRefOf(pod: Pod): ObjectReference {
  const known = targetRefs.get(pod);
  if (known) return known;
  const { namespace = '', name, uid = '' } = pod.metadata;
  const reference = { kind: 'Pod', namespace, name, uid };
  targetRefs.set(pod, reference);
  return reference;
}
