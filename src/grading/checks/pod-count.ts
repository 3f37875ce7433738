import type { Cluster } from '../../cluster/cluster.ts';
import type { Finding } from '../../cluster/finding.ts';
import type { PodsExpectation } from '../../exercise/check-format.ts';
import { labelsText, podsMeant } from '../scene.ts';

/** An answer must leave standing the Pods it is judged by: said when it does not. */
export function countFinding(cluster: Cluster, wanted: PodsExpectation): Finding | undefined {
  const observed = podsMeant(cluster, wanted).length;
  const right = wanted.count === undefined ? observed > 0 : observed === wanted.count;
  if (right) return undefined;
  return {
    code: 'check-pod-count',
    severity: 'error',
    observed: String(observed),
    parameters: { labels: labelsText(wanted.labels), wanted: wanted.count ?? 'at least 1' },
  };
}
