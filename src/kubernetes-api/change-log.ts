import { limits } from '../limits.ts';
import type { ChangeLog, LoggedChange } from './sandbox.ts';

/** A change log that can be written to. */
export interface WritableChangeLog extends ChangeLog {
  append(change: LoggedChange): void;
  /** Tells the listeners that a turn is over, if anything was written in it. */
  flush(): void;
}

/** A log that begins at that resourceVersion: nothing is known of what was before. */
export function createChangeLog(startVersion: number, most = limits.watchLog): WritableChangeLog {
  const changes: LoggedChange[] = [];
  const listeners = new Set<() => void>();
  let forgottenUpTo = startVersion;
  let flushedLength = 0;
  let written = 0;
  return {
    append(change) {
      changes.push(change);
      written += 1;
      if (changes.length < 2 * most) return;
      const dropped = changes.splice(0, changes.length - most);
      forgottenUpTo = dropped.at(-1)?.version ?? forgottenUpTo;
    },
    flush() {
      if (written === flushedLength) return;
      flushedLength = written;
      for (const listener of [...listeners]) listener();
    },
    since(version) {
      if (version < forgottenUpTo) return 'expired';
      return changes.slice(firstAfter(changes, version));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function firstAfter(changes: readonly LoggedChange[], version: number): number {
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((changes[middle]?.version ?? 0) <= version) low = middle + 1;
    else high = middle;
  }
  return low;
}
