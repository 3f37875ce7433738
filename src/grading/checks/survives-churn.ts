import { forkCluster } from '../../cluster/cluster.ts';
import { replacePods } from '../../cluster/controllers/churn.ts';
import type { Finding } from '../../cluster/finding.ts';
import type { PodsExpectation } from '../../exercise/check-format.ts';
import { podsMeant, type Scene } from '../scene.ts';
import type { Check } from './check.ts';
import { connects } from './connects.ts';

/**
 * The same connection still works when every Pod it reaches was replaced and has a new address.
 */
export const survivesChurn: Check<'survives-churn'> = {
  kind: 'survives-churn',
  observe({ of }, scene) {
    const other = scene.expectations.find((each) => each.id === of);
    if (other?.kind !== 'connects') throw new Error(`no connects check \`${of}\` in this part`);
    const observation = connects.observe(other, churned(scene, other.reaches?.pods));
    if (observation.findings.length === 0) return observation;
    return { ...observation, findings: [afterChurn, ...observation.findings] };
  },
};

const afterChurn: Finding = { code: 'check-after-churn', severity: 'info' };

/** The Pods that others are to reach are replaced; those that nobody asks for cost nothing. */
function churned(scene: Scene, wanted: PodsExpectation | undefined): Scene {
  const after = forkCluster(scene.after);
  const meant = wanted && new Set(podsMeant(after, wanted));
  replacePods(after, (pod) => meant?.has(pod) ?? true);
  return { ...scene, after };
}
