import { z } from 'zod';
import { checkFormat, clientFormat, idFormat, nameFormat, portFormat } from './check-format.ts';

const hint = z.strictObject({ text: z.string().min(1), cost: z.number().min(0) });

const base = {
  id: idFormat,
  title: z.string().min(1),
  prompt: z.string().min(1),
  hints: z.array(hint).default([]),
};

/** What is done to the world before a part, in order; controllers come to rest after each. */
const step = z.union([
  z.strictObject({ apply: z.string().min(1) }),
  z.strictObject({ create: z.string().min(1) }),
  z.strictObject({ run: z.string().min(1) }),
]);

/** Where the learner of this part starts from: the exercise's world, with these steps done. */
const before = z.array(step).default([]);

const points = z.number().positive().max(1000);
const checks = z.array(checkFormat).min(1);

/** One step of a mechanical mutation that may keep its marks though it behaves differently. */
const allowedMutant = z.strictObject({
  /** As the self-test names it: `spec.ports[0].name dropped`; a `*` stands for anything. */
  mutation: z.string().min(1),
  why: z.string().min(1),
});

const mutants = z.strictObject({ allowed: z.array(allowedMutant) }).default({ allowed: [] });

const manifest = z.strictObject({
  ...base,
  kind: z.literal('manifest'),
  /** A file of the exercise: what the learner starts from. */
  start: z.string().optional(),
  before,
  /**
   * `together`: all the answer holds is applied. `each`: the answer is an assistant's raw reply, and
   * every block of it is tried by itself; the best counts.
   */
  candidates: z.enum(['together', 'each']).default('together'),
  checks,
  mutants,
});

const commands = z.strictObject({
  ...base,
  kind: z.literal('commands'),
  before,
  /** Whether a command that fails ends the answer, which is then refused, or the next is run. */
  failing: z.enum(['stops', 'goes-on']).default('stops'),
  checks,
  mutants,
});

const option = z.strictObject({
  id: idFormat,
  text: z.string().min(1),
  right: z.boolean().default(false),
  /** Why, or why not: told once the answer is wholly right. */
  reason: z.string().min(1),
});

/** Whether exactly one option may be chosen, or any number. */
const choose = z.enum(['one', 'several']);
const options = z.array(option).min(2);

const choiceQuestion = z.strictObject({ id: idFormat, text: z.string().min(1), choose, options });

/** One question, or a bank of them of which each learner is dealt some. */
const choice = z.strictObject({
  ...base,
  kind: z.literal('choice'),
  points,
  before,
  choose: choose.optional(),
  options: options.optional(),
  /** How many questions of the bank are dealt; without it, all. */
  draw: z.int().min(1).optional(),
  questions: z.array(choiceQuestion).min(1).optional(),
});

const item = z.strictObject({ id: idFormat, text: z.string().min(1) });

const match = z.strictObject({
  ...base,
  kind: z.literal('match'),
  points,
  before,
  left: z.array(item).min(2),
  right: z.array(item).min(2),
  /** By the left item's id, the ids of the right items that belong to it. */
  pairs: z.record(z.string(), z.array(z.string())),
});

export const platformFormat = z.enum(['kubeadm', 'docker-desktop', 'kind', 'minikube', 'cloud']);

/** Where the truth of a prediction comes from: the simulated cluster, or the author. */
const truth = z.union([
  z.strictObject({
    connects: z.strictObject({
      from: clientFormat,
      host: z.string().min(1),
      port: portFormat,
      protocol: z.enum(['TCP', 'UDP', 'SCTP']).default('TCP'),
    }),
  }),
  z.strictObject({ resolves: z.strictObject({ from: clientFormat, name: z.string().min(1) }) }),
  z.strictObject({
    counts: z.strictObject({
      resource: nameFormat,
      namespace: nameFormat.optional(),
      labels: z.record(z.string(), z.string()).default({}),
    }),
  }),
  z.strictObject({ prints: z.string().min(1) }),
  /** Right are those of the question's options that stand in what the line prints. */
  z.strictObject({ shows: z.string().min(1) }),
  /** A file of the exercise: `accepted` or `refused` by `kubectl apply -f`. */
  z.strictObject({ accepts: z.string().min(1) }),
  /** A kubectl line: `succeeds` or `fails`. */
  z.strictObject({ succeeds: z.string().min(1) }),
  z.strictObject({ is: z.array(z.string()).min(1) }),
]);

const predict = z.strictObject({
  ...base,
  kind: z.literal('predict'),
  points,
  before,
  /** A file of the exercise that is applied to the world before the truth is looked up. */
  apply: z.string().optional(),
  questions: z
    .array(
      z.strictObject({
        id: idFormat,
        text: z.string().min(1),
        /** What may be answered; without it, anything. */
        options: z.array(z.string()).optional(),
        /** The platform of the cluster that is asked; without it, the exercise's own. */
        on: platformFormat.optional(),
        truth,
      }),
    )
    .min(1),
});

/** Something that a text should speak of, and the phrases by which it is seen that it does. */
const coverageItem = z.strictObject({
  id: idFormat,
  /** What is looked for, as the learner reads it. */
  title: z.string().min(1),
  points,
  /** One of these stands in the text. A `*` at a word's end stands for any ending. */
  any: z.array(z.string().min(1)).min(1).optional(),
  /** Each of these stands in the text. */
  all: z.array(z.string().min(1)).min(1).optional(),
  /** One of these stands at most so many lines from the phrase that was found. */
  near: z
    .strictObject({ phrases: z.array(z.string().min(1)).min(1), lines: z.int().min(0).default(2) })
    .optional(),
});

const text = z.strictObject({
  ...base,
  kind: z.literal('text'),
  before,
  /** All there is to get; what is neither completion nor coverage, a person gives. */
  points: points.optional(),
  /** Points for an answer of enough words. */
  completion: z.number().min(0).default(0),
  words: z.int().min(1).default(10),
  coverage: z.array(coverageItem).default([]),
});

/** A step of an exercise: what is asked, how it is answered and what it is worth. */
export const partFormat = z.discriminatedUnion('kind', [
  manifest,
  commands,
  choice,
  match,
  predict,
  text,
]);

export type PartDefinition = z.infer<typeof partFormat>;
export type PartOf<K extends PartDefinition['kind']> = Extract<PartDefinition, { kind: K }>;
export type Truth = z.infer<typeof truth>;

export type WorldStep = z.infer<typeof step>;
export type ChoiceQuestion = z.infer<typeof choiceQuestion>;
export type CoverageItem = z.infer<typeof coverageItem>;

/** What a part is worth: its checks together, or what the author says. */
export function pointsOf(part: PartDefinition): number {
  if (part.kind === 'text') return part.points ?? pointsWithoutMarking(part);
  return 'checks' in part ? sumOf(part.checks) : part.points;
}

/** The most an answer can get before a person has read it. */
export function pointsWithoutMarking(part: PartDefinition): number {
  return part.kind === 'text' ? part.completion + sumOf(part.coverage) : pointsOf(part);
}

const sumOf = (items: readonly { readonly points: number }[]): number =>
  items.reduce((sum, { points }) => sum + points, 0);

/** The questions of a choice: the bank, or the one that the part itself is, under the part's id. */
export function questionsOf(part: PartOf<'choice'>): readonly ChoiceQuestion[] {
  const { id, prompt: text, choose = 'one', options: own = [] } = part;
  return part.questions ?? [{ id, text, choose, options: own }];
}
