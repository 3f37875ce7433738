import { codeOf, isBlank, isBreak, isSpaceOrEnd } from './characters.ts';
import type { Cursor } from './cursor.ts';
import { Folding } from './folding.ts';
import { type Token, token } from './token.ts';
import { YamlError } from './yaml-error.ts';

const colon = codeOf(':');
const comment = codeOf('#');
const dash = codeOf('-');
const dot = codeOf('.');
const flowEnds = new Set([...',?[]{}'].map(codeOf));

/** What the scanner needs to know of a plain scalar besides its token. */
export interface PlainScalar {
  readonly token: Token;
  /** Whether the cursor stands on a later line than the scalar's last character. */
  readonly brokeLine: boolean;
}

/** Reads a scalar without quotes: until `: `, ` #`, a lesser indentation or a flow indicator. */
export function scanPlain(cursor: Cursor, indent: number, inFlow: boolean): PlainScalar {
  const start = cursor.mark();
  let end = start;
  let text = '';
  const folding = new Folding();
  while (!atEnd(cursor)) {
    const word = cursor.take(endOfWord(cursor, inFlow));
    if (word !== '') {
      text += folding.join() + word;
      end = cursor.mark();
    }
    if (!isBlank(cursor.peek()) && !isBreak(cursor.peek())) break;
    takeSpace(cursor, folding, indent, start);
    if (!inFlow && cursor.column < indent) break;
  }
  return { token: token('scalar', start, end, text, '', true), brokeLine: folding.broken };
}

const atEnd = (cursor: Cursor): boolean =>
  cursor.peek() === comment || cursor.atDocumentIndicator(dash) || cursor.atDocumentIndicator(dot);

/** Where the run of characters without space ends. */
function endOfWord(cursor: Cursor, inFlow: boolean): number {
  const { text } = cursor;
  let at = cursor.offset;
  for (;;) {
    const code = text.charCodeAt(at);
    if (isSpaceOrEnd(code)) return at;
    if (code === colon && isSpaceOrEnd(text.charCodeAt(at + 1))) return at;
    if (inFlow && flowEnds.has(code)) return at;
    at += 1;
  }
}

function takeSpace(
  cursor: Cursor,
  folding: Folding,
  indent: number,
  start: ReturnType<Cursor['mark']>,
): void {
  for (;;) {
    const code = cursor.peek();
    if (isBlank(code)) {
      if (folding.broken && cursor.column < indent && code === 9) {
        const problem = 'found a tab character that violates indentation';
        throw new YamlError('scanner', problem, cursor.mark(), start);
      }
      folding.blank(cursor);
    } else if (isBreak(code)) folding.break(cursor);
    else return;
  }
}
