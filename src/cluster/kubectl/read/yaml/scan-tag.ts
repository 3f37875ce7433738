import { codeOf, isBlank, isBreakOrEnd, isDigit, isSpaceOrEnd, isWord } from './characters.ts';
import type { Cursor } from './cursor.ts';
import { type Token, token } from './token.ts';
import { type Mark, YamlError } from './yaml-error.ts';

const bang = codeOf('!');
const comment = codeOf('#');
const uriSigns = new Set([...";/?:@&=+$,.!~*'()[]%"].map(codeOf));
const afterAnchor = new Set([...'?:,]}%@`'].map(codeOf));

const refuse = (cursor: Cursor, start: Mark, problem: string): never => {
  throw new YamlError('scanner', problem, cursor.mark(), start);
};

/** Reads `*name` or `&name`. */
export function scanAnchor(cursor: Cursor, type: 'alias' | 'anchor'): Token {
  const start = cursor.mark();
  cursor.skip();
  const name = takeWhile(cursor, isWord);
  if (name === '' || !(isSpaceOrEnd(cursor.peek()) || afterAnchor.has(cursor.peek()))) {
    refuse(cursor, start, 'did not find expected alphabetic or numeric character');
  }
  return token(type, start, cursor.mark(), name);
}

/** Reads `!!str`, `!name`, `!handle!name`, `!<uri>` or `!`. */
export function scanTag(cursor: Cursor): Token {
  const start = cursor.mark();
  const [handle, suffix] = cursor.peek(1) === codeOf('<') ? verbatim(cursor) : shorthand(cursor);
  if (!isSpaceOrEnd(cursor.peek())) {
    refuse(cursor, start, 'did not find expected whitespace or line break');
  }
  return token('tag', start, cursor.mark(), handle, suffix);
}

function verbatim(cursor: Cursor): readonly [string, string] {
  const start = cursor.mark();
  cursor.skip(2);
  const uri = scanUri(cursor, start, '');
  if (cursor.peek() !== codeOf('>')) refuse(cursor, start, "did not find the expected '>'");
  cursor.skip();
  return ['', uri];
}

function shorthand(cursor: Cursor): readonly [string, string] {
  const start = cursor.mark();
  const handle = scanHandle(cursor, start, false);
  if (handle.length > 1 && handle.endsWith('!')) return [handle, scanUri(cursor, start, '')];
  const suffix = scanUri(cursor, start, handle);
  return suffix === '' ? ['', '!'] : ['!', suffix];
}

function scanHandle(cursor: Cursor, start: Mark, inDirective: boolean): string {
  if (cursor.peek() !== bang) refuse(cursor, start, "did not find expected '!'");
  cursor.skip();
  const name = `!${takeWhile(cursor, isWord)}`;
  if (cursor.peek() === bang) {
    cursor.skip();
    return `${name}!`;
  }
  if (inDirective && name !== '!') refuse(cursor, start, "did not find expected '!'");
  return name;
}

/** `head` is what was taken for a handle and is the beginning of the tag's own name. */
function scanUri(cursor: Cursor, start: Mark, head: string): string {
  const rest = takeWhile(cursor, (code) => isWord(code) || uriSigns.has(code));
  if (head === '' && rest === '') refuse(cursor, start, 'did not find expected tag URI');
  const uri = head.slice(1) + rest;
  if (!uri.includes('%')) return uri;
  try {
    return decodeURIComponent(uri);
  } catch {
    return refuse(cursor, start, 'did not find URI escaped octet');
  }
}

/** Reads `%YAML 1.1` or `%TAG ! prefix` and the rest of its line. */
export function scanDirective(cursor: Cursor): Token {
  const start = cursor.mark();
  cursor.skip();
  const name = takeWhile(cursor, isWord);
  if (name === '') refuse(cursor, start, 'could not find expected directive name');
  if (!isSpaceOrEnd(cursor.peek())) {
    refuse(cursor, start, 'found unexpected non-alphabetical character');
  }
  const directive = directiveValue(cursor, name, start);
  takeWhile(cursor, isBlank);
  if (cursor.peek() === comment) takeWhile(cursor, (code) => !isBreakOrEnd(code));
  if (!isBreakOrEnd(cursor.peek())) {
    refuse(cursor, start, 'did not find expected comment or line break');
  }
  cursor.breakLine();
  return directive;
}

function directiveValue(cursor: Cursor, name: string, start: Mark): Token {
  takeWhile(cursor, isBlank);
  if (name === 'YAML') {
    const major = versionNumber(cursor, start);
    if (cursor.peek() !== codeOf('.')) {
      refuse(cursor, start, "did not find expected digit or '.' character");
    }
    cursor.skip();
    const minor = versionNumber(cursor, start);
    return token('version-directive', start, cursor.mark(), `${major}.${minor}`);
  }
  if (name !== 'TAG') refuse(cursor, start, 'found unknown directive name');
  const handle = scanHandle(cursor, start, true);
  if (!isBlank(cursor.peek())) refuse(cursor, start, 'did not find expected whitespace');
  takeWhile(cursor, isBlank);
  const prefix = scanUri(cursor, start, '');
  if (!isSpaceOrEnd(cursor.peek())) {
    refuse(cursor, start, 'did not find expected whitespace or line break');
  }
  return token('tag-directive', start, cursor.mark(), handle, prefix);
}

function versionNumber(cursor: Cursor, start: Mark): number {
  const digits = takeWhile(cursor, isDigit);
  if (digits === '') refuse(cursor, start, 'did not find expected version number');
  if (digits.length > 2) refuse(cursor, start, 'found extremely long version number');
  return Number(digits);
}

function takeWhile(cursor: Cursor, belongs: (code: number) => boolean): string {
  let at = cursor.offset;
  while (belongs(cursor.text.charCodeAt(at))) at += 1;
  return cursor.take(at);
}
