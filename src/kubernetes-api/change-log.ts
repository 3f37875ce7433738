import { limits } from '../limits.ts';
import type { ChangeLog, LoggedChange } from './sandbox.ts';

/** A change log that can be written to. */
export interface WritableChangeLog extends ChangeLog {
  append(change: LoggedChange): void;
  /** Tells the listeners that a turn is over, if anything was written in it. */
  flush(): void;
}

interface Bounds {
  readonly changes: number;
  readonly bytes: number;
}

const usualBounds: Bounds = { changes: limits.watchLog, bytes: limits.watchLogBytes };

/** A log that begins at that resourceVersion: nothing is known of what was before. */
export function createChangeLog(
  startVersion: number,
  most: Bounds = usualBounds,
): WritableChangeLog {
  const changes: LoggedChange[] = [];
  const sizes: number[] = [];
  const listeners = new Set<() => void>();
  let forgottenUpTo = startVersion;
  let bytes = 0;
  let isTold = true;

  const forget = () => {
    let count = Math.max(0, changes.length - most.changes);
    for (let index = 0; index < count; index += 1) bytes -= sizes[index] ?? 0;
    for (; bytes > most.bytes && count < changes.length; count += 1) bytes -= sizes[count] ?? 0;
    if (count === 0) return;
    sizes.splice(0, count);
    forgottenUpTo = changes.splice(0, count).at(-1)?.version ?? forgottenUpTo;
  };

  return {
    append(change) {
      const size = JSON.stringify(change.after ?? change.before).length;
      changes.push(change);
      sizes.push(size);
      bytes += size;
      isTold = false;
      forget();
    },
    flush() {
      if (isTold) return;
      isTold = true;
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
