import type { PlatformName } from '../cluster/network/platform.ts';
import type { ExerciseKey } from '../exercise/exercise.ts';
import type { Instant } from '../gradebook/index.ts';

export type { PlatformName };

/** What a sandbox was prepared from: a part of an exercise as one learner is dealt it. */
export interface SandboxTask {
  readonly courseId: string;
  readonly assignmentId: string;
  readonly exercise: ExerciseKey;
  readonly part: string;
  /** Draws the variant. */
  readonly seed: string;
}

/** A cluster of somebody's own, as it is listed. Who has its kubeconfig may do anything in it. */
export interface SandboxRecord {
  readonly id: string;
  /** Absent for a free one, which is an empty cluster. */
  readonly task?: SandboxTask;
  /** The course of the learner whose it is, or of the task. */
  readonly courseId?: string;
  /** Whose it is; absent where a token that is no learner's made it for itself. */
  readonly learnerId?: string;
  readonly platform: PlatformName;
  /** The token that made it. */
  readonly tokenId: string;
  /** Digest of the world it was prepared from. */
  readonly world: string;
  readonly createdAt: Instant;
  /** From then on it is gone. */
  readonly expiresAt: Instant;
}

/** A kept state of a sandbox that it can be put back to. */
export interface Snapshot {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Instant;
}

/** What a sandbox takes up of its quotas. */
export interface Usage {
  /** Objects that differ from the world. */
  readonly objects: number;
  /** Of their JSON, in characters. */
  readonly bytes: number;
}
