import { forkCluster } from '../../cluster/cluster.ts';
import { replacePods } from '../../cluster/controllers/churn.ts';
import type { Finding } from '../../cluster/finding.ts';
import type { Scene } from '../scene.ts';
import type { Check } from './check.ts';
import { connects } from './connects.ts';

/** The same connection still works when every Pod was replaced and has a new address. */
export const survivesChurn: Check<'survives-churn'> = {
  kind: 'survives-churn',
  observe({ of }, scene) {
    const other = scene.expectations.find((each) => each.id === of);
    if (other?.kind !== 'connects') throw new Error(`no connects check \`${of}\` in this part`);
    const observation = connects.observe(other, churned(scene));
    if (observation.findings.length === 0) return observation;
    return { ...observation, findings: [afterChurn, ...observation.findings] };
  },
};

const afterChurn: Finding = { code: 'check-after-churn', severity: 'info' };

function churned(scene: Scene): Scene {
  const after = forkCluster(scene.after);
  replacePods(after);
  return { ...scene, after };
}
