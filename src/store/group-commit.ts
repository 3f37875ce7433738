import type { Connection } from './connection.ts';
import { storeUnavailable, translate, unavailableReason } from './dialect.ts';

/** Writes that one commit may carry: bounds how long the last of them waits. */
const batchSize = 256;

interface Job {
  readonly work: () => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes that arrive together share one transaction, for a durable commit costs the same for one
 * as for a hundred. Each caller is answered only after its commit. A write that fails is undone
 * by itself; when the store fails, the whole batch is undone and refused.
 */
export class GroupCommit {
  readonly #connection: Connection;
  #queue: Job[] = [];
  #scheduled = false;
  #closed = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Writes not yet committed. */
  get length(): number {
    return this.#queue.length;
  }

  /** `work` is synchronous, and runs when its turn comes; what it throws rejects the promise. */
  write<T>(work: () => T): Promise<T> {
    if (this.#closed) return Promise.reject(storeUnavailable('it is shutting down'));
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ work, resolve: resolve as (value: never) => void, reject });
      this.#schedule();
    });
  }

  /** Commits all that waits, and takes no more. */
  close(): void {
    this.#closed = true;
    while (this.#queue.length > 0) this.#commitBatch();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#commitBatch();
      if (this.#queue.length > 0) this.#schedule();
    });
  }

  #commitBatch(): void {
    const batch = this.#queue.splice(0, batchSize);
    if (batch.length === 0) return;
    let settle: (() => void)[];
    try {
      settle = this.#transact(batch);
    } catch (error) {
      this.#undo();
      const refusal = translate(error);
      settle = batch.map((job) => () => job.reject(refusal));
    }
    for (const answer of settle) answer();
  }

  #transact(batch: readonly Job[]): (() => void)[] {
    this.#connection.command('BEGIN IMMEDIATE');
    const settle = batch.map((job) => this.#attempt(job));
    this.#connection.command('COMMIT');
    return settle;
  }

  /** Throws only when the store as a whole fails. */
  #attempt(job: Job): () => void {
    this.#connection.command('SAVEPOINT one');
    try {
      const value = job.work();
      this.#connection.command('RELEASE one');
      return () => job.resolve(value as never);
    } catch (error) {
      if (unavailableReason(error) !== undefined || !this.#connection.inTransaction) throw error;
      this.#connection.command('ROLLBACK TO one');
      this.#connection.command('RELEASE one');
      const reason = translate(error);
      return () => job.reject(reason);
    }
  }

  #undo(): void {
    try {
      if (this.#connection.inTransaction) this.#connection.command('ROLLBACK');
    } catch {
      // SQLite has already rolled back; the batch is refused either way.
    }
  }
}
