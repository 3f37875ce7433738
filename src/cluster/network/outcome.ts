import type { Delivery } from './delivery.ts';
import type { Hop, ProbeFailure, Reached } from './probe.ts';

/** What became of a packet. */
export interface Outcome {
  readonly reached: readonly Reached[];
  readonly failed: readonly ProbeFailure[];
  readonly hops: readonly Hop[];
  readonly sticky: boolean;
}

export const dropped = (...hops: readonly Hop[]): Outcome => ({
  reached: [],
  failed: ['timeout'],
  hops,
  sticky: false,
});

export const delivered = (delivery: Delivery, before: readonly Hop[]): Outcome => ({
  reached: delivery.reached ? [delivery.reached] : [],
  failed: delivery.failed ? [delivery.failed] : [],
  hops: [...before, delivery.hop],
  sticky: false,
});

/** One of several ways is taken: whatever can happen on any of them can happen. */
export function anyOf(outcomes: readonly Outcome[]): Outcome {
  const reached = new Map(
    outcomes
      .flatMap((outcome) => outcome.reached)
      .map((one) => [`${one.address}:${one.port}`, one]),
  );
  return {
    reached: [...reached.values()],
    failed: unique(outcomes.flatMap((outcome) => outcome.failed)),
    hops: (outcomes.find((outcome) => outcome.failed.length > 0) ?? outcomes[0])?.hops ?? [],
    sticky: outcomes.some((outcome) => outcome.sticky),
  };
}

export const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];
