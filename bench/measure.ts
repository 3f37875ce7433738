import { median } from './load.ts';

/** Medians of one operation, in microseconds: beside the wall's, what it cost the processors. */
export interface Cost {
  readonly wallUs: number;
  readonly cpuUs: number;
  readonly samples: number;
}

export interface Operation<T> {
  /** Makes what one run works on; outside of what is measured. */
  readonly prepare: () => T;
  readonly run: (given: T) => unknown;
  /** Runs measured as one, for operations shorter than the clock's own cost. */
  readonly batch?: number;
  readonly warmUpMs?: number;
  readonly budgetMs?: number;
  readonly mostSamples?: number;
}

/** Repeats an operation within its budget of time, at least three times. */
export function costOf<T>(operation: Operation<T>): Cost {
  const { prepare, run, batch = 1, warmUpMs = 500 } = operation;
  const { budgetMs = 1500, mostSamples = 4000 } = operation;
  const warm = performance.now() + warmUpMs;
  while (performance.now() < warm) run(prepare());
  const wall: number[] = [];
  const cpu: number[] = [];
  const end = performance.now() + budgetMs;
  while (wall.length < 3 || (performance.now() < end && wall.length < mostSamples)) {
    const given = Array.from({ length: batch }, prepare);
    const used = process.cpuUsage();
    const start = performance.now();
    for (const each of given) run(each);
    wall.push(((performance.now() - start) * 1000) / batch);
    const { user, system } = process.cpuUsage(used);
    cpu.push((user + system) / batch);
  }
  return { wallUs: median(wall), cpuUs: median(cpu), samples: wall.length };
}
