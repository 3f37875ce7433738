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
    const findings = part.left.flatMap((item) => findingFor(part, item, answer));
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

function findingFor(part: Match, item: Match['left'][number], answer: Pairs): Finding[] {
  const outcome = outcomeOf(part, item.id, answer);
  if (outcome === 'right') return [];
  const code = outcome === 'empty' ? 'match-empty' : 'match-wrong';
  return [{ code, severity: 'error', parameters: { item: item.text } }];
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
