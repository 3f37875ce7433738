import type BetterSqlite3 from 'better-sqlite3';
import type { Statement } from './statement.ts';

/**
 * One open database. Calls are synchronous, so a reader never meets a transaction half done.
 * Statements are prepared once: there are as many as the source code has.
 */
export class Connection {
  readonly #database: BetterSqlite3.Database;
  readonly #prepared = new Map<string, BetterSqlite3.Statement>();

  constructor(database: BetterSqlite3.Database) {
    this.#database = database;
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  all<P, R>(statement: Statement<P, R>, values: P): R[] {
    return this.#prepare(statement.sql).all(...statement.bind(values)) as R[];
  }

  /** Rows as arrays in the order of the columns: half the cost of objects, for reports. */
  tuples<T extends readonly unknown[], P = object>(
    statement: Statement<P, unknown>,
    values: P,
  ): T[] {
    return this.#prepare(statement.sql, 'raw').all(...statement.bind(values)) as T[];
  }

  first<P, R>(statement: Statement<P, R>, values: P): R | undefined {
    return this.#prepare(statement.sql).get(...statement.bind(values)) as R | undefined;
  }

  /** How many rows it changed. */
  run<P, R>(statement: Statement<P, R>, values: P): number {
    return this.#prepare(statement.sql).run(...statement.bind(values)).changes;
  }

  /** The place the new row got. */
  insert<P, R>(statement: Statement<P, R>, values: P): number {
    return Number(this.#prepare(statement.sql).run(...statement.bind(values)).lastInsertRowid);
  }

  /** A statement without values, such as BEGIN. */
  command(sql: string): void {
    this.#prepare(sql).run();
  }

  /** Everything into the main file, the log emptied, the file let go. */
  close(): void {
    if (!this.#database.open) return;
    try {
      this.#database.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      this.#prepared.clear();
      this.#database.close();
    }
  }

  #prepare(sql: string, shape: 'objects' | 'raw' = 'objects'): BetterSqlite3.Statement {
    const name = shape === 'raw' ? `${shape} ${sql}` : sql;
    let prepared = this.#prepared.get(name);
    if (prepared === undefined) {
      prepared = this.#database.prepare(sql);
      if (shape === 'raw') prepared.raw();
      this.#prepared.set(name, prepared);
    }
    return prepared;
  }
}
