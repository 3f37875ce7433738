import { z } from 'zod';
import { idFormat } from './check-format.ts';
import { type PartDefinition, partFormat } from './part-format.ts';

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

const shape = z.strictObject({
  id: idFormat,
  version: z.int().min(1),
  title: z.string().min(1),
  summary: z.string().min(1),
  brief: z.string().min(1),
  objectives: z.array(z.string().min(1)).min(1),
  level: z.enum(['beginner', 'intermediate', 'advanced']),
  minutes: z.int().min(1).max(600),
  platform: z.enum(['kubeadm', 'docker-desktop', 'kind', 'minikube', 'cloud']),
  /** Each learner is dealt one; `{{name}}` anywhere in the folder stands for its value. */
  variants: z.array(z.record(z.string(), parameter)).min(1).default([{}]),
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

type Path = (string | number)[];
type Context = z.RefinementCtx;

function checkPart(part: PartDefinition, path: Path, context: Context): void {
  const complain = (at: Path, message: string) =>
    context.addIssue({ code: 'custom', path: [...path, ...at], message });
  if (part.kind === 'manifest' || part.kind === 'commands') {
    reportTwice(part.checks, [...path, 'checks'], context);
    part.checks.forEach((check, index) => {
      if (check.kind !== 'survives-churn') return;
      const other = part.checks.find((each) => each.id === check.of);
      if (other?.kind !== 'connects') {
        complain(['checks', index, 'of'], `\`${check.of}\` is no \`connects\` check of this part`);
      }
    });
  }
  if (part.kind === 'choice') checkOptions(part, complain);
  if (part.kind === 'match') checkPairs(part, complain);
  if (part.kind === 'text' && part.completion > part.points) {
    complain(['completion'], 'must not be more than `points`');
  }
}

type Complain = (at: Path, message: string) => void;

function checkOptions(part: Extract<PartDefinition, { kind: 'choice' }>, complain: Complain): void {
  const right = part.options.filter((option) => option.right).length;
  if (right === 0) complain(['options'], 'no option is right');
  if (part.choose === 'one' && right > 1) complain(['options'], 'more than one option is right');
}

function checkPairs(part: Extract<PartDefinition, { kind: 'match' }>, complain: Complain): void {
  const rights = new Set(part.right.map((item) => item.id));
  for (const item of part.left) {
    if (!Object.hasOwn(part.pairs, item.id)) complain(['pairs'], `nothing for \`${item.id}\``);
  }
  for (const [left, chosen] of Object.entries(part.pairs)) {
    if (!part.left.some((item) => item.id === left)) {
      complain(['pairs', left], 'is no item of `left`');
    }
    for (const id of chosen) {
      if (!rights.has(id)) complain(['pairs', left], `\`${id}\` is no item of \`right\``);
    }
  }
}

function reportTwice(items: readonly { id: string }[], path: Path, context: Context): void {
  const seen = new Set<string>();
  items.forEach(({ id }, index) => {
    if (seen.has(id)) {
      context.addIssue({ code: 'custom', path: [...path, index, 'id'], message: 'stands twice' });
    }
    seen.add(id);
  });
}
