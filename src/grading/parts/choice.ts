import type { Finding } from '../../cluster/finding.ts';
import type { ChoiceQuestion, PartOf } from '../../exercise/part-format.ts';
import { questionsOf } from '../../exercise/part-format.ts';
import { shareBeforeFloor } from '../points.ts';
import type { PartAnswer } from '../verdict.ts';
import { graded, rejected, wholeCheck } from '../verdicts.ts';
import type { PartGrader } from './part.ts';

type Choice = PartOf<'choice'>;

/** What was chosen, by question. */
type Chosen = ReadonlyMap<string, readonly string[]>;

/**
 * Options chosen from lists: one question, or those of a bank that were dealt, each worth the same.
 * Reasons are told once the answer is wholly right.
 */
export const choice: PartGrader<'choice'> = {
  grade(part, answer) {
    const chosen = chosenIn(part, answer);
    const refusals = refusalsOf(part, chosen);
    if (refusals.length > 0) return rejected(part, refusals);
    const questions = questionsOf(part);
    const shares = questions.map((question) => shareFor(question, of(chosen, question)));
    const sum = shares.reduce((total, each) => total + each, 0);
    const share = Math.max(0, sum) / questions.length;
    const whole = shares.every((each) => each >= 1);
    const findings = whole ? questions.flatMap(reasonsOf) : shortcomings(questions, chosen);
    return graded(part, [wholeCheck(part, whole ? 1 : share, findings)]);
  },
  check(part, answer) {
    const refusals = refusalsOf(part, chosenIn(part, answer));
    return refusals.length > 0 ? rejected(part, refusals) : graded(part, []);
  },
};

/** A part that is one question is answered by a list, a bank by a list for each question. */
function chosenIn(part: Choice, answer: PartAnswer): Chosen {
  if ('choices' in answer) return new Map(Object.entries(answer.choices));
  const ids = 'choice' in answer ? answer.choice : [];
  return new Map([[part.questions ? (part.questions[0]?.id ?? '') : part.id, ids]]);
}

const of = (chosen: Chosen, { id }: ChoiceQuestion): readonly string[] => chosen.get(id) ?? [];

function shareFor({ choose, options }: ChoiceQuestion, chosen: readonly string[]): number {
  const rights = options.filter(({ right }) => right);
  const picked = rights.filter(({ id }) => chosen.includes(id)).length;
  if (choose === 'one') return shareOfOne(picked, chosen.length, options.length);
  return shareBeforeFloor({
    right: picked,
    rightInAll: rights.length,
    wrong: chosen.length - picked,
    wrongInAll: options.length - rights.length,
  });
}

/** A wrong pick takes away what guessing would gain on average. */
function shareOfOne(right: number, chosen: number, options: number): number {
  if (chosen === 0) return 0;
  return right > 0 ? 1 : -1 / Math.max(1, options - 1);
}

/** Of every option, why it is right or why it is not: those that are right first. */
function reasonsOf({ options }: ChoiceQuestion): Finding[] {
  const told = (code: string, which: boolean) =>
    options
      .filter(({ right }) => right === which)
      .map(({ text: option, reason }): Finding => {
        return { code, severity: 'info', parameters: { option, reason } };
      });
  return [...told('choice-right', true), ...told('choice-not-right', false)];
}

/** How many are wrong is said, and that something is missing; which, an answer could be made of. */
function shortcomings(questions: readonly ChoiceQuestion[], chosen: Chosen): Finding[] {
  const total = { chosen: 0, wrong: 0, missing: 0, empty: 0 };
  for (const question of questions) {
    const own = of(chosen, question);
    const rights = question.options.filter(({ right }) => right);
    const picked = rights.filter(({ id }) => own.includes(id)).length;
    total.chosen += own.length;
    total.wrong += own.length - picked;
    if (own.length === 0) total.empty += 1;
    if (question.choose === 'several') total.missing += rights.length - picked;
  }
  const findings: Finding[] = [];
  const { wrong, missing, empty } = total;
  if (wrong > 0) {
    const parameters = { chosen: total.chosen, wrong };
    findings.push({ code: 'choice-wrong', severity: 'error', parameters });
  }
  if (missing > 0) findings.push({ code: 'choice-incomplete', severity: 'error' });
  if (empty > 0 && questions.length > 1) {
    findings.push({ code: 'choice-empty', severity: 'error', parameters: { empty } });
  }
  return findings;
}

function refusalsOf(part: Choice, chosen: Chosen): Finding[] {
  const questions = questionsOf(part);
  const unknown = [...chosen.keys()].filter((id) => !questions.some((each) => each.id === id));
  return [
    ...unknown.map((question): Finding => {
      return { code: 'choice-question-unknown', severity: 'error', parameters: { question } };
    }),
    ...questions.flatMap((question) =>
      refusalsTo(question, of(chosen, question), part.questions !== undefined),
    ),
  ];
}

function refusalsTo(
  { choose, options, text }: ChoiceQuestion,
  chosen: readonly string[],
  inBank: boolean,
): Finding[] {
  const refusals: Finding[] = [];
  const refuse = (code: string, option: string) =>
    refusals.push({ code, severity: 'error', parameters: { option, question: text } });
  chosen.forEach((id, index) => {
    if (!options.some((option) => option.id === id)) refuse('choice-unknown', id);
    else if (chosen.indexOf(id) < index) refuse('choice-twice', id);
  });
  if (choose === 'one' && (chosen.length > 1 || (!inBank && chosen.length < 1))) {
    refusals.push({ code: 'choice-one', severity: 'error', observed: String(chosen.length) });
  }
  return refusals;
}
