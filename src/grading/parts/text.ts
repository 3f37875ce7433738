import type { Finding } from '../../cluster/finding.ts';
import { type PartOf, pointsOf, pointsWithoutMarking } from '../../exercise/part-format.ts';
import { coverageOf } from '../coverage.ts';
import type { CheckResult } from '../verdict.ts';
import { graded, rejected } from '../verdicts.ts';
import type { PartGrader } from './part.ts';

/**
 * The learner's own words: kept, worth what completing them is worth and what they are seen to
 * speak of, and open to a person for the rest.
 */
export const text: PartGrader<'text'> = {
  grade(part, answer) {
    const short = tooShort(part, answer);
    if (short) return rejected(part, [short]);
    const awaitsMarking = pointsWithoutMarking(part) < pointsOf(part);
    const awaits: Finding = { code: 'text-awaits-marking', severity: 'info' };
    const covered = part.coverage.map((item) => coverageOf(item, answer));
    return graded(part, [...completionOf(part), ...covered], {
      awaitsMarking,
      findings: awaitsMarking ? [awaits] : [],
    });
  },
  check(part, answer) {
    const short = tooShort(part, answer);
    return short ? rejected(part, [short]) : graded(part, []);
  },
};

/** What is given for the text itself, out of all that is not given for what it covers. */
function completionOf(part: PartOf<'text'>): CheckResult[] {
  const covered = pointsWithoutMarking(part) - part.completion;
  const maximum = pointsOf(part) - covered;
  if (maximum <= 0) return [];
  const { id: check, title, completion: points } = part;
  return [{ check, title, outcome: 'passed', points, maximum, findings: [] }];
}

function tooShort(part: PartOf<'text'>, answer: string): Finding | undefined {
  const count = answer.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  if (count >= part.words) return undefined;
  const parameters = { words: part.words };
  return { code: 'text-too-short', severity: 'error', observed: String(count), parameters };
}
