import { type Features, holds } from './features.ts';
import type { Reason } from './similarity.ts';

/** An answer among those that are compared. */
export interface Indexed {
  readonly learner: string;
  readonly features: Features;
}

/** Two answers by their places in the list, and why they are alike. */
export interface Alike {
  readonly a: number;
  readonly b: number;
  readonly overlap: number;
  readonly strength: number;
  readonly sameVariant: boolean;
  readonly reasons: readonly Reason[];
}

const shownExamples = 5;
/** Less overlap than this is what any two answers to one question have. */
const leastOverlap = 0.6;
/** What a feature still counts that very many share. */
const commonWeight = 0.05;

/** Compares answers of different learners by what few of them share. */
export class AlikeIndex {
  readonly #answers: readonly Indexed[];
  readonly #holders = new Map<string, Set<number>>();
  readonly #learners: number;
  readonly #known = new Map<string, number>();
  /** Places by the variant that was dealt. */
  readonly #variants = new Map<string, number[]>();

  constructor(answers: readonly Indexed[]) {
    this.#answers = answers;
    this.#learners = new Set(answers.map(({ learner }) => learner)).size;
  }

  /** Has to be done for each place once, before anything is asked. */
  add(place: number): void {
    const answer = this.#answers[place];
    if (answer === undefined) return;
    const variant = JSON.stringify(answer.features.parameters);
    const alike = this.#variants.get(variant);
    if (alike === undefined) this.#variants.set(variant, [place]);
    else alike.push(place);
    for (const name of namesOf(answer.features)) {
      const holders = this.#holders.get(name);
      if (holders === undefined) this.#holders.set(name, new Set([place]));
      else holders.add(place);
    }
  }

  /**
   * Places after that one of answers that share something rare with it; and those, wherever they
   * are, of a variant whose names it holds.
   */
  candidates(place: number): readonly number[] {
    const answer = this.#answers[place];
    if (answer === undefined) return [];
    const shared = new Map<number, number>();
    for (const name of namesOf(answer.features)) {
      if (this.#rarity(name) === 0) continue;
      const alone = name.startsWith('run ') ? 1 : enough;
      for (const other of this.#holders.get(name) ?? []) {
        if (other <= place || this.#answers[other]?.learner === answer.learner) continue;
        shared.set(other, (shared.get(other) ?? 0) + alone);
      }
    }
    const rare = [...shared].filter(([, count]) => count >= enough).map(([other]) => other);
    return [...new Set([...rare, ...this.#namesakes(answer)])];
  }

  /** Of each other variant whose names it holds the closest few: equal ones if there are any. */
  #namesakes({ learner, features }: Indexed): readonly number[] {
    return [...this.#variants.values()].flatMap((places) => {
      const sample = this.#answers[places[0] ?? 0];
      if (sample === undefined || foreignIn(features, sample.features).length === 0) return [];
      const others = places.filter((place) => this.#answers[place]?.learner !== learner);
      const equal = others.filter(
        (place) => this.#answers[place]?.features.plain === features.plain,
      );
      return (equal.length > 0 ? equal : others).slice(0, namesakesAtMost);
    });
  }

  compare(a: number, b: number): Alike | undefined {
    const [first, second] = [this.#answers[a]?.features, this.#answers[b]?.features];
    if (first === undefined || second === undefined) return undefined;
    const { overlap, rare } = this.#overlap(first, second);
    const sameVariant = sameParameters(first, second);
    const reasons = [
      ...this.#equality(first, second),
      ...foreignNames(first, second, overlap),
      ...this.#sharedLines('comments', 'comment', first.comments, second.comments, 0.8),
      ...this.#sharedLines('layout', 'odd', first.oddLines, second.oddLines, 0.6),
      ...(overlap >= leastOverlap
        ? [
            {
              kind: 'overlap',
              weight: rounded(overlap * overlap * rare * 0.6),
              examples: [],
            } as const,
          ]
        : []),
    ].filter(({ weight }) => weight > 0);
    const strength = rounded(1 - reasons.reduce((left, { weight }) => left * (1 - weight), 1));
    return { a, b, overlap: rounded(overlap), strength, sameVariant, reasons };
  }

  /** Texts that very many have, but for layout and variant: how many, and where one of them is. */
  common(): readonly { readonly learners: number; readonly place: number }[] {
    return [...this.#holders]
      .filter(([name]) => name.startsWith('mapped ') && this.#rarity(name) === 0)
      .map(([name, holders]) => ({ learners: this.#learnersWith(name), place: first(holders) }))
      .sort((a, b) => b.learners - a.learners);
  }

  #learnersWith(name: string): number {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const holders = [...(this.#holders.get(name) ?? [])];
    const count = new Set(holders.map((place) => this.#answers[place]?.learner)).size;
    this.#known.set(name, count);
    return count;
  }

  /** 1 for what two learners share, falling to 0 for what more than a quarter of them do. */
  #rarity(name: string): number {
    const most = this.#learners / 4 + 6;
    return Math.max(0, 1 - Math.max(0, this.#learnersWith(name) - 2) / most);
  }

  /** The closest way in which they are equal. */
  #equality(one: Features, other: Features): readonly Reason[] {
    if (one.text === other.text) return this.#equal('identical', `text ${one.text}`, 0.8);
    if (one.plain === other.plain) {
      return this.#equal('equal-but-layout', `plain ${one.plain}`, 0.6);
    }
    if (one.mapped !== other.mapped) return [];
    return this.#equal('equal-under-variant', `mapped ${one.mapped}`, 0.6);
  }

  #equal(kind: Reason['kind'], name: string, most: number): readonly Reason[] {
    const weight = rounded(most * this.#rarity(name));
    return [{ kind, weight, learners: this.#learnersWith(name), examples: [] }];
  }

  #sharedLines(
    kind: Reason['kind'],
    prefix: string,
    one: ReadonlySet<string>,
    other: ReadonlySet<string>,
    most: number,
  ): readonly Reason[] {
    const shared = [...one]
      .filter((line) => other.has(line))
      .map((line) => ({ line, name: `${prefix} ${line}` }))
      .map(({ line, name }) => ({ line, name, rarity: this.#rarity(name) }))
      .filter(({ rarity }) => rarity > 0)
      .sort((a, b) => b.rarity - a.rarity);
    const [rarest] = shared;
    if (rarest === undefined) return [];
    const left = shared.reduce((all, { rarity }) => all * (1 - rarity * 0.7), 1);
    const learners = this.#learnersWith(rarest.name);
    const examples = shared.slice(0, shownExamples).map(({ line }) => line);
    return [{ kind, weight: rounded(most * (1 - left)), learners, examples }];
  }

  /** Weighted Jaccard of the runs of words; `rare`: how much of what is shared few others have. */
  #overlap(one: Features, other: Features): { readonly overlap: number; readonly rare: number } {
    let [both, all, rare] = [0, 0, 0];
    for (const run of one.runs) {
      const rarity = this.#rarity(`run ${run}`);
      all += commonWeight + rarity;
      if (!other.runs.has(run)) continue;
      both += commonWeight + rarity;
      rare += rarity;
    }
    for (const run of other.runs) {
      if (!one.runs.has(run)) all += commonWeight + this.#rarity(`run ${run}`);
    }
    return { overlap: all === 0 ? 0 : both / all, rare: Math.min(1, rare / tellingRuns) };
  }
}

/** Runs that make two answers worth comparing. */
const enough = 3;
/** Answers of another variant that one with its names is compared with. */
const namesakesAtMost = 5;
/** Shared runs that nobody else has, from which on overlap counts in full. */
const tellingRuns = 10;

function* namesOf({ text, plain, mapped, runs, comments, oddLines }: Features): Iterable<string> {
  yield `text ${text}`;
  yield `plain ${plain}`;
  yield `mapped ${mapped}`;
  for (const one of comments) yield `comment ${one}`;
  for (const one of oddLines) yield `odd ${one}`;
  for (const one of runs) yield `run ${one}`;
}

/** Names that only the other's variant has; numbers alone may be there by chance. */
function foreignNames(one: Features, other: Features, overlap: number): readonly Reason[] {
  const found = [...foreignIn(one, other), ...foreignIn(other, one)];
  if (found.length === 0) return [];
  const telling = found.some((name) => /\p{L}/u.test(name)) || found.length > 1;
  const weight = rounded((telling ? 0.9 : 0.3) * Math.min(1, 0.4 + overlap));
  return [{ kind: 'foreign-names', weight, examples: found.slice(0, shownExamples) }];
}

function foreignIn({ text, parameters }: Features, owner: Features): readonly string[] {
  const own = new Set(Object.values(parameters).map(String));
  const names = Object.entries(owner.parameters)
    .map(([key, value]) => ({ own: String(parameters[key]), value: String(value) }))
    .filter((one) => one.own !== one.value && one.value.length >= 3 && !own.has(one.value));
  return [...new Set(names.map(({ value }) => value))].filter((value) => holds(text, value));
}

function sameParameters(one: Features, other: Features): boolean {
  return JSON.stringify(one.parameters) === JSON.stringify(other.parameters);
}

const rounded = (share: number): number => Math.round(share * 1000) / 1000;

const first = (places: ReadonlySet<number>): number => [...places][0] ?? 0;
