import { codeOf, isBlank, isBreak, isHexDigit, isSpaceOrEnd } from './characters.ts';
import type { Cursor } from './cursor.ts';
import { Folding } from './folding.ts';
import { type Token, token } from './token.ts';
import { type Mark, YamlError } from './yaml-error.ts';

const singleQuote = codeOf("'");
const doubleQuote = codeOf('"');
const backslash = codeOf('\\');
const dash = codeOf('-');
const dot = codeOf('.');

/** Reads a scalar in single or double quotes, the cursor standing on the first of them. */
export function scanQuoted(cursor: Cursor): Token {
  const quote = cursor.peek();
  const start = cursor.mark();
  cursor.skip();
  let text = '';
  for (;;) {
    refuseUnfinished(cursor, start);
    const folding = new Folding();
    text +=
      quote === singleQuote ? singleQuotedRun(cursor) : doubleQuotedRun(cursor, start, folding);
    if (cursor.peek() === quote && !folding.broken) break;
    takeSpace(cursor, folding);
    text += folding.join();
  }
  cursor.skip();
  return token('scalar', start, cursor.mark(), text);
}

function refuseUnfinished(cursor: Cursor, start: Mark): void {
  if (cursor.atDocumentIndicator(dash) || cursor.atDocumentIndicator(dot)) {
    throw new YamlError('scanner', 'found unexpected document indicator', cursor.mark(), start);
  }
  if (cursor.peek() === 0) {
    throw new YamlError('scanner', 'found unexpected end of stream', cursor.mark(), start);
  }
}

function takeSpace(cursor: Cursor, folding: Folding): void {
  for (;;) {
    if (isBlank(cursor.peek())) folding.blank(cursor);
    else if (isBreak(cursor.peek())) folding.break(cursor);
    else return;
  }
}

/** Characters up to a space, the end or the closing quote; `''` is a quote. */
function singleQuotedRun(cursor: Cursor): string {
  let text = '';
  for (;;) {
    text += cursor.take(endOfRun(cursor, singleQuote, singleQuote));
    if (cursor.peek() !== singleQuote || cursor.peek(1) !== singleQuote) return text;
    text += "'";
    cursor.skip(2);
  }
}

function doubleQuotedRun(cursor: Cursor, start: Mark, folding: Folding): string {
  let text = '';
  for (;;) {
    text += cursor.take(endOfRun(cursor, doubleQuote, backslash));
    if (cursor.peek() !== backslash) return text;
    if (isBreak(cursor.peek(1))) {
      cursor.skip();
      folding.escapedBreak(cursor);
      return text;
    }
    text += escaped(cursor, start);
  }
}

function endOfRun(cursor: Cursor, one: number, other: number): number {
  let at = cursor.offset;
  for (;;) {
    const code = cursor.text.charCodeAt(at);
    if (isSpaceOrEnd(code) || code === one || code === other) return at;
    at += 1;
  }
}

const named: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};

const digitsAfter: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** One escape sequence, `\n` or `\u00e9`. */
function escaped(cursor: Cursor, start: Mark): string {
  const letter = cursor.text.charAt(cursor.offset + 1);
  if (Object.hasOwn(named, letter)) {
    cursor.skip(2);
    return named[letter] ?? '';
  }
  if (!Object.hasOwn(digitsAfter, letter)) {
    throw new YamlError('scanner', 'found unknown escape character', cursor.mark(), start);
  }
  cursor.skip(2);
  return numbered(cursor, digitsAfter[letter] ?? 0, start);
}

function numbered(cursor: Cursor, digits: number, start: Mark): string {
  for (let at = 0; at < digits; at += 1) {
    if (!isHexDigit(cursor.peek(at))) {
      const problem = 'did not find expected hexdecimal number';
      throw new YamlError('scanner', problem, cursor.mark(), start);
    }
  }
  const code = Number.parseInt(cursor.text.slice(cursor.offset, cursor.offset + digits), 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
    const problem = 'found invalid Unicode character escape code';
    throw new YamlError('scanner', problem, cursor.mark(), start);
  }
  cursor.skip(digits);
  return String.fromCodePoint(code);
}
