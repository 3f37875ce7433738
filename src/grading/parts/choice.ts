import type { Finding } from '../../cluster/finding.ts';
import type { PartOf } from '../../exercise/part-format.ts';
import { shareOf } from '../points.ts';
import { graded, rejected, wholeCheck } from '../verdicts.ts';
import type { PartGrader } from './part.ts';

type Choice = PartOf<'choice'>;

/** Options chosen from a list. Reasons are told once the answer is wholly right. */
export const choice: PartGrader<'choice'> = {
  grade(part, answer) {
    const refusals = refusalsOf(part, answer);
    if (refusals.length > 0) return rejected(part, refusals);
    const chosen = part.options.filter(({ id }) => answer.includes(id));
    const right = chosen.filter((option) => option.right).length;
    const share = part.choose === 'one' ? right : severalShare(part, answer);
    const findings = share >= 1 ? reasonsOf(chosen) : shortcomings(part, right, answer.length);
    return graded(part, [wholeCheck(part, share, findings)]);
  },
  check(part, answer) {
    const refusals = refusalsOf(part, answer);
    return refusals.length > 0 ? rejected(part, refusals) : graded(part, []);
  },
};

function severalShare(part: Choice, answer: readonly string[]): number {
  const rights = part.options.filter(({ right }) => right);
  const picked = rights.filter(({ id }) => answer.includes(id)).length;
  return shareOf({
    right: picked,
    rightInAll: rights.length,
    wrong: answer.length - picked,
    wrongInAll: part.options.length - rights.length,
  });
}

const reasonsOf = (chosen: Choice['options']): Finding[] =>
  chosen.map(({ text, reason }) => {
    const parameters = { option: text, reason };
    return { code: 'choice-right', severity: 'info', parameters };
  });

/** How many are wrong is said, and that something is missing; which, an answer could be made of. */
function shortcomings(part: Choice, right: number, chosen: number): Finding[] {
  const findings: Finding[] = [];
  if (right < chosen) {
    const parameters = { chosen, wrong: chosen - right };
    findings.push({ code: 'choice-wrong', severity: 'error', parameters });
  }
  if (part.choose === 'several' && right < part.options.filter((each) => each.right).length) {
    findings.push({ code: 'choice-incomplete', severity: 'error' });
  }
  return findings;
}

function refusalsOf(part: Choice, answer: readonly string[]): Finding[] {
  const refusals: Finding[] = [];
  const refuse = (code: string, option: string) =>
    refusals.push({ code, severity: 'error', parameters: { option } });
  answer.forEach((id, index) => {
    if (!part.options.some((option) => option.id === id)) refuse('choice-unknown', id);
    else if (answer.indexOf(id) < index) refuse('choice-twice', id);
  });
  if (part.choose === 'one' && answer.length !== 1) {
    refusals.push({ code: 'choice-one', severity: 'error', observed: String(answer.length) });
  }
  return refusals;
}
