import type { Finding } from '../../cluster/finding.ts';
import type { Hop } from '../../cluster/network/probe.ts';
import type { CheckKind, Expectation, ExpectationOf } from '../../exercise/check-format.ts';
import type { Scene } from '../scene.ts';

/** What one check saw. Without findings it passed. */
export interface Observation {
  readonly findings: readonly Finding[];
  /** The way of the packet, for checks that send one. */
  readonly hops?: readonly Hop[];
}

/** Judges one kind of expectation. */
export interface Check<K extends CheckKind = CheckKind> {
  readonly kind: K;
  observe(expectation: ExpectationOf<K>, scene: Scene): Observation;
}

/** A check as the registry keeps it. */
export type AnyCheck = {
  readonly kind: CheckKind;
  observe(expectation: Expectation, scene: Scene): Observation;
};

export const passed: Observation = { findings: [] };

export const failed = (...findings: readonly Finding[]): Observation => ({ findings });

/**
 * The best of several Services: the first that passes, else the one whose packet came furthest,
 * so that what is said is about the Service that was meant.
 */
export function bestOf<T>(items: readonly T[], observe: (item: T) => Observation): Observation {
  let best: Observation | undefined;
  for (const item of items) {
    const observation = observe(item);
    if (observation.findings.length === 0) return observation;
    if (!best || progress(observation) > progress(best)) best = observation;
  }
  return best ?? failed(noService);
}

const progress = (observation: Observation): number =>
  observation.hops?.filter((hop) => hop.ok).length ?? 0;

const noService: Finding = { code: 'check-no-service', severity: 'error' };
