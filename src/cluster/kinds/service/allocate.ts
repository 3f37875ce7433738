import type { AllocationFailure, RuleContext } from '../kind.ts';
import { allocateClusterIps } from './allocate-cluster-ips.ts';
import { allocateNodePorts, reallocateNodePorts } from './allocate-node-ports.ts';
import { alignClusterIps, carryOverAllocated } from './carry-over.ts';
import { settleIpFamilies } from './ip-families.ts';
import { type ServiceObject, specOf } from './traits.ts';

/** Everything the server hands out to a Service, in upstream's order (registry/core/service). */
export function allocateForService(
  service: ServiceObject,
  old: ServiceObject | undefined,
  { cluster }: RuleContext,
): AllocationFailure | undefined {
  if (old) carryOverAllocated(service, old);
  alignClusterIps(service, old);
  const errors = settleIpFamilies(service, old);
  if (errors.length > 0) return { errors };
  if (!old) return allocateClusterIps(service, cluster) ?? allocateNodePorts(service, cluster);
  const becomesReachable =
    old.spec?.type === 'ExternalName' && specOf(service).type !== 'ExternalName';
  return (
    (becomesReachable ? allocateClusterIps(service, cluster) : undefined) ??
    reallocateNodePorts(service, old, cluster)
  );
}
