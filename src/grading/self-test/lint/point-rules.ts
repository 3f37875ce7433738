import { pointsOf, pointsWithoutMarking } from '../../../exercise/part-format.ts';
import { rounded } from '../../points.ts';
import type { LintRule } from './lint-subject.ts';

/** Hints may cost what a part is worth, and no more. */
export const hintsLeavePoints: LintRule = ({ variant, at }) =>
  variant.parts.flatMap((part, index) => {
    const cost = rounded(part.hints.reduce((sum, each) => sum + each.cost, 0));
    const points = pointsOf(part);
    if (cost < points || part.hints.length === 0) return [];
    const message = `its hints cost ${cost} together, and it is worth ${points}`;
    return [at(['parts', index, 'hints'], 'points-hints', message, 'make them cheaper')];
  });

/** Hints go from vague to close: none is cheaper than the one before. */
export const hintsGrow: LintRule = ({ variant, at }) =>
  variant.parts.flatMap(({ hints }, index) =>
    hints.flatMap(({ cost }, n) => {
      const before = hints[n - 1];
      if (!before || before.cost <= cost) return [];
      const message = `it costs ${cost}, and the hint before it ${before.cost}`;
      const advice = 'order hints from vague to close; a closer one costs as much or more';
      return [at(['parts', index, 'hints', n, 'cost'], 'hints-order', message, advice)];
    }),
  );

/** Nobody is dealt a variant that is worth more, or asks more, than another's. */
export const variantsAreWorthTheSame: LintRule = ({ exercise, at }) => {
  const shapes = exercise.variants.map(({ parts }) =>
    JSON.stringify(
      parts.map((part) => [
        part.id,
        pointsOf(part),
        'checks' in part ? part.checks.map(({ id, kind, points }) => [id, kind, points]) : [],
        part.hints.map(({ cost }) => cost),
      ]),
    ),
  );
  const odd = shapes.findIndex((shape) => shape !== shapes[0]);
  if (odd < 0) return [];
  const message = `variant ${odd} asks for other parts, checks or points than variant 0`;
  return [at(['variants'], 'points-variants', message, 'let only names and values differ')];
};

/** The points that a text's author spreads must be those of the part. */
export const textsAddUp: LintRule = ({ variant, at }) =>
  variant.parts.flatMap((part, index) => {
    if (part.kind !== 'text') return [];
    const sum = pointsWithoutMarking(part);
    if (sum <= pointsOf(part)) return [];
    const message = `completion and coverage give ${sum}, and the part is worth ${pointsOf(part)}`;
    return [at(['parts', index], 'points-sum', message, 'let them add up to `points` at most')];
  });

/** A score that nobody can get is a slip of the author's pen. */
export const scoresArePossible: LintRule = ({ answers, in: within }) =>
  answers.flatMap(({ file, part, expected }) => {
    const most = pointsOf(part);
    if (!expected || expected.score < most) return [];
    const message = `a wrong answer is to get ${expected.score} of ${most}`;
    return [within(file, 'points-wrong', message, 'it must get less than full marks')];
  });
