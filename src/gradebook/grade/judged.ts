import type { AttemptFact, GradeFact, HintFact, MarkFact, RegradeFact } from '../event.ts';

/** An attempt with the points that hold for it now, in what its part is worth now. */
export interface JudgedAttempt {
  readonly fact: AttemptFact;
  readonly points: number;
  readonly awaitsMarking: boolean;
  /** The regrade whose points hold; undefined when those of the first judgement do. */
  readonly regrade: RegradeFact | undefined;
}

/** A part's facts by kind, each in order. */
export interface SortedFacts {
  readonly attempts: readonly JudgedAttempt[];
  readonly hints: readonly HintFact[];
  readonly marks: readonly MarkFact[];
  readonly regrades: readonly RegradeFact[];
}

/** Takes one part's facts in order; `partPoints` is what the part is worth now. */
export function judgeAll(facts: readonly GradeFact[], partPoints: number): SortedFacts {
  const first: AttemptFact[] = [];
  const hints: HintFact[] = [];
  const marks: MarkFact[] = [];
  const regrades: RegradeFact[] = [];
  for (const fact of facts) {
    if (fact.kind === 'attempt') first.push(fact);
    else if (fact.kind === 'hint') hints.push(fact);
    else if (fact.kind === 'mark') marks.push(fact);
    else if (fact.kind === 'regrade') regrades.push(fact);
  }
  const attempts = first.map((fact) => judge(fact, regrades, partPoints));
  return { attempts, hints, marks, regrades };
}

function judge(
  fact: AttemptFact,
  regrades: readonly RegradeFact[],
  partPoints: number,
): JudgedAttempt {
  const { awaitsMarking } = fact;
  const points = scaled(fact, partPoints);
  const first: JudgedAttempt = { fact, points, awaitsMarking, regrade: undefined };
  if (regrades.length === 0) return first;
  return regrades.reduce((held, regrade) => {
    if (regrade.attempt !== fact.order) return held;
    const anew = scaled(regrade, partPoints);
    if (regrade.keep === 'never-lower' && anew <= held.points) return held;
    return { fact, points: anew, awaitsMarking: regrade.awaitsMarking, regrade };
  }, first);
}

/** The same share of a part that has come to be worth more or less than when it was judged. */
function scaled({ points, maximum }: AttemptFact | RegradeFact, partPoints: number): number {
  if (maximum === undefined || maximum === partPoints || maximum === 0) return points;
  return (points / maximum) * partPoints;
}
