import type { Verdict } from './verdict.ts';

/**
 * The verdicts given last, by question: the engine says the same to the same question for ever, and
 * a class sends the same few answers again and again. Bounded by the characters of the questions;
 * the one asked for longest ago goes first.
 */
export class RecentVerdicts {
  readonly #most: number;
  readonly #verdicts = new Map<string, Verdict>();
  #characters = 0;

  constructor(mostCharacters: number) {
    this.#most = mostCharacters;
  }

  /** The verdict to that question, judged only where it is not remembered. */
  of(question: string, judge: () => Verdict): Verdict {
    const known = this.#verdicts.get(question);
    if (known !== undefined) {
      this.#verdicts.delete(question);
      this.#verdicts.set(question, known);
      return known;
    }
    const verdict = judge();
    this.#verdicts.set(question, verdict);
    this.#characters += question.length;
    for (const oldest of this.#verdicts.keys()) {
      if (this.#characters <= this.#most) break;
      this.#verdicts.delete(oldest);
      this.#characters -= oldest.length;
    }
    return verdict;
  }
}
