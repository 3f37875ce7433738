import type { Beside, Instant, Placed, Slice } from '../gradebook/index.ts';
import type { SandboxRecord, Snapshot, Usage } from './sandbox.ts';

/** One object that differs from the world, as JSON; null for one that is gone. */
export interface ObjectRow {
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
  readonly object: string | null;
}

/** A sandbox's cluster as it is kept. */
export interface StateRows {
  /** The newest resourceVersion. */
  readonly version: number;
  readonly objects: readonly ObjectRow[];
}

/** What a sandbox's cluster became since it was last kept. */
export interface StateChange extends StateRows {
  /** Objects that neither the world nor the sandbox has any more. */
  readonly forgotten: readonly Omit<ObjectRow, 'object'>[];
}

/** A world as text, kept once for all sandboxes made of it. */
export interface WorldText {
  readonly digest: string;
  /** Made only where it is not kept yet. */
  text(): string;
}

export interface SandboxFilter {
  /** Of these courses; absent for all. */
  readonly courseIds?: readonly string[];
  readonly learnerId?: string;
  /** Free ones that this token made, beside those of the filter. */
  readonly tokenId: string;
}

/**
 * Where sandboxes are kept. Writes resolve when they are on disk. Whatever belongs to a sandbox
 * goes with it.
 */
export interface SandboxStore {
  /** Refuses as `conflict` when whoever owns it has `most` that are not over. */
  addSandbox(
    record: SandboxRecord,
    world: WorldText,
    state: StateRows,
    most: number,
    beside: Beside,
  ): Promise<void>;
  sandbox(id: string): Promise<SandboxRecord | undefined>;
  sandboxByKubeconfig(hash: string): Promise<SandboxRecord | undefined>;
  /** Newest first, without those that are over. */
  sandboxes(
    filter: SandboxFilter,
    now: Instant,
    slice: Slice,
  ): Promise<readonly Placed<SandboxRecord>[]>;
  moveSandboxEnd(id: string, expiresAt: Instant, beside: Beside): Promise<void>;
  removeSandbox(id: string, beside: Beside): Promise<void>;
  /** Removes those that are over, and worlds that nothing is made of any more. */
  removeSandboxesOver(now: Instant): Promise<readonly string[]>;
  sandboxUsage(id: string): Promise<Usage>;

  sandboxWorld(digest: string): Promise<string | undefined>;
  sandboxState(id: string): Promise<StateRows | undefined>;
  /** Writes what changed since; false when the sandbox is gone. */
  saveSandbox(id: string, changed: StateChange): Promise<boolean>;
  /** Puts a whole state in the place of what is there; false when the sandbox is gone. */
  replaceSandbox(id: string, state: StateRows, beside: Beside): Promise<boolean>;

  /** Keeps the newest `most` of a sandbox, this one among them. */
  addKubeconfig(id: string, hash: string, at: Instant, most: number): Promise<void>;
  removeKubeconfigs(id: string, beside: Beside): Promise<void>;

  /** Refuses as `conflict` when there are `most`. */
  addSnapshot(
    id: string,
    snapshot: Snapshot,
    objects: readonly ObjectRow[],
    most: number,
    beside: Beside,
  ): Promise<void>;
  snapshots(id: string): Promise<readonly Snapshot[]>;
  snapshotObjects(id: string, snapshotId: string): Promise<readonly ObjectRow[] | undefined>;
  removeSnapshot(id: string, snapshotId: string): Promise<boolean>;
}
