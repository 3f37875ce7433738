import type { Finding } from '../../cluster/finding.ts';
import type { PartOf } from '../../exercise/part-format.ts';
import { shareOfGuesses } from '../points.ts';
import { graded, rejected, wholeCheck } from '../verdicts.ts';
import type { AnswerTo, PartGrader } from './part.ts';

type Match = PartOf<'match'>;
type Pairs = AnswerTo<'match'>;

/** Items of two lists put together. A wrong pair takes away what guessing it would gain. */
export const match: PartGrader<'match'> = {
  grade(part, answer) {
    const unknown = unknownItems(part, answer);
    if (unknown.length > 0) return rejected(part, unknown);
    const findings = shortcomings(part, answer);
    return graded(part, [wholeCheck(part, shareFor(part, answer), findings)]);
  },
  check(part, answer) {
    const unknown = unknownItems(part, answer);
    return unknown.length > 0 ? rejected(part, unknown) : graded(part, []);
  },
};

const pairsAt = (pairs: Pairs, id: string): ReadonlySet<string> =>
  new Set(Object.hasOwn(pairs, id) ? pairs[id] : []);

type Outcome = 'right' | 'wrong' | 'empty';

function outcomeOf(part: Match, id: string, answer: Pairs): Outcome {
  const wanted = pairsAt(part.pairs, id);
  const given = pairsAt(answer, id);
  const same = given.size === wanted.size && [...given].every((each) => wanted.has(each));
  if (same) return 'right';
  return given.size === 0 ? 'empty' : 'wrong';
}

function shareFor(part: Match, answer: Pairs): number {
  const ways = part.right.length;
  return shareOfGuesses(
    part.left.map(({ id }) => ({ outcome: outcomeOf(part, id, answer), ways })),
  );
}

/** What was left out is named; of what is wrong, only how much it is. */
function shortcomings(part: Match, answer: Pairs): Finding[] {
  const of = (outcome: Outcome) =>
    part.left.filter(({ id }) => outcomeOf(part, id, answer) === outcome);
  const empty = of('empty').map(({ text }): Finding => {
    return { code: 'match-empty', severity: 'error', parameters: { item: text } };
  });
  const parameters = { wrong: of('wrong').length, items: part.left.length };
  if (parameters.wrong === 0) return empty;
  return [{ code: 'match-wrong', severity: 'error', parameters }, ...empty];
}

function unknownItems(part: Match, answer: Pairs): Finding[] {
  const known = (items: Match['left'], id: string) => items.some((item) => item.id === id);
  const unknown = Object.entries(answer).flatMap(([left, rights]) => [
    ...(known(part.left, left) ? [] : [left]),
    ...rights.filter((id) => !known(part.right, id)),
  ]);
  return unknown.map((item) => ({
    code: 'match-unknown',
    severity: 'error',
    parameters: { item },
  }));
}
