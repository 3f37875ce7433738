import type { Exercise, ExerciseKey } from '../exercise/exercise.ts';
import type { Actor, Gradebook, GradebookParts } from '../gradebook/index.ts';
import type { Clock } from '../kubernetes-api/sandbox.ts';
import type { LiveSandboxes } from './live.ts';
import type { SandboxStore } from './ports.ts';
import type { SandboxLimits } from './quota.ts';
import type { SandboxRecord } from './sandbox.ts';
import type { Worlds } from './worlds.ts';

/** What the sandboxes are made of. */
export interface SandboxesParts {
  readonly store: SandboxStore;
  readonly gradebook: Gradebook;
  /** What the gradebook is made of: its clock, its ids, its store. */
  readonly parts: GradebookParts;
  readonly exercise: (key: ExerciseKey) => Exercise | undefined;
  /** The process's own unless a test lets time pass. */
  readonly clock?: Clock;
  readonly limits?: SandboxLimits;
}

/** The same with what is made of it. */
export interface Workshop extends SandboxesParts {
  readonly limits: SandboxLimits;
  readonly worlds: Worlds;
  readonly live: LiveSandboxes;
  /** The sandbox, for whoever may use it. */
  find(actor: Actor, id: string): Promise<SandboxRecord>;
}

/** What an audit says of a change to a sandbox: whose it is among it. */
export function noteOf({ id, courseId, learnerId, task }: SandboxRecord, action: string) {
  const about = { learnerId, assignmentId: task?.assignmentId, part: task?.part };
  return { action, subject: id, ...(courseId !== undefined && { courseId }), before: about };
}
