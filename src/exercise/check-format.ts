import { z } from 'zod';
import { expressionProblem } from './expression.ts';

const id = z
  .string()
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'must be lower-case words joined by hyphens, such as `reaches-all`',
  );
const port = z.int().min(1).max(65535);
const name = z.string().min(1).max(253);
const protocol = z.enum(['TCP', 'UDP', 'SCTP']).default('TCP');

/** Pods meant by an expectation: those with these labels, and never none. */
const pods = z.strictObject({
  namespace: name.default('default'),
  labels: z.record(z.string(), z.string()),
  /** How many there must be; without it, at least one. */
  count: z.int().min(1).optional(),
});

const client = z
  .string()
  .regex(
    /^(outside|node [a-z0-9.-]+|pod [a-z0-9-]+\/[a-z0-9.-]+)$/,
    'must be `outside`, `node NAME` or `pod NAMESPACE/NAME`',
  );

/** `any`: whatever Service of the answer behaves so; else the one that the brief demands. */
const service = z
  .string()
  .regex(/^(any|[a-z0-9-]+\/[a-z0-9.-]+)$/, 'must be `any` or `NAMESPACE/NAME`')
  .default('any');

const base = {
  id,
  /** What is expected, as the learner reads it. */
  title: z.string().min(1),
  points: z.number().positive().max(1000),
  /** A hidden check shows neither its title nor what it found. */
  hidden: z.boolean().default(false),
};

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const applies = z.strictObject({ ...base, kind: z.literal('applies'), resource: name.optional() });

const object = z.strictObject({
  ...base,
  kind: z.literal('object'),
  resource: name.default('services'),
  /** `any`: whatever object of the resource the answer holds. */
  name: name.default('any'),
  namespace: name.default('default'),
  /** By path, the values that are right: `spec.type: [NodePort, LoadBalancer]`. */
  fields: z.record(z.string(), z.union([scalar, z.array(scalar).min(1)])).default({}),
});

const selects = z.strictObject({ ...base, kind: z.literal('selects'), service, pods });

const endpoints = z.strictObject({
  ...base,
  kind: z.literal('endpoints'),
  service,
  pods,
  port,
});

const connects = z.strictObject({
  ...base,
  kind: z.literal('connects'),
  from: client,
  service,
  /** Under which address the client tries the Service. */
  by: z
    .enum(['name', 'full-name', 'cluster-ip', 'node-port', 'localhost', 'load-balancer'])
    .default('name'),
  /** The port the client tries; without it, each the Service offers there. */
  port: port.optional(),
  protocol,
  reaches: z.strictObject({ pods, port }).optional(),
  /** Turns it round: nobody may be reached. */
  not: z.boolean().default(false),
  /** Whether one client must (or must not) be led to the same Pod every time. */
  sticky: z.boolean().optional(),
  /** Whether the Pods must (or must not) see the client's own address. */
  keepsClientIp: z.boolean().optional(),
});

const resolves = z.strictObject({
  ...base,
  kind: z.literal('resolves'),
  from: client,
  service,
  by: z.enum(['name', 'full-name']).default('name'),
});

const keeps = z.strictObject({
  ...base,
  kind: z.literal('keeps'),
  service: z.string().regex(/^[a-z0-9-]+\/[a-z0-9.-]+$/, 'must be `NAMESPACE/NAME`'),
  field: z.enum(['spec.clusterIP', 'metadata.uid']).default('spec.clusterIP'),
});

const survivesChurn = z.strictObject({
  ...base,
  kind: z.literal('survives-churn'),
  /** The `connects` check of the same part that is made again after every Pod was replaced. */
  of: id,
});

/** Pods, and whatever makes Pods, stay as the world had them. */
const untouched = z.strictObject({ ...base, kind: z.literal('untouched') });

const texts = z.array(z.string().min(1)).min(1);

/** One command of the answer printed all these texts. */
const shows = z.strictObject({
  ...base,
  kind: z.literal('shows'),
  contains: texts,
  /** None of these stands in what that command printed. */
  lacks: z.array(z.string().min(1)).default([]),
  /** Another `shows` check of the part: only a command after the one that passed it counts. */
  after: id.optional(),
});

/** What can be read off the objects and nowhere else, in CEL: see expression.ts. */
const expression = z.strictObject({
  ...base,
  kind: z.literal('expression'),
  expression: z.string().superRefine((text, context) => {
    const problem = expressionProblem(text);
    if (problem) context.addIssue({ code: 'custom', message: problem });
  }),
  /** What the learner is told when it is false. */
  message: z.string().min(1),
});

const count = z.strictObject({
  ...base,
  kind: z.literal('count'),
  resource: name,
  namespace: name.optional(),
  labels: z.record(z.string(), z.string()).default({}),
  is: z.int().min(0),
});

/** What a command prints after the answer. */
const prints = z.strictObject({
  ...base,
  kind: z.literal('prints'),
  /** A kubectl line; with `from`, a command line run in that Pod. */
  command: z.string().min(1),
  from: z
    .string()
    .regex(/^pod [a-z0-9-]+\/[a-z0-9.-]+$/, 'must be `pod NAMESPACE/NAME`')
    .optional(),
  contains: texts.optional(),
  lacks: texts.optional(),
  /** The whole of it, but for white space at its ends. */
  equals: z.string().optional(),
});

/** One expectation of an exercise; a file of `grading/checks` judges each kind. */
export const checkFormat = z
  .discriminatedUnion('kind', [
    applies,
    object,
    selects,
    endpoints,
    connects,
    resolves,
    keeps,
    survivesChurn,
    untouched,
    shows,
    expression,
    count,
    prints,
  ])
  .refine(
    (check) => check.kind !== 'connects' || check.not !== (check.reaches !== undefined),
    'a `connects` check has either `reaches` or `not: true`',
  )
  .refine(
    (check) =>
      check.kind !== 'prints' || (check.contains ?? check.lacks ?? check.equals) !== undefined,
    'a `prints` check has `contains`, `lacks` or `equals`',
  );

export type Expectation = z.infer<typeof checkFormat>;
export type CheckKind = Expectation['kind'];
export type ExpectationOf<K extends CheckKind> = Extract<Expectation, { kind: K }>;
export type PodsExpectation = z.infer<typeof pods>;

export { client as clientFormat, id as idFormat, name as nameFormat, port as portFormat };
