import { handle } from '../cluster/api-server/handle.ts';
import { observedStore } from '../cluster/api-server/observed-store.ts';
import type { Change } from '../cluster/api-server/store.ts';
import { isOfApiServer, restoreApiServer } from '../cluster/bootstrap/api-server.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { settle } from '../cluster/controllers/settle.ts';
import { createChangeLog } from './change-log.ts';
import { createPodClock, type Pace, usualPace } from './pod-clock.ts';
import type { Clock, Quota, Sandbox } from './sandbox.ts';

export interface SandboxParts {
  /** Taken over: from now on it changes through the sandbox alone. */
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly quota?: Quota;
  readonly pace?: Pace;
}

/** A real API server looks after its own Service every ten seconds. */
const restoreAfterMs = 3000;

/** A cluster with the time of a clock, a log of its changes, and Pods that start in steps. */
export function createSandbox(parts: SandboxParts): Sandbox {
  const { cluster: given, clock, quota = noQuota, pace = usualPace } = parts;
  const log = createChangeLog(given.store.version());
  const pods = createPodClock(clock, pace, takeSteps);
  const store = observedStore(given.store, observe);
  const closers = new Set<() => void>();
  let now = clock.now();
  let closed = false;
  let restoring: (() => void) | undefined;

  const clusterAt = (time: number): Cluster => {
    now = Math.max(now, time);
    return { settings: { ...given.settings, now, podSteps: true }, store };
  };

  function observe(change: Change, version: number): void {
    log.append({ ...change, version });
    pods.observe(change, now);
    const { resource, before, after } = change;
    if (after || !before || !isOfApiServer(before)) return;
    if (resource === 'services' || resource === 'endpoints' || resource === 'endpointslices') {
      restoring ??= clock.after(restoreAfterMs, restore);
    }
  }

  function restore(): void {
    restoring = undefined;
    if (!closed) turn(restoreApiServer, true);
  }

  /** Whatever is due by now happens first, each step at its own time. */
  function takeSteps(): void {
    if (closed) return;
    const until = clock.now();
    for (let due = pods.takeDue(until); due; due = pods.takeDue(until)) {
      const cluster = clusterAt(due.at);
      due.run(cluster);
      settle(cluster);
      log.flush();
    }
    pods.arm();
  }

  function turn<T>(act: (cluster: Cluster) => T, writes: boolean): T {
    takeSteps();
    const cluster = clusterAt(clock.now());
    const result = act(cluster);
    if (writes) settle(cluster);
    log.flush();
    pods.arm();
    return result;
  }

  pods.adopt(store.list('pods'), now);
  pods.arm();
  return {
    cluster: () => {
      takeSteps();
      return clusterAt(clock.now());
    },
    handle: (request) =>
      turn((cluster) => {
        const writes = request.method !== 'GET';
        const refusal = writes ? quota.admitWrite(cluster, request) : undefined;
        return refusal ?? handle(cluster, request);
      }, request.method !== 'GET'),
    change: (act) => turn(act, true),
    changes: log,
    quota,
    close() {
      closed = true;
      pods.stop();
      restoring?.();
      for (const closer of [...closers]) closer();
      closers.clear();
    },
    onClose(listener) {
      closers.add(listener);
      return () => closers.delete(listener);
    },
  };
}

/** No bounds at all: for tests, and where something else keeps them. */
export const noQuota: Quota = {
  admit: () => undefined,
  admitWrite: () => undefined,
  openStream: () => undefined,
  closeStream: () => undefined,
};

/** The process's own time; its timers keep no process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
