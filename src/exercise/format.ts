import { z } from 'zod';
import { limits } from '../limits.ts';
import { idFormat } from './check-format.ts';
import { checkPart, reportTwice } from './check-part.ts';
import { partFormat, platformFormat } from './part-format.ts';

const socket = z
  .string()
  .regex(
    /^(tcp|udp|sctp):(127\.0\.0\.1:)?\d{1,5}$/,
    'must look like `tcp:8080` or `tcp:127.0.0.1:8080`',
  );

const answers = z.union([
  z.enum(['nginx', 'echo']),
  z.strictObject({ json: z.unknown() }),
  z.strictObject({ text: z.string() }),
  z.strictObject({
    status: z.int().min(100).max(599),
    body: z.string(),
    contentType: z.string().optional(),
  }),
]);

const image = z.strictObject({
  state: z.enum(['runs', 'missing', 'crashes', 'not-ready', 'slow']).default('runs'),
  /** What a running container really listens on. */
  listens: z.array(socket).optional(),
  answers: answers.optional(),
});

const world = z.strictObject({
  /** A file of the exercise: what is in the cluster, in order. */
  manifests: z.string().default('world.yaml'),
  images: z.record(z.string(), image).default({}),
  /** By `namespace/pod`; when given, nothing else listens. */
  listens: z.record(z.string(), z.array(socket)).optional(),
  outsideNames: z.record(z.string(), z.ipv4()).default({}),
});

const parameter = z.union([z.string(), z.number()]);

/** A set of parameters: what `{{name}}` stands for in one variant. */
const row = z.record(
  z.string().regex(/^[A-Za-z][\w-]*$/, 'must be a letter, then letters, digits, `_` or `-`'),
  parameter,
);

/** The sets written out. */
export const variantList = z.array(row).min(1).max(limits.variants);

/** The sets made of factors: one row of each, merged. */
export const variantCross = z.strictObject({
  /** How many are dealt, spread evenly over the product; without it, all. */
  count: z.int().min(1).max(limits.variants).optional(),
  cross: z.array(z.array(row).min(1)).min(1).max(20),
});

const shape = z.strictObject({
  id: idFormat,
  version: z.int().min(1),
  title: z.string().min(1),
  summary: z.string().min(1),
  brief: z.string().min(1),
  objectives: z.array(z.string().min(1)).min(1),
  level: z.enum(['beginner', 'intermediate', 'advanced']),
  minutes: z.int().min(1).max(600),
  platform: platformFormat,
  /** Each learner is dealt one; `{{name}}` anywhere in the folder stands for its value. */
  variants: z.union([variantList, variantCross]).default([{}]),
  /** By id, the misconceptions of course.yaml that the exercise catches. */
  misconceptions: z.array(idFormat).default([]),
  /** The worked explanation, in Markdown: told after full marks, or when nobody can answer any more. */
  explanation: z.string().min(1).optional(),
  world,
  parts: z.array(partFormat).min(1),
});

/** exercise.yaml, with what must agree inside it. */
export const exerciseFormat = shape.superRefine((exercise, context) => {
  reportTwice(exercise.parts, ['parts'], context);
  exercise.parts.forEach((part, index) => {
    checkPart(part, ['parts', index], context);
  });
});

export type ExerciseDefinition = z.infer<typeof shape>;
export type WorldDefinition = ExerciseDefinition['world'];
export type Parameters = Readonly<Record<string, string | number>>;
