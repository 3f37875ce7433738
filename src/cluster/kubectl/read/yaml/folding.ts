import type { Cursor } from './cursor.ts';

/**
 * White space between the words of a flow scalar. Blanks within a line stay; one line break becomes
 * a space; of more, all but the first stay (yaml.org/spec/1.1, line folding).
 */
export class Folding {
  private blanks = '';
  private first = '';
  private more = '';
  /** Whether a line break was passed since the last word. */
  broken = false;

  blank(cursor: Cursor): void {
    if (this.broken) cursor.skip();
    else this.blanks += cursor.take(cursor.offset + 1);
  }

  break(cursor: Cursor): void {
    if (this.broken) this.more += cursor.breakLine();
    else {
      this.blanks = '';
      this.first = cursor.breakLine();
      this.broken = true;
    }
  }

  /** A `\` before the line break: the lines are joined with nothing between. */
  escapedBreak(cursor: Cursor): void {
    cursor.breakLine();
    this.broken = true;
  }

  /** What stands for all that was passed, which is forgotten. */
  join(): string {
    const joined = this.broken ? this.folded() : this.blanks;
    this.blanks = '';
    this.first = '';
    this.more = '';
    this.broken = false;
    return joined;
  }

  private folded(): string {
    if (this.first !== '\n') return this.first + this.more;
    return this.more === '' ? ' ' : this.more;
  }
}
