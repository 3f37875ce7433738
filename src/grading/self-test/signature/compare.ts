import { type Cluster, forkCluster } from '../../../cluster/cluster.ts';
import { replacePods } from '../../../cluster/controllers/churn.ts';
import { behaviourOf } from './behaviour.ts';

/** All that an answer does to the traffic of a world, before and after every Pod was replaced. */
export type Signature = readonly string[];

/** What an answer left behind; nothing where it was refused. */
export type Outcome = Cluster | undefined;

/** The whole signature, for an answer that others are compared with. */
export const signatureOf = (world: Cluster, outcome: Outcome): Signature => [
  ...observations(world, outcome),
];

/**
 * Whether an answer behaves as one of the others does. It is looked at no longer than until it
 * differs from all of them.
 */
export function behavesAsOneOf(
  known: readonly Signature[],
  world: Cluster,
  outcome: Outcome,
): boolean {
  let alike = known;
  let seen = 0;
  for (const observation of observations(world, outcome)) {
    alike = alike.filter((signature) => signature[seen] === observation);
    if (alike.length === 0) return false;
    seen += 1;
  }
  return alike.some((signature) => signature.length === seen);
}

function* observations(world: Cluster, outcome: Outcome): Generator<string> {
  if (!outcome) {
    yield 'refused';
    return;
  }
  yield* behaviourOf(world, outcome);
  const later = forkCluster(outcome);
  replacePods(later);
  yield* behaviourOf(world, later);
}
