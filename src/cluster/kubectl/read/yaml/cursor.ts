import { isBreak } from './characters.ts';
import type { Mark } from './yaml-error.ts';

const end = '\0\0\0\0';

/** A reading position in one document. Past the end every character is 0. */
export class Cursor {
  readonly text: string;
  offset = 0;
  line = 0;
  column = 0;

  constructor(text: string) {
    this.text = text + end;
  }

  peek(ahead = 0): number {
    return this.text.charCodeAt(this.offset + ahead);
  }

  mark(): Mark {
    return { offset: this.offset, line: this.line, column: this.column };
  }

  skip(count = 1): void {
    this.offset += count;
    this.column += count;
  }

  /** Goes on to `offset` in the same line and gives what lies between. */
  take(offset: number): string {
    const taken = this.text.slice(this.offset, offset);
    this.skip(offset - this.offset);
    return taken;
  }

  /** Steps over a line break and gives what stands for it in a scalar: `\n`, but LS and PS stay. */
  breakLine(): string {
    const code = this.peek();
    if (!isBreak(code)) return '';
    this.offset += code === 13 && this.peek(1) === 10 ? 2 : 1;
    this.line += 1;
    this.column = 0;
    return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : '\n';
  }

  /** Whether `---` or `...` stands alone at the start of this line. */
  atDocumentIndicator(character: number): boolean {
    if (this.column !== 0 || this.peek() !== character) return false;
    if (this.peek(1) !== character || this.peek(2) !== character) return false;
    const after = this.peek(3);
    return after === 0 || after === 32 || after === 9 || isBreak(after);
  }
}
