import type { Finding } from '../../cluster/finding.ts';
import { churned } from '../churned.ts';
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
    const observation = connects.observe(other, {
      ...scene,
      after: churned(scene, other.reaches?.pods),
    });
    if (observation.findings.length === 0) return observation;
    return { ...observation, findings: [afterChurn, ...observation.findings] };
  },
};

const afterChurn: Finding = { code: 'check-after-churn', severity: 'info' };
