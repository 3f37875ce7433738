import type {
  Actor,
  LearnerName,
  Page,
  PageAsk,
  Receipt,
  SubmissionResult,
} from '../gradebook/index.ts';
import type { SandboxDirectory } from '../kubernetes-api/sandbox.ts';
import type { PlatformName, SandboxRecord, Snapshot, Usage } from './sandbox.ts';

export interface NewSandbox {
  /** Minutes until it is over; the usual time if absent. */
  readonly minutes?: number | undefined;
}

export interface TaskAsk extends NewSandbox {
  /** The first part that is done in a cluster if absent. */
  readonly part?: string | undefined;
  /** Whose it is; staff who name nobody try the task out themselves, as a preview. */
  readonly learner?: LearnerName | undefined;
}

export interface FreeAsk extends NewSandbox {
  readonly platform?: PlatformName | undefined;
  /** YAML that is applied to it at once. */
  readonly manifest?: string | undefined;
}

export interface SandboxView {
  readonly sandbox: SandboxRecord;
  readonly usage: Usage;
}

/** What a kubeconfig is made of; the secret is seen this once, and kept only as a hash. */
export interface Credentials {
  readonly id: string;
  readonly secret: string;
}

/**
 * The use cases of learners' own clusters. Each asks the table of rights first; each refusal is a
 * Refusal. What is not the actor's to use does not exist for them.
 */
export interface Sandboxes {
  /** Where the Kubernetes API finds them. */
  readonly directory: SandboxDirectory;
  /** For a learner as an answer would be taken: in the assignment's window, once it is reached. */
  createForTask(
    actor: Actor,
    courseId: string,
    assignmentId: string,
    ask: TaskAsk,
    receipt?: Receipt<SandboxRecord>,
  ): Promise<SandboxRecord>;
  createFree(actor: Actor, ask: FreeAsk, receipt?: Receipt<SandboxRecord>): Promise<SandboxRecord>;
  list(actor: Actor, page: PageAsk): Promise<Page<SandboxRecord>>;
  sandbox(actor: Actor, id: string): Promise<SandboxView>;
  /** So many minutes from now. */
  extend(actor: Actor, id: string, minutes: number): Promise<SandboxRecord>;
  remove(actor: Actor, id: string): Promise<void>;
  /** A new secret; the newest ten are valid. */
  credentials(actor: Actor, id: string): Promise<Credentials>;
  /** No secret that was handed out is valid any more. */
  revokeCredentials(actor: Actor, id: string): Promise<void>;
  /** As it was when it was made; streams end. */
  reset(actor: Actor, id: string): Promise<SandboxRecord>;
  takeSnapshot(
    actor: Actor,
    id: string,
    name: string | undefined,
    receipt?: Receipt<Snapshot>,
  ): Promise<Snapshot>;
  snapshots(actor: Actor, id: string): Promise<readonly Snapshot[]>;
  restore(actor: Actor, id: string, snapshotId: string): Promise<SandboxRecord>;
  removeSnapshot(actor: Actor, id: string, snapshotId: string): Promise<void>;
  /**
   * Hands the cluster in as it stands, as an answer to its part: an ordinary attempt under the
   * assignment's policy.
   */
  grade(actor: Actor, id: string, receipt?: Receipt<SubmissionResult>): Promise<SubmissionResult>;

  /** Removes what is over, and lets go of what nobody uses. */
  tidy(): Promise<void>;
  /** Saves all that is in memory. */
  close(): Promise<void>;
}
