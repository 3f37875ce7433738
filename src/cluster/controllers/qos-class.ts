import type { Container } from 'kubernetes-types/core/v1.js';
import type { ObjectOf } from '../objects.ts';

const counted = ['cpu', 'memory'] as const;
const bound = (container: Container, list: 'limits' | 'requests', name: string) =>
  container.resources?.[list]?.[name];

/** How a Pod is treated when its node runs short (upstream's ComputePodQOS). */
export function qosClassOf({ spec }: ObjectOf<'pods'>): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  const isBound = (container: Container) =>
    counted.some((name) => bound(container, 'limits', name) ?? bound(container, 'requests', name));
  if (!containers.some(isBound)) return 'BestEffort';
  const isGuaranteed = (container: Container) =>
    counted.every((name) => {
      const limit = bound(container, 'limits', name);
      return limit !== undefined && (bound(container, 'requests', name) ?? limit) === limit;
    });
  return containers.every(isGuaranteed) ? 'Guaranteed' : 'Burstable';
}
