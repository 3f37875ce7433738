import { auditOf } from '../audit.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import { Pace } from '../pace.ts';
import { Refusal } from '../refusal.ts';
import { applyRegrade } from './apply-regrade.ts';
import { compareAll } from './compare-all.ts';
import { judgeAllAnew } from './judge-all.ts';
import type { Regrade } from './regrade.ts';

/** What a step of the work is given beside the regrade. */
export interface Work {
  readonly parts: GradebookParts;
  readonly pace: Pace;
  /** Whether the work has to be left where it is. */
  readonly stopped: () => boolean;
}

type Step = (work: Work, regrade: Regrade) => Promise<void>;

/** Each ends in another state, or where it was told to stop; it goes on from what is on disk. */
const steps: Partial<Readonly<Record<Regrade['state'], Step>>> = {
  judging: judgeAllAnew,
  comparing: compareAll,
  applying: applyRegrade,
};

/**
 * Carries regrades on, one at a time and oldest first, beside the requests. What it did is on disk
 * before it counts as done, so that after a crash it goes on where it was.
 */
export class Regrader {
  readonly #parts: GradebookParts;
  #working: Promise<void> | undefined;
  #again = false;
  #stopped = false;
  #failed: (error: unknown) => void = () => {};

  constructor(parts: GradebookParts) {
    this.#parts = parts;
  }

  /** Who is told of errors that are ours; the work is tried again when it is woken. */
  tell(failed: (error: unknown) => void): void {
    this.#failed = failed;
  }

  /** There may be something to do. */
  wake(): void {
    this.#again = true;
    if (this.#stopped || this.#working !== undefined) return;
    this.#working = this.#workOn().finally(() => {
      this.#working = undefined;
    });
  }

  /** Resolves when nothing is left to do, or nothing can be done now. */
  async idle(): Promise<void> {
    await this.#working;
  }

  /** Leaves the work where it is; resolves when it does nothing more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#working;
  }

  async #workOn(): Promise<void> {
    const work = { parts: this.#parts, pace: new Pace(), stopped: () => this.#stopped };
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        for (;;) {
          const [next] = await this.#parts.store.regradesAtWork();
          if (next === undefined || this.#stopped) break;
          await this.#carryOn(work, next);
        }
      } catch (error) {
        // The store cannot answer now: whoever wakes it next finds the work where it is.
        const away = error instanceof Refusal && error.code === 'store-unavailable';
        if (!away) this.#failed(error);
      }
    }
  }

  async #carryOn(work: Work, regrade: Regrade): Promise<void> {
    try {
      await steps[regrade.state]?.(work, regrade);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'store-unavailable') throw error;
      await this.#fail(regrade, error);
    }
  }

  async #fail({ courseId, id }: Regrade, error: unknown): Promise<void> {
    const { store, now } = this.#parts;
    const regrade = await store.regrade(courseId, id);
    if (regrade === undefined || steps[regrade.state] === undefined) return;
    const problem = error instanceof Error ? error.message : String(error);
    const endedAt = now().toISOString();
    const revision = regrade.revision + 1;
    const note = { action: 'regrade:fail', courseId, subject: id, after: { problem } };
    const audit = auditOf(this.#parts, { tokenId: regrade.tokenId }, note);
    await store.changeRegrade(
      { ...regrade, state: 'failed', problem, endedAt, revision },
      { audit },
    );
  }
}
