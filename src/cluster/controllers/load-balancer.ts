import type { LoadBalancerIngress } from 'kubernetes-types/core/v1.js';
import type { Cluster } from '../cluster.ts';
import { equalJson } from '../json.ts';
import { platforms } from '../network/platform.ts';
import { keyOf, type ObjectOf } from '../objects.ts';
import { type Controller, splitKey } from './controller.ts';
import { recordEvents } from './events.ts';
import { takeNumbers } from './sequence.ts';

type Service = ObjectOf<'services'>;
type Ingress = LoadBalancerIngress & { ipMode?: 'VIP' | 'Proxy' };

/**
 * What the platform puts in front of Services of type LoadBalancer. A desktop has one address, so
 * that a port can be taken; a cloud hands out addresses of its pool; bare machines have nothing,
 * and a status that somebody else wrote is left alone there.
 */
export const loadBalancerController: Controller = {
  name: 'service-controller',
  watches: ['services'],
  *keys({ resource, before, after }, cluster) {
    if (resource !== 'services' || providerOf(cluster).kind === 'none') return;
    const concerned = [before, after] as (Service | undefined)[];
    if (!concerned.some((service) => service?.spec?.type === 'LoadBalancer')) return;
    if (after) yield keyOf(after);
    yield* cluster.store.list('services').filter(isPending).map(keyOf);
  },
  sync(cluster, keys) {
    for (const key of keys) {
      const { namespace, name } = splitKey(key);
      const service = cluster.store.get('services', namespace, name);
      if (service) balance(cluster, service);
    }
  },
};

const providerOf = ({ settings }: Cluster) => platforms[settings.platform].outside.loadBalancer;

const isWanted = ({ spec }: Service): boolean =>
  spec?.type === 'LoadBalancer' && !(spec as { loadBalancerClass?: string }).loadBalancerClass;

const ingressOf = ({ status }: Service): Ingress[] =>
  (status?.loadBalancer?.ingress ?? []) as Ingress[];

const isPending = (service: Service): boolean =>
  isWanted(service) && ingressOf(service).length === 0;

function balance(cluster: Cluster, service: Service): void {
  const current = ingressOf(service);
  const ingress = isWanted(service) ? ingressFor(cluster, service) : [];
  if (equalJson(current, ingress)) return;
  const loadBalancer = ingress.length > 0 ? { ingress } : {};
  const status = { ...service.status, loadBalancer };
  const told = cluster.store.put('services', {
    ...service,
    metadata: { ...service.metadata },
    status,
  });
  if (current.length > 0 || ingress.length === 0) return;
  const component = 'service-controller';
  recordEvents(cluster, told, [
    {
      type: 'Normal',
      reason: 'EnsuringLoadBalancer',
      message: 'Ensuring load balancer',
      component,
    },
    { type: 'Normal', reason: 'EnsuredLoadBalancer', message: 'Ensured load balancer', component },
  ]);
}

function ingressFor(cluster: Cluster, service: Service): Ingress[] {
  const provider = providerOf(cluster);
  if (provider.kind === 'localhost') {
    return isFree(cluster, service) ? [{ hostname: 'localhost' }] : [];
  }
  const current = ingressOf(service);
  if (provider.kind === 'none' || current.length > 0) return current;
  const ip = service.spec?.loadBalancerIP || nextAddress(cluster, provider.cidr);
  return ip === undefined ? [] : [{ ip, ipMode: 'VIP' }];
}

/** Whether no other Service already answers at one of its ports on the one address there is. */
function isFree({ store }: Cluster, service: Service): boolean {
  const taken = new Set(
    store
      .list('services')
      .filter((other) => other.metadata.uid !== service.metadata.uid && ingressOf(other).length > 0)
      .flatMap(portsOf),
  );
  return portsOf(service).every((port) => !taken.has(port));
}

const portsOf = ({ spec }: Service): string[] =>
  (spec?.ports ?? []).map(({ port, protocol = 'TCP' }) => `${port}/${protocol}`);

/** The next address of `203.0.113.128/25` and the like; undefined when the pool is used up. */
function nextAddress(cluster: Cluster, cidr: string): string | undefined {
  const [base = '', bits = '32'] = cidr.split('/');
  const first = base.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const position = 1 + takeNumbers(cluster, `load-balancers/${cidr}`);
  if (position >= 2 ** (32 - Number(bits)) - 1) return undefined;
  return [24, 16, 8, 0].map((shift) => Math.floor((first + position) / 2 ** shift) % 256).join('.');
}
