import type { Change } from '../cluster/api-server/store.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { splitKey } from '../cluster/controllers/controller.ts';
import { isUnscheduled } from '../cluster/controllers/kubelet.ts';
import { nextPodStep, type PodStep, takePodStep } from '../cluster/controllers/pod-steps.ts';
import { keyOf, type ObjectOf } from '../cluster/objects.ts';
import type { Clock } from './sandbox.ts';

type Pod = ObjectOf<'pods'>;

/** How long each step of a Pod takes, in milliseconds. */
export type Pace = Readonly<Record<PodStep, number>>;

/** Quick for a cluster, slow enough for a learner to see every state. */
export const usualPace: Pace = { schedule: 20, create: 100, start: 900, stop: 800 };

interface Due {
  readonly step: PodStep;
  readonly at: number;
}

export interface DueSteps {
  readonly at: number;
  run(cluster: Cluster): void;
}

/**
 * Of many Pods that are due at once, this part is taken before controllers look again: a few Pods
 * come one by one, hundreds in a bounded number of turns.
 */
const turnsAtMost = 20;

/** The steps that Pods wait for, and the one timer that wakes whoever takes them. */
export interface PodClock {
  /** Notes what a write means for a Pod's next step. */
  observe(change: Change, now: number): void;
  /** Takes up the Pods of a cluster that was at work before. */
  adopt(pods: readonly Pod[], now: number): void;
  /** The earliest steps that are due, all at one time and of one kind; they then wait no more. */
  takeDue(until: number): DueSteps | undefined;
  /** Sets the timer to the earliest step. */
  arm(): void;
  stop(): void;
}

export function createPodClock(clock: Clock, pace: Pace, wake: () => void): PodClock {
  const waiting = new Map<string, Due>();
  const unscheduled = new Set<string>();
  let cancel: (() => void) | undefined;
  let armedFor = Number.POSITIVE_INFINITY;

  const note = (pod: Pod, now: number) => {
    const key = keyOf(pod);
    const step = nextPodStep(pod);
    const known = waiting.get(key);
    if (isUnscheduled(pod)) unscheduled.add(key);
    else unscheduled.delete(key);
    if (!step || (isUnscheduled(pod) && step === 'schedule')) waiting.delete(key);
    else if (known?.step !== step) waiting.set(key, { step, at: now + delayOf(pod, step) });
  };

  const delayOf = (pod: Pod, step: PodStep): number =>
    step === 'stop'
      ? Math.min(pace.stop, (pod.metadata.deletionGracePeriodSeconds ?? 0) * 1000)
      : pace[step];

  const earliest = (): [string, Due] | undefined => {
    let first: [string, Due] | undefined;
    for (const entry of waiting) if (!first || entry[1].at < first[1].at) first = entry;
    return first;
  };

  return {
    observe({ resource, before, after }, now) {
      if (resource === 'nodes') {
        for (const key of unscheduled) waiting.set(key, { step: 'schedule', at: now });
      }
      if (resource !== 'pods') return;
      if (after) note(after as Pod, now);
      else if (before) {
        waiting.delete(keyOf(before));
        unscheduled.delete(keyOf(before));
      }
    },
    adopt(pods, now) {
      for (const pod of pods) note(pod, now);
    },
    takeDue(until) {
      const [, first] = earliest() ?? [];
      if (!first || first.at > until) return undefined;
      const { at, step } = first;
      const due = [...waiting].filter(([, each]) => each.at === at && each.step === step);
      const taken = due.slice(0, Math.ceil(due.length / turnsAtMost)).map(([key]) => key);
      for (const key of taken) waiting.delete(key);
      return {
        at,
        run(cluster) {
          for (const key of taken) {
            const { namespace, name } = splitKey(key);
            takePodStep(cluster, namespace, name);
          }
        },
      };
    },
    arm() {
      const [, due] = earliest() ?? [];
      const at = due?.at ?? Number.POSITIVE_INFINITY;
      if (at === armedFor) return;
      cancel?.();
      armedFor = at;
      cancel = due && clock.after(Math.max(0, at - clock.now()), rouse);
    },
    stop() {
      cancel?.();
      waiting.clear();
      armedFor = Number.POSITIVE_INFINITY;
    },
  };

  function rouse(): void {
    armedFor = Number.POSITIVE_INFINITY;
    cancel = undefined;
    wake();
  }
}
