import type { Finding } from '../../cluster/finding.ts';
import type { PartOf } from '../../exercise/part-format.ts';
import { graded, rejected } from '../verdicts.ts';
import type { PartGrader } from './part.ts';

/** The learner's own words: kept, worth what completing it is worth, and open to a person. */
export const text: PartGrader<'text'> = {
  grade(part, answer) {
    const short = tooShort(part, answer);
    if (short) return rejected(part, [short]);
    const awaitsMarking = part.completion < part.points;
    const check = {
      ...{ check: part.id, title: part.title, outcome: 'passed' as const },
      ...{ points: part.completion, maximum: part.points, findings: [] },
    };
    const awaits: Finding = { code: 'text-awaits-marking', severity: 'info' };
    return graded(part, [check], { awaitsMarking, findings: awaitsMarking ? [awaits] : [] });
  },
  check(part, answer) {
    const short = tooShort(part, answer);
    return short ? rejected(part, [short]) : graded(part, []);
  },
};

function tooShort(part: PartOf<'text'>, answer: string): Finding | undefined {
  const count = answer.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  if (count >= part.words) return undefined;
  const parameters = { words: part.words };
  return { code: 'text-too-short', severity: 'error', observed: String(count), parameters };
}
