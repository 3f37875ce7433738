/** The end of one JSON value in a text, or what Go's encoding/json says of it. */
export type JsonScan =
  | { readonly end: number }
  | { readonly problem: string; readonly offset: number; readonly syntax: boolean };

/** Whether kubectl takes a file for JSON first: its first character is a brace. */
export const looksLikeJson = (text: string): boolean => /^\s*\{/u.test(text.slice(0, 4096));

/**
 * Finds where the JSON value that begins at `from` ends, without building it, so that the words for
 * a mistake can be those of Go's scanner. Never deeper than its stack: it keeps one of its own.
 */
export function scanJson(text: string, from: number): JsonScan {
  const scanner = new JsonScanner(text, from);
  try {
    return { end: scanner.value() };
  } catch (error) {
    if (error instanceof JsonProblem) return error.scan;
    throw error;
  }
}

class JsonProblem extends Error {
  readonly scan: JsonScan;

  constructor(scan: JsonScan) {
    super('json');
    this.scan = scan;
  }
}

const space = /[ \t\r\n]*/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
const plainCharacters = /[^"\\\p{Cc}]*/uy;

class JsonScanner {
  private readonly text: string;
  private at: number;

  constructor(text: string, from: number) {
    this.text = text;
    this.at = from;
  }

  value(): number {
    const closers: string[] = [];
    this.begin(closers);
    while (closers.length > 0) this.member(closers);
    return this.at;
  }

  /** After a value within a collection: a comma and the next one, or the end of the collection. */
  private member(closers: string[]): void {
    const closer = closers[closers.length - 1];
    const character = this.nextCharacter();
    if (character === closer) {
      this.at += 1;
      closers.pop();
      return;
    }
    if (character !== ',') {
      this.refuse(closer === '}' ? 'after object key:value pair' : 'after array element');
    }
    this.at += 1;
    if (closer === '}') this.key();
    this.begin(closers);
  }

  private begin(closers: string[]): void {
    for (;;) {
      const character = this.nextCharacter();
      if (character !== '{' && character !== '[') {
        this.scalar(character);
        return;
      }
      this.at += 1;
      const closer = character === '{' ? '}' : ']';
      if (this.nextCharacter() === closer) {
        this.at += 1;
        return;
      }
      closers.push(closer);
      if (closer === '}') this.key();
    }
  }

  private key(): void {
    if (this.nextCharacter() !== '"') this.refuse('looking for beginning of object key string');
    this.string();
    if (this.nextCharacter() !== ':') this.refuse('after object key');
    this.at += 1;
  }

  private scalar(character: string): void {
    const word = ['true', 'false', 'null'].find((candidate) => candidate[0] === character);
    if (character === '"') this.string();
    else if (/[-0-9]/.test(character)) this.number();
    else if (word) this.word(word);
    else this.refuse('looking for beginning of value');
  }

  private word(word: string): void {
    for (const expected of word) {
      if (this.character() !== expected) {
        this.refuse(`in literal ${word} (expecting '${expected}')`);
      }
      this.at += 1;
    }
  }

  private number(): void {
    number.lastIndex = this.at;
    const found = number.exec(this.text)?.[0];
    if (found === undefined) {
      this.at += 1;
      this.character();
      this.refuse('in numeric literal');
    }
    this.at += found.length;
    const next = this.text[this.at] ?? '';
    if (next === '.') this.afterNumber(1, 'after decimal point in numeric literal');
    if (next === 'e' || next === 'E') this.afterNumber(1, 'in exponent of numeric literal');
  }

  private afterNumber(length: number, where: string): void {
    this.at += length;
    this.character();
    this.refuse(where);
  }

  private string(): void {
    this.at += 1;
    for (;;) {
      plainCharacters.lastIndex = this.at;
      this.at += plainCharacters.exec(this.text)?.[0].length ?? 0;
      const character = this.character();
      if (character === '\\') this.escape();
      else if (character === '"') break;
      else this.refuse('in string literal');
    }
    this.at += 1;
  }

  private escape(): void {
    this.at += 1;
    const letter = this.character();
    if (!'bfnrt\\/"u'.includes(letter)) this.refuse('in string escape code');
    this.at += 1;
    if (letter !== 'u') return;
    for (let digit = 0; digit < 4; digit += 1) {
      if (!/[0-9a-fA-F]/.test(this.character())) this.refuse('in \\u hexadecimal character escape');
      this.at += 1;
    }
  }

  private nextCharacter(): string {
    space.lastIndex = this.at;
    this.at += space.exec(this.text)?.[0].length ?? 0;
    return this.character();
  }

  private character(): string {
    const code = this.text.codePointAt(this.at);
    if (code !== undefined) return String.fromCodePoint(code);
    throw new JsonProblem({ problem: 'unexpected EOF', offset: this.at, syntax: false });
  }

  private refuse(where: string): never {
    const problem = `invalid character ${quoted(this.character())} ${where}`;
    throw new JsonProblem({ problem, offset: this.at, syntax: true });
  }
}

/** A character as Go's scanner names it. */
function quoted(character: string): string {
  if (character === "'") return "'\\''";
  if (character === '"') return "'\"'";
  const escaped = JSON.stringify(character).slice(1, -1);
  return `'${escaped.replace(/^\\u00/, '\\x')}'`;
}
