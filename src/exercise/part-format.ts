import { z } from 'zod';
import { checkFormat, clientFormat, idFormat, nameFormat, portFormat } from './check-format.ts';

const hint = z.strictObject({ text: z.string().min(1), cost: z.number().min(0) });

const base = {
  id: idFormat,
  title: z.string().min(1),
  prompt: z.string().min(1),
  hints: z.array(hint).default([]),
};

const points = z.number().positive().max(1000);
const checks = z.array(checkFormat).min(1);

/** One step of a mechanical mutation that may keep its marks though it behaves differently. */
const allowedMutant = z.strictObject({
  /** As the self-test names it: `spec.ports[0].name dropped`; a `*` stands for anything. */
  mutation: z.string().min(1),
  why: z.string().min(1),
});

const manifest = z.strictObject({
  ...base,
  kind: z.literal('manifest'),
  /** A file of the exercise: what the learner starts from. */
  start: z.string().optional(),
  checks,
  mutants: z.strictObject({ allowed: z.array(allowedMutant) }).default({ allowed: [] }),
});

const commands = z.strictObject({ ...base, kind: z.literal('commands'), checks });

const option = z.strictObject({
  id: idFormat,
  text: z.string().min(1),
  right: z.boolean().default(false),
  /** Shown to whoever chose it, once the answer is wholly right. */
  reason: z.string().min(1),
});

const choice = z.strictObject({
  ...base,
  kind: z.literal('choice'),
  points,
  /** Whether exactly one option may be chosen, or any number. */
  choose: z.enum(['one', 'several']),
  options: z.array(option).min(2),
});

const item = z.strictObject({ id: idFormat, text: z.string().min(1) });

const match = z.strictObject({
  ...base,
  kind: z.literal('match'),
  points,
  left: z.array(item).min(2),
  right: z.array(item).min(2),
  /** By the left item's id, the ids of the right items that belong to it. */
  pairs: z.record(z.string(), z.array(z.string())),
});

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
  z.strictObject({ is: z.array(z.string()).min(1) }),
]);

const predict = z.strictObject({
  ...base,
  kind: z.literal('predict'),
  points,
  /** A file of the exercise that is applied to the world before the truth is looked up. */
  apply: z.string().optional(),
  questions: z
    .array(
      z.strictObject({
        id: idFormat,
        text: z.string().min(1),
        /** What may be answered; without it, anything. */
        options: z.array(z.string()).optional(),
        truth,
      }),
    )
    .min(1),
});

const text = z.strictObject({
  ...base,
  kind: z.literal('text'),
  points,
  /** Points for an answer of enough words; a person gives the rest. */
  completion: z.number().min(0),
  words: z.int().min(1).default(10),
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

/** What a part is worth: its checks together, or what the author says. */
export function pointsOf(part: PartDefinition): number {
  if (part.kind !== 'manifest' && part.kind !== 'commands') return part.points;
  return part.checks.reduce((sum, check) => sum + check.points, 0);
}
