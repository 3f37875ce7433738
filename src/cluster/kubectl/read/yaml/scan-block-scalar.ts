import { codeOf, isBlank, isBreak, isBreakOrEnd, isDigit } from './characters.ts';
import type { Cursor } from './cursor.ts';
import { type Token, token } from './token.ts';
import { type Mark, YamlError } from './yaml-error.ts';

const plus = codeOf('+');
const minus = codeOf('-');
const zero = codeOf('0');
const comment = codeOf('#');
const literalSign = codeOf('|');

/** What stands behind `|` or `>`: which line ends to keep, and how far the text is indented. */
interface Header {
  readonly chomping: 'clip' | 'strip' | 'keep';
  readonly increment: number;
}

/** Reads a literal (`|`) or folded (`>`) block; `indent` is the column of the enclosing block. */
export function scanBlockScalar(cursor: Cursor, indent: number): Token {
  const start = cursor.mark();
  const literal = cursor.peek() === literalSign;
  cursor.skip();
  const header = scanHeader(cursor, start);
  finishHeaderLine(cursor, start);
  const given = header.increment && Math.max(indent, 0) + header.increment;
  const { text, lastBreak, trailing, end } = scanLines(cursor, start, literal, indent, given);
  const tail = header.chomping === 'strip' ? '' : lastBreak;
  const kept = header.chomping === 'keep' ? trailing : '';
  return token('scalar', start, end, text + tail + kept);
}

function scanHeader(cursor: Cursor, start: Mark): Header {
  const before = scanChomping(cursor);
  const increment = scanIncrement(cursor, start);
  return {
    increment,
    chomping: before ?? (increment ? scanChomping(cursor) : undefined) ?? 'clip',
  };
}

function scanChomping(cursor: Cursor): 'strip' | 'keep' | undefined {
  const code = cursor.peek();
  if (code !== plus && code !== minus) return undefined;
  cursor.skip();
  return code === plus ? 'keep' : 'strip';
}

function scanIncrement(cursor: Cursor, start: Mark): number {
  const code = cursor.peek();
  if (!isDigit(code)) return 0;
  if (code === zero) {
    const problem = 'found an indentation indicator equal to 0';
    throw new YamlError('scanner', problem, cursor.mark(), start);
  }
  cursor.skip();
  return code - zero;
}

function finishHeaderLine(cursor: Cursor, start: Mark): void {
  while (isBlank(cursor.peek())) cursor.skip();
  if (cursor.peek() === comment) while (!isBreakOrEnd(cursor.peek())) cursor.skip();
  if (!isBreakOrEnd(cursor.peek())) {
    const problem = 'did not find expected comment or line break';
    throw new YamlError('scanner', problem, cursor.mark(), start);
  }
  cursor.breakLine();
}

interface Lines {
  readonly text: string;
  readonly lastBreak: string;
  readonly trailing: string;
  readonly end: Mark;
}

function scanLines(
  cursor: Cursor,
  start: Mark,
  literal: boolean,
  outer: number,
  given: number,
): Lines {
  let breaks = scanBreaks(cursor, start, outer, given);
  const { indent } = breaks;
  let text = '';
  let lastBreak = '';
  let startedBlank = false;
  while (cursor.column === indent && cursor.peek() !== 0) {
    const startsBlank = isBlank(cursor.peek());
    const folds = !literal && !startedBlank && !startsBlank && lastBreak === '\n';
    text += folds ? (breaks.text === '' ? ' ' : '') : lastBreak;
    text += breaks.text + cursor.take(endOfLine(cursor));
    startedBlank = startsBlank;
    lastBreak = cursor.breakLine();
    breaks = scanBreaks(cursor, start, outer, indent);
  }
  return { text, lastBreak, trailing: breaks.text, end: breaks.end };
}

function endOfLine(cursor: Cursor): number {
  let at = cursor.offset;
  while (!isBreakOrEnd(cursor.text.charCodeAt(at))) at += 1;
  return at;
}

/** Empty lines and indentation. Without a given indentation the deepest of the first lines is it. */
function scanBreaks(
  cursor: Cursor,
  start: Mark,
  outer: number,
  indent: number,
): { readonly text: string; readonly indent: number; readonly end: Mark } {
  let text = '';
  let deepest = 0;
  let end = cursor.mark();
  for (;;) {
    while ((indent === 0 || cursor.column < indent) && cursor.peek() === 32) cursor.skip();
    deepest = Math.max(deepest, cursor.column);
    if ((indent === 0 || cursor.column < indent) && cursor.peek() === 9) {
      const problem = 'found a tab character where an indentation space is expected';
      throw new YamlError('scanner', problem, cursor.mark(), start);
    }
    if (!isBreak(cursor.peek())) break;
    text += cursor.breakLine();
    end = cursor.mark();
  }
  return { text, indent: indent || Math.max(deepest, outer + 1, 1), end };
}
