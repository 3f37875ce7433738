/** Milliseconds of work at a stretch: what a request that comes meanwhile waits for at most. */
const stretchMs = 5;
/** The longest rest between two stretches: on a busy machine, too, the work gets on. */
const longestRestMs = 40;

/**
 * Work beside requests, behind them: after each stretch the event loop is let go on, and the more
 * it had to do meanwhile, the longer the rest. Alone, the work takes nearly all of the time.
 */
export class Pace {
  #since = performance.now();

  /** Returns at once within a stretch; at its end, when others have had their turn. */
  async between(): Promise<void> {
    if (performance.now() - this.#since < stretchMs) return;
    const start = performance.now();
    await new Promise<void>((turn) => setImmediate(turn));
    const othersMs = performance.now() - start;
    if (othersMs > 1) {
      const restMs = Math.min(longestRestMs, 2 * othersMs);
      await new Promise<void>((rested) => setTimeout(rested, restMs));
    }
    this.#since = performance.now();
  }
}
