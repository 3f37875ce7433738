import { z } from 'zod';
import { limits } from '../../limits.ts';
import { exerciseKey } from './assignment.ts';
import { id, instant } from './common.ts';
import { learner } from './gradebook.ts';

const { sandbox: bounds } = limits;

const minutes = z
  .number()
  .int()
  .min(1)
  .max(bounds.mostMinutes)
  .describe(`How long it lasts; ${bounds.minutes} if absent, at most ${bounds.mostMinutes}.`);

const platform = z.enum(['kubeadm', 'docker-desktop', 'kind', 'minikube', 'cloud']);

export const taskSandboxBody = z
  .strictObject({
    part: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe('The part to work on; the first that is done in a cluster if absent.'),
    minutes: minutes.optional(),
    learner: learner.optional(),
  })
  .nullish()
  .transform((body) => body ?? {});

export const freeSandboxBody = z
  .strictObject({
    platform: platform.optional(),
    manifest: z
      .string()
      .max(limits.textBytes)
      .optional()
      .describe('YAML that is applied to it at once.'),
    minutes: minutes.optional(),
  })
  .nullish()
  .transform((body) => body ?? {});

export const sandboxChange = z.strictObject({
  minutes: minutes.describe('How long it lasts from now on.'),
});

const sandboxFields = {
  id,
  courseId: id.optional(),
  assignmentId: id.optional().describe('Absent for a free one.'),
  part: z.string().optional(),
  learnerId: id.optional(),
  exercise: exerciseKey.optional(),
  platform,
  createdAt: instant,
  expiresAt: instant.describe('From then on it is gone, whatever stands in it.'),
  kubeconfig: z.string().describe('Where its kubeconfig can be fetched.'),
};

export const sandbox = z.object(sandboxFields).meta({ id: 'Sandbox' });

const used = z.object({ used: z.number().int(), limit: z.number().int() });

export const sandboxDetail = z
  .object({
    ...sandboxFields,
    quotas: z
      .object({
        objects: used.describe('Objects that differ from where it began.'),
        bytes: used.describe('Characters of their JSON.'),
        streams: z.number().int().describe('Watches and other streams at once.'),
        requestsPerSecond: z.number().int(),
        requestsAtOnce: z.number().int(),
        pods: z.number().int(),
      })
      .describe('Beyond them the Kubernetes API answers 403 or 429.'),
  })
  .meta({ id: 'SandboxDetail' });

export const kubeconfigQuery = z.object({
  auth: z
    .enum(['path', 'token'])
    .optional()
    .describe(
      '`path`: a secret address; `token`: a bearer token, which kubectl sends over https only. ' +
        'Unless asked otherwise, `token` where the cluster is reached by https.',
    ),
});

export const snapshotBody = z
  .strictObject({ name: z.string().trim().min(1).max(200).optional() })
  .nullish()
  .transform((body) => body ?? {});

export const snapshot = z
  .object({ id, name: z.string(), createdAt: instant })
  .meta({ id: 'Snapshot' });

export const snapshots = z.object({ items: z.array(snapshot) });
