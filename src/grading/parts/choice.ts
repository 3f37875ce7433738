import type { Finding } from '../../cluster/finding.ts';
import type { PartOf } from '../../exercise/part-format.ts';
import { shareOf } from '../points.ts';
import { graded, rejected, wholeCheck } from '../verdicts.ts';
import type { PartGrader } from './part.ts';

type Choice = PartOf<'choice'>;

/** Options chosen from a list. The reason of an option is shown to whoever chose it. */
export const choice: PartGrader<'choice'> = {
  grade(part, answer) {
    const refusals = refusalsOf(part, answer);
    if (refusals.length > 0) return rejected(part, refusals);
    const chosen = part.options.filter(({ id }) => answer.includes(id));
    const share = part.choose === 'one' ? Number(chosen[0]?.right) : severalShare(part, answer);
    const findings = [
      ...chosen.map(({ text, reason, right }): Finding => {
        const severity = right ? 'info' : 'error';
        const code = right ? 'choice-right' : 'choice-wrong';
        return { code, severity, parameters: { option: text, reason } };
      }),
      ...incomplete(part, answer),
    ];
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

/** That something is missing is said; what, is not. */
function incomplete(part: Choice, answer: readonly string[]): Finding[] {
  const missing = part.options.some(({ id, right }) => right && !answer.includes(id));
  return missing && part.choose === 'several'
    ? [{ code: 'choice-incomplete', severity: 'error' }]
    : [];
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
