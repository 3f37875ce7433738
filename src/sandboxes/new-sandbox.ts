import { type Cluster, forkCluster } from '../cluster/cluster.ts';
import { differenceOf } from '../cluster/kept.ts';
import { runKubectl } from '../cluster/kubectl/run.ts';
import { findAssignment } from '../gradebook/assignments.ts';
import { auditOf } from '../gradebook/audit.ts';
import { authorise } from '../gradebook/authorise.ts';
import { findOpenCourse } from '../gradebook/courses.ts';
import { actingLearner } from '../gradebook/enrolments.ts';
import {
  type Actor,
  type Assignment,
  type Enrolment,
  mayPreview,
  type Receipt,
  Refusal,
} from '../gradebook/index.ts';
import { refuseUnreached } from '../gradebook/prerequisites.ts';
import { previewSeed } from '../gradebook/preview.ts';
import { seedOf } from '../gradebook/submit.ts';
import { refuseUnlessOpen } from '../gradebook/window.ts';
import { rowOf } from './keeper.ts';
import type { SandboxRecord, SandboxTask } from './sandbox.ts';
import type { Sandboxes, TaskAsk } from './sandboxes.ts';
import { noteOf, type Workshop } from './workshop.ts';

type NewUseCases = Pick<Sandboxes, 'createForTask' | 'createFree'>;
type Made = Omit<SandboxRecord, 'id' | 'tokenId' | 'world' | 'createdAt' | 'expiresAt'>;

export function newSandboxUseCases(workshop: Workshop): NewUseCases {
  const { parts, worlds } = workshop;
  return {
    async createForTask(actor, courseId, assignmentId, ask, receipt) {
      authorise(actor, 'sandbox:create', { courseId, learnerId: actor.learnerId });
      await findOpenCourse(parts.store, courseId);
      const assignment = await findAssignment(parts.store, courseId, assignmentId);
      const learner = await learnerFor(workshop, actor, assignment, ask);
      const seed = learner ? seedOf(parts, assignment, learner.externalId) : previewSeed;
      const { exercise } = assignment;
      const part = worlds.partFor(exercise, seed, ask.part);
      const task: SandboxTask = { courseId, assignmentId, exercise, part, seed };
      const platform = worlds.platformOf(exercise, seed);
      const world = worlds.prepare(task, platform);
      const made = { task, courseId, platform, ...(learner && { learnerId: learner.id }) };
      return keep(workshop, actor, made, { world, cluster: world, ask, receipt });
    },
    async createFree(actor, ask, receipt) {
      authorise(actor, 'sandbox:create-free');
      const platform = ask.platform ?? 'kubeadm';
      const world = worlds.prepare(undefined, platform);
      const cluster = forkCluster(world);
      if (ask.manifest !== undefined) applyTo(cluster, ask.manifest);
      const [courseId] = actor.courseIds;
      const isLearner = actor.learnerId !== undefined && courseId !== undefined;
      const made = { platform, ...(isLearner && { courseId, learnerId: actor.learnerId }) };
      return keep(workshop, actor, made, { world, cluster, ask, receipt });
    },
  };
}

/** That many minutes after `now`. */
export const endAfter = (now: Date, minutes: number): string =>
  new Date(now.getTime() + minutes * 60_000).toISOString();

/** Whose it becomes; nobody's where staff tries a task out. Learners begin as they would answer. */
async function learnerFor(
  { parts }: Workshop,
  actor: Actor,
  assignment: Assignment,
  { learner: named }: TaskAsk,
): Promise<Enrolment | undefined> {
  if (named === undefined && mayPreview(actor)) return undefined;
  const { courseId, id: assignmentId } = assignment;
  const learner = await actingLearner(parts, actor, courseId, named);
  const scope = { courseId, assignmentId, learnerId: learner.id };
  const [facts, exceptions] = [await parts.store.facts(scope), await parts.store.exceptions(scope)];
  refuseUnlessOpen(assignment, exceptions, facts, parts.now().toISOString());
  await refuseUnreached(parts.store, assignment, learner.id);
  return learner;
}

interface Beginning {
  readonly world: Cluster;
  /** The world, or a fork of it with something done to it. */
  readonly cluster: Cluster;
  readonly ask: { readonly minutes?: number | undefined };
  readonly receipt: Receipt<SandboxRecord> | undefined;
}

async function keep(
  { store, parts, worlds, limits }: Workshop,
  actor: Actor,
  made: Made,
  { world, cluster, ask, receipt }: Beginning,
): Promise<SandboxRecord> {
  const now = parts.now();
  const text = worlds.textOf(world);
  const record: SandboxRecord = {
    id: parts.newId(),
    ...made,
    tokenId: actor.tokenId,
    world: text.digest,
    createdAt: now.toISOString(),
    expiresAt: endAfter(now, ask.minutes ?? limits.minutes),
  };
  const objects = cluster === world ? [] : differenceOf(world, cluster).map(rowOf);
  const state = { version: cluster.store.version(), objects };
  const { before: after, ...note } = noteOf(record, 'sandbox:create');
  const audit = auditOf(parts, actor, { ...note, after });
  const beside = { audit, ...(receipt && { receipt: receipt(record) }) };
  await store.addSandbox(record, text, state, limits.each, beside);
  return record;
}

const file = 'manifest.yaml';

function applyTo(cluster: Cluster, manifest: string): void {
  const args = ['apply', '-f', file];
  const { exit, stderr, findings } = runKubectl(cluster, { args, files: { [file]: manifest } });
  const beyond = findings.find(({ code }) => code.startsWith('limit-'));
  if (exit === 0 && !beyond) return;
  const detail = beyond ? `asks for more than is simulated: ${beyond.code}` : stderr.trim();
  throw new Refusal('invalid', 'The manifest cannot be applied.', [
    { pointer: '/manifest', detail },
  ]);
}
