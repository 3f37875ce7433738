import type { Toleration } from 'kubernetes-types/core/v1.js';
import type { PodSpec } from './pod-spec.ts';

/**
 * What the admission plugins that are on by default write into a Pod's spec: Priority and
 * DefaultTolerationSeconds. An update keeps the old Pod's priority where the new one has none.
 */
export function admitPod(spec: PodSpec, old?: PodSpec): void {
  spec.priority ??= old?.priority ?? priorities.get(spec.priorityClassName ?? '') ?? 0;
  spec.preemptionPolicy ??= old?.preemptionPolicy ?? 'PreemptLowerPriority';
  for (const key of ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']) {
    if (tolerates(spec.tolerations ?? [], key)) continue;
    spec.tolerations = [...(spec.tolerations ?? []), fiveMinutesOf(key)];
  }
}

/** The classes every cluster has; others would have to be created first. */
const priorities: ReadonlyMap<string, number> = new Map([
  ['system-cluster-critical', 2_000_000_000],
  ['system-node-critical', 2_000_001_000],
]);

const tolerates = (tolerations: readonly Toleration[], key: string): boolean =>
  tolerations.some(
    (toleration) =>
      (toleration.key === key || !toleration.key) &&
      (toleration.effect === 'NoExecute' || !toleration.effect),
  );

const fiveMinutesOf = (key: string): Toleration => ({
  key,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
});
