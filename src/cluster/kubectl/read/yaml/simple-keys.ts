import type { Cursor } from './cursor.ts';
import { type Mark, YamlError } from './yaml-error.ts';

/** A place where a key without `?` may have begun; a `:` behind it will make it one. */
export interface SimpleKey {
  possible: boolean;
  /** In a block mapping's own column nothing but a key may stand. */
  readonly required: boolean;
  readonly tokenNumber: number;
  readonly mark: Mark;
}

const longest = 1024;

/** The places where keys may have begun, one for each level of flow collections. */
export class SimpleKeys {
  private readonly cursor: Cursor;
  private readonly levels: SimpleKey[] = [];
  private readonly byToken = new Map<number, SimpleKey>();

  constructor(cursor: Cursor) {
    this.cursor = cursor;
    this.enterFlow(-1);
  }

  enterFlow(tokenNumber: number): void {
    this.levels.push({ possible: false, required: false, tokenNumber, mark: this.cursor.mark() });
  }

  leaveFlow(): void {
    this.byToken.delete(this.levels.pop()?.tokenNumber ?? -1);
  }

  /** Notes that a key may begin here. */
  save(required: boolean, tokenNumber: number): void {
    const key = { possible: true, required, tokenNumber, mark: this.cursor.mark() };
    this.drop();
    this.levels[this.levels.length - 1] = key;
    this.byToken.set(tokenNumber, key);
  }

  /** Here no `:` can follow any more; refuses the text where a key had to be. */
  drop(): void {
    const key = this.current();
    if (!key.possible) return;
    if (key.required) this.refuse(key);
    this.forget(key);
  }

  forget(key: SimpleKey): void {
    key.possible = false;
    this.byToken.delete(key.tokenNumber);
  }

  /** The key that a `:` here belongs to, if there is one. */
  possible(): SimpleKey | undefined {
    const key = this.current();
    return this.stillPossible(key) ? key : undefined;
  }

  /** Whether a token may yet turn out to be the beginning of a key. */
  mayBeginAt(tokenNumber: number): boolean {
    const key = this.byToken.get(tokenNumber);
    return key !== undefined && this.stillPossible(key);
  }

  private current(): SimpleKey {
    return this.levels[this.levels.length - 1] as SimpleKey;
  }

  /** A key without `?` ends on its line, at most 1024 characters on. */
  private stillPossible(key: SimpleKey): boolean {
    if (!key.possible) return false;
    const { line, offset } = this.cursor;
    if (key.mark.line === line && key.mark.offset + longest >= offset) return true;
    if (key.required) this.refuse(key);
    key.possible = false;
    return false;
  }

  private refuse(key: SimpleKey): never {
    throw new YamlError('scanner', "could not find expected ':'", this.cursor.mark(), key.mark);
  }
}
