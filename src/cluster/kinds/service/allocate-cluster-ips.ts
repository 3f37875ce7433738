import { fieldPath, invalid } from '../../api-server/field-error.ts';
import type { Cluster } from '../../cluster.ts';
import type { AllocationFailure } from '../kind.ts';
import { addressNumber, chooseFree, lowerBandOf, serviceRange, takenIn } from './pools.ts';
import { type ServiceObject, specOf } from './traits.ts';

/** Reserves the cluster IP of a Service that is to have one and has none (alloc.go allocClusterIPs). */
export function allocateClusterIps(
  service: ServiceObject,
  cluster: Cluster,
): AllocationFailure | undefined {
  const spec = specOf(service);
  if (spec.type === 'ExternalName' || spec.clusterIPs?.[0] === 'None') return undefined;
  const [asked] = spec.clusterIPs ?? [];
  if (asked) return reserve(asked, spec.clusterIPs ?? [], cluster);
  const chosen = chooseAddress(service, cluster);
  if (!chosen) return { internal: 'failed to allocate a serviceIP: range is full' };
  spec.clusterIP = chosen;
  spec.clusterIPs = [chosen];
  return undefined;
}

function reserve(
  ip: string,
  all: readonly string[],
  cluster: Cluster,
): AllocationFailure | undefined {
  const path = fieldPath('spec').child('clusterIPs');
  const refuse = (why: string): AllocationFailure => ({
    errors: [invalid(path, all, `failed to allocate IP ${ip}: ${why}`)],
  });
  const address = addressNumber(ip);
  const { from, to } = serviceRange(cluster);
  if (address === undefined || address < from || address > to) {
    return refuse('the provided network does not match the current range');
  }
  return takenIn(cluster).addresses.has(address)
    ? refuse('provided IP is already allocated')
    : undefined;
}

function chooseAddress({ metadata }: ServiceObject, cluster: Cluster): string | undefined {
  const range = serviceRange(cluster);
  const { addresses } = takenIn(cluster);
  const address = chooseFree(
    range,
    lowerBandOf(range.to - range.from + 1, 16, 256),
    `${metadata.namespace}/${metadata.name}/${cluster.store.version()}`,
    (candidate) => addresses.has(candidate),
  );
  return address === undefined ? undefined : textOf(address);
}

const textOf = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
