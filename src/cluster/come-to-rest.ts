import { type Cluster, forkCluster } from './cluster.ts';
import { nextPodStep, takePodStep } from './controllers/pod-steps.ts';
import { settle } from './controllers/settle.ts';
import { keyOf } from './objects.ts';

/** Steps of one Pod are four; whatever still moves after so many rounds goes round in circles. */
const mostRounds = 20;

/**
 * What the cluster comes to by itself, as a fork: every Pod that waits for a step takes it and the
 * next ones at once, so that nobody has to wait for a clock.
 */
export function comeToRest(cluster: Cluster): Cluster {
  const fork = forkCluster(cluster);
  const rested: Cluster = { ...fork, settings: { ...fork.settings, podSteps: true } };
  for (let round = 0; round < mostRounds; round += 1) {
    const version = rested.store.version();
    const waiting = rested.store.list('pods').filter((pod) => nextPodStep(pod) !== undefined);
    for (const pod of waiting) {
      const [namespace = '', name = ''] = keyOf(pod).split('/');
      takePodStep(rested, namespace, name);
    }
    settle(rested);
    if (rested.store.version() === version) break;
  }
  return rested;
}
