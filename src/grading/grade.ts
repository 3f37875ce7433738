import type { Exercise, Variant } from '../exercise/exercise.ts';
import type { PartDefinition } from '../exercise/part-format.ts';
import { limits } from '../limits.ts';
import { choice } from './parts/choice.ts';
import { commands } from './parts/commands.ts';
import { manifest } from './parts/manifest.ts';
import { match } from './parts/match.ts';
import type { PartGrader, PartKind } from './parts/part.ts';
import { predict } from './parts/predict.ts';
import { judgeStanding } from './parts/standing.ts';
import { text } from './parts/text.ts';
import type { GradingQuestion, PartAnswer, Verdict } from './verdict.ts';
import { rejected } from './verdicts.ts';

/**
 * Judges one answer: a pure function of the exercise's content and the question. Throws where the
 * exercise has no such part, and for whatever is the engine's own fault.
 */
export function grade(exercise: Exercise, question: GradingQuestion): Verdict {
  return judge(exercise, question, 'grade');
}

/** Syntax and admission only: what would be refused, and nothing about what is right. */
export function check(exercise: Exercise, question: GradingQuestion): Verdict {
  return judge(exercise, question, 'check');
}

const graders: { readonly [K in PartKind]: PartGrader<K> } = {
  manifest,
  commands,
  choice,
  match,
  predict,
  text,
};

type Verb = keyof PartGrader<'text'>;

function judge(
  exercise: Exercise,
  { part: id, seed, answer }: GradingQuestion,
  verb: Verb,
): Verdict {
  const variant = exercise.variantOf(seed);
  const part = variant.parts.find((each) => each.id === id);
  if (!part) throw new Error(`exercise ${exercise.id} has no part \`${id}\``);
  if ('cluster' in answer && (part.kind === 'manifest' || part.kind === 'commands')) {
    return judgeStanding(part, answer, variant);
  }
  return tooLong(part, answer) ?? otherKind(part, answer) ?? judgePart(part, answer, variant, verb);
}

function judgePart<K extends PartKind>(
  part: PartDefinition & { kind: K },
  answer: PartAnswer,
  variant: Variant,
  verb: Verb,
): Verdict {
  const grader = graders[part.kind] as unknown as Record<Verb, JudgeAny>;
  const own = part.kind === 'choice' ? answer : (answer as Record<string, unknown>)[part.kind];
  return grader[verb](part, own, variant);
}

type JudgeAny = (part: PartDefinition, answer: unknown, variant: Variant) => Verdict;

function tooLong(part: PartDefinition, answer: PartAnswer): Verdict | undefined {
  const text = 'manifest' in answer ? answer.manifest : JSON.stringify(answer);
  if (Buffer.byteLength(text) <= limits.textBytes) return undefined;
  const parameters = { limit: limits.textBytes };
  return rejected(part, [{ code: 'answer-too-long', severity: 'error', parameters }]);
}

function otherKind(part: PartDefinition, answer: PartAnswer): Verdict | undefined {
  const expected = part.kind === 'choice' && part.questions ? 'choices' : part.kind;
  if (Object.hasOwn(answer, expected)) return undefined;
  const observed = Object.keys(answer)[0] ?? 'nothing';
  return rejected(part, [{ code: 'answer-kind', severity: 'error', observed, expected }]);
}
