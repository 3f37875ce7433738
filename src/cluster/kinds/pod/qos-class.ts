import { nanoOf } from '../shared/quantity.ts';
import { type Container, containersOf, type PodSpec } from './pod-spec.ts';

/** The quality-of-service class of a Pod by the requests and limits of its containers. */
export function qosClassOf(spec: PodSpec): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const containers = [...containersOf(spec)]
    .filter(({ list }) => list !== 'ephemeralContainers')
    .map(({ container }) => container);
  if (containers.every((container) => !asksForAnything(container))) return 'BestEffort';
  return containers.every(getsExactlyWhatItAsks) ? 'Guaranteed' : 'Burstable';
}

const computed = ['cpu', 'memory'] as const;

const amount = (list: Record<string, unknown> | undefined, name: string): bigint =>
  list && Object.hasOwn(list, name) ? nanoOf(list[name]) : 0n;

const asksForAnything = ({ resources }: Container): boolean =>
  computed.some(
    (name) => amount(resources?.requests, name) > 0n || amount(resources?.limits, name) > 0n,
  );

const getsExactlyWhatItAsks = ({ resources }: Container): boolean =>
  computed.every((name) => {
    const limit = amount(resources?.limits, name);
    return limit > 0n && amount(resources?.requests, name) === limit;
  });
