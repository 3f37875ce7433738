/** Points are kept to the hundredth, so that sums of thirds do not drift. */
export const rounded = (points: number): number => Math.round(points * 100) / 100;

/**
 * What several picks are worth, at most 1: each right one adds its share, each wrong one takes away
 * the share of a wrong one. Whoever picks everything, or at random, gains nothing. Below zero where
 * more is wrong than right: questions are summed before the sum is kept from falling below zero.
 */
export function shareBeforeFloor(picks: {
  readonly right: number;
  readonly rightInAll: number;
  readonly wrong: number;
  readonly wrongInAll: number;
}): number {
  const gained = picks.rightInAll === 0 ? 1 : picks.right / picks.rightInAll;
  const lost = picks.wrongInAll === 0 ? 0 : picks.wrong / picks.wrongInAll;
  return gained - lost;
}

/**
 * What answers to several questions are worth, between 0 and 1. An empty one counts nothing, a
 * wrong one takes away what guessing among `ways` would gain on average; without `ways` the
 * question cannot be guessed.
 */
export function shareOfGuesses(
  answers: readonly { readonly outcome: 'right' | 'wrong' | 'empty'; readonly ways?: number }[],
): number {
  const worth = answers.map(({ outcome, ways }) => {
    if (outcome === 'right') return 1;
    return outcome === 'wrong' && ways !== undefined ? -1 / Math.max(1, ways - 1) : 0;
  });
  const sum = worth.reduce<number>((total, each) => total + each, 0);
  return Math.max(0, sum) / answers.length;
}
