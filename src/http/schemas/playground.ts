import { z } from 'zod';
import { limits } from '../../limits.ts';

const text = z.string().refine((value) => Buffer.byteLength(value) <= limits.textBytes, {
  error: `must not be longer than ${limits.textBytes} bytes`,
});
const word = z.string().max(limits.commandLine);
const name = z.string().max(300);
const port = z.number().int().min(1).max(65_535);

const socket = z.strictObject({
  protocol: z.enum(['TCP', 'UDP', 'SCTP']),
  port,
  address: z.string().max(50).optional(),
  answers: z
    .union([
      z.enum(['nginx', 'echo']),
      z.strictObject({ json: z.unknown() }),
      z.strictObject({ text: z.string().max(10_000) }),
      z.strictObject({
        status: z.number().int().min(100).max(599),
        body: z.string().max(10_000),
        contentType: name.optional(),
      }),
    ])
    .optional(),
});

const imageState = z.enum(['runs', 'missing', 'crashes', 'not-ready', 'slow']);

const image = z.union([
  imageState,
  z.strictObject({ state: imageState, listens: z.array(socket).max(50).optional() }),
]);

const world = z.strictObject({
  manifests: text.optional().describe('What is in the cluster, in order, as YAML documents.'),
  images: z.record(name, image).optional().describe('What becomes of a container by its image.'),
  listens: z
    .record(name, z.array(name).max(50))
    .optional()
    .describe(
      'namespace/pod → what listens there, such as tcp:8080. When given, nothing else does.',
    ),
  platform: z.enum(['kubeadm', 'docker-desktop', 'kind', 'minikube', 'cloud']).optional(),
});

const step = z
  .strictObject({
    verb: name.optional(),
    text: text
      .optional()
      .describe('The content of answer.yaml, for `kubectl VERB -f answer.yaml`.'),
    args: z.array(word).max(200).optional(),
    command: word.optional().describe('A whole command line, in place of verb and args.'),
    namespace: name.optional(),
  })
  .refine((value) => value.verb !== undefined || value.command !== undefined, {
    error: 'needs a verb or a command',
  });

export const question = z
  .strictObject({
    world: world.optional(),
    steps: z.array(step).max(limits.steps).optional(),
    ask: z
      .strictObject({
        objects: z.array(name).max(50).optional(),
        traffic: z
          .array(
            z.strictObject({
              from: name.describe('`pod namespace/name`, `node name` or `outside`.'),
              ask: z.array(z.strictObject({ proto: name, addr: name })).max(limits.questions),
            }),
          )
          .max(limits.questions)
          .refine((all) => all.reduce((sum, { ask }) => sum + ask.length, 0) <= limits.questions, {
            error: `must not ask for more than ${limits.questions} connections in all`,
          })
          .optional(),
        dns: z
          .array(z.tuple([name, name]))
          .max(limits.questions)
          .optional(),
        kubectl: z.array(word).max(limits.questions).optional(),
      })
      .optional(),
  })
  .meta({ id: 'Question' });

const finding = z.looseObject({ code: z.string(), severity: z.string() });

const commandResult = z.looseObject({
  exit: z.number().int(),
  stdout: z.string(),
  stderr: z.string(),
});

export const answer = z
  .object({
    steps: z.array(
      commandResult.extend({
        requests: z.array(
          z.looseObject({ method: z.string(), path: z.string(), code: z.number().int() }),
        ),
        findings: z.array(finding),
      }),
    ),
    refused: z.array(z.object({ object: z.string(), code: z.number().int(), message: z.string() })),
    objects: z.record(z.string(), z.array(z.looseObject({}))),
    traffic: z.array(
      z.looseObject({
        from: z.string(),
        to: z.string(),
        reached: z.array(z.string()),
        failed: z.array(z.enum(['refused', 'timeout', 'unresolved'])),
      }),
    ),
    dns: z.array(
      z.looseObject({
        name: z.string(),
        type: z.string(),
        rcode: z.string(),
        answer: z.array(z.string()),
      }),
    ),
    kubectl: z.array(commandResult.extend({ args: z.string() })),
  })
  .meta({ id: 'Answer' });
