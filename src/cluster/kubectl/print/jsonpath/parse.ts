/** A template as client-go's jsonpath dialect reads it (k8s.io/client-go/util/jsonpath/parser.go). */
export type Node =
  | { readonly type: 'text' | 'identifier' | 'field'; readonly value: string }
  | { readonly type: 'literal'; readonly value: number | boolean }
  | { readonly type: 'slice'; readonly from: Bound; readonly to: Bound; readonly step: Bound }
  | { readonly type: 'wildcard' | 'recursive' }
  | { readonly type: 'union'; readonly lists: readonly (readonly Node[])[] }
  | { readonly type: 'list'; readonly nodes: readonly Node[] }
  | {
      readonly type: 'filter';
      readonly left: readonly Node[];
      readonly right: readonly Node[];
      readonly operator: string;
    };

/** One part of `[from:to:step]`; `derived` where `[n]` stands for `[n:n+1]`. */
export interface Bound {
  readonly known: boolean;
  readonly value: number;
  readonly derived?: boolean;
}

export class JsonPathError extends Error {}

const deepestNesting = 32;

/** Text outside braces is itself, text inside is an expression. Throws JsonPathError. */
export function parseTemplate(template: string, depth = 0): readonly Node[] {
  if (depth > deepestNesting) throw new JsonPathError('the expression is nested too deeply');
  const scanner: Scanner = { text: template, at: 0, depth };
  const nodes: Node[] = [];
  while (scanner.at < template.length) {
    const brace = template.indexOf('{', scanner.at);
    const end = brace < 0 ? template.length : brace;
    if (end > scanner.at) nodes.push({ type: 'text', value: template.slice(scanner.at, end) });
    scanner.at = end + 1;
    if (brace >= 0) nodes.push({ type: 'list', nodes: parseAction(scanner) });
  }
  return nodes;
}

interface Scanner {
  readonly text: string;
  at: number;
  readonly depth: number;
}

/** Reads up to and over the closing brace. */
function parseAction(scanner: Scanner): readonly Node[] {
  const nodes: Node[] = [];
  for (;;) {
    const character = scanner.text.charAt(scanner.at);
    if (character === '}') {
      scanner.at += 1;
      return nodes;
    }
    if (character === '' || character === '\n' || character === '\r') {
      throw new JsonPathError('unclosed action');
    }
    readerOf(scanner, character)(scanner, nodes);
  }
}

type Reader = (scanner: Scanner, nodes: Node[]) => void;

function readerOf(scanner: Scanner, character: string): Reader {
  if (scanner.text.startsWith('[?(', scanner.at)) return readFilter;
  if (scanner.text.startsWith('..', scanner.at)) return readRecursive;
  const reader = readers[character];
  if (reader) return reader;
  if (/[0-9]/.test(character)) return readNumber;
  if (isWordCharacter(character)) return readIdentifier;
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  throw new JsonPathError(`unrecognized character in action: U+${code} '${character}'`);
}

const skip: Reader = (scanner) => {
  scanner.at += 1;
};

const readNumber: Reader = (scanner, nodes) => {
  const text = /^[-+]?[0-9.]*/.exec(scanner.text.slice(scanner.at, scanner.at + 400))?.[0] ?? '';
  if (!/^[-+]?(\d+(?:\.\d*)?|\.\d+)$/.test(text))
    throw new JsonPathError(`cannot parse number ${text}`);
  scanner.at += text.length;
  nodes.push({ type: 'literal', value: Number(text) });
};

const readIdentifier: Reader = (scanner, nodes) => {
  const value = takeName(scanner, false);
  const known = value === 'true' || value === 'false';
  nodes.push(known ? { type: 'literal', value: value === 'true' } : { type: 'identifier', value });
};

const readField: Reader = (scanner, nodes) => {
  scanner.at += 1;
  const value = takeName(scanner, true);
  nodes.push(value === '*' ? { type: 'wildcard' } : { type: 'field', value });
};

const readRecursive: Reader = (scanner, nodes) => {
  if (nodes.at(-1)?.type === 'recursive') {
    throw new JsonPathError('invalid multiple recursive descent');
  }
  scanner.at += 1;
  nodes.push({ type: 'recursive' });
  if (isWordCharacter(scanner.text.charAt(scanner.at + 1))) readField(scanner, nodes);
  else scanner.at += 1;
};

const readQuoted: Reader = (scanner, nodes) => {
  const quote = scanner.text.charAt(scanner.at);
  let value = '';
  for (let at = scanner.at + 1; at < scanner.text.length; at += 1) {
    const character = scanner.text.charAt(at);
    if (character === quote) {
      scanner.at = at + 1;
      nodes.push({ type: 'text', value });
      return;
    }
    if (character === '\\') at += 1;
    value += character === '\\' ? unescaped(scanner.text.charAt(at)) : character;
  }
  throw new JsonPathError('unterminated quoted string');
};

const unescaped = (character: string): string =>
  ({ n: '\n', t: '\t', r: '\r' })[character] ?? character;

const readArray: Reader = (scanner, nodes) => {
  const end = scanner.text.indexOf(']', scanner.at);
  if (end < 0) throw new JsonPathError('unterminated array');
  const inside = scanner.text.slice(scanner.at + 1, end);
  scanner.at = end + 1;
  nodes.push(...arrayNodes(inside, scanner.depth));
};

function arrayNodes(inside: string, depth: number): readonly Node[] {
  const members = inside.split(',');
  if (members.length > 1) {
    const lists = members.map((member) => expression(`[${member.trim()}]`, depth));
    return [{ type: 'union', lists }];
  }
  const key = /^'([^']*)'$/.exec(inside)?.[1];
  return key === undefined ? [sliceNode(inside)] : expression(`.${key}`, depth);
}

function sliceNode(inside: string): Node {
  const match = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(inside === '*' ? ':' : inside);
  if (!match) throw new JsonPathError(`invalid array index ${inside}`);
  const [, first = '', second, third] = match;
  const from = bound(first);
  const next: Bound = { known: true, value: from.value + 1, derived: true };
  const to = second === undefined ? next : bound(second.slice(1));
  return { type: 'slice', from, to, step: bound((third ?? '').slice(1)) };
}

function bound(digits: string): Bound {
  if (digits === '') return { known: false, value: 0 };
  if (digits === '-') throw new JsonPathError('array index - is not a number');
  return { known: true, value: Number(digits) };
}

const readFilter: Reader = (scanner, nodes) => {
  const start = scanner.at + 3;
  const end = endOfFilter(scanner.text, start);
  if (scanner.text.charAt(end + 1) !== ']') throw new JsonPathError('unclosed array expect ]');
  scanner.at = end + 2;
  const inside = scanner.text.slice(start, end);
  const [, left = '', operator = '', right = ''] =
    /^([^!<>=]+)([!<>=]+)([^!<>=\n][^\n]*|[!<>=])$/.exec(inside) ?? [];
  const parse = (text: string) => expression(text, scanner.depth);
  nodes.push(
    operator === ''
      ? { type: 'filter', left: parse(inside), right: [], operator: 'exists' }
      : { type: 'filter', left: parse(left), right: parse(right), operator },
  );
};

/** The first `)` outside the one pair of quotes a filter may hold. */
function endOfFilter(text: string, start: number): number {
  let quote = '';
  let closed = false;
  for (let at = start; at < text.length && text[at] !== '\n'; at += 1) {
    const character = text.charAt(at);
    if ((character === '"' || character === "'") && quote === '') quote = character;
    else if (character === quote && text[at - 1] !== '\\') closed = true;
    else if (character === ')' && (quote !== '') === closed) return at;
  }
  throw new JsonPathError('unterminated filter');
}

const readers: Readonly<Record<string, Reader>> = {
  ' ': skip,
  '@': skip,
  $: skip,
  '[': readArray,
  '"': readQuoted,
  "'": readQuoted,
  '.': readField,
  '+': readNumber,
  '-': readNumber,
};

function expression(text: string, depth: number): readonly Node[] {
  const [list] = parseTemplate(`{${text}}`, depth + 1);
  return list?.type === 'list' ? list.nodes : [];
}

const isWordCharacter = (character: string): boolean => /^[\p{L}\p{Nd}_]$/u.test(character);
const terminators = ' \t\n\r.,[]$@{}';

/** A name up to the next sign of the grammar; a backslash makes the sign part of a field's name. */
function takeName(scanner: Scanner, escapes: boolean): string {
  let value = '';
  while (scanner.at < scanner.text.length) {
    const character = scanner.text.charAt(scanner.at);
    if (escapes && character === '\\') {
      value += scanner.text.charAt(scanner.at + 1);
      scanner.at += 2;
      continue;
    }
    if (terminators.includes(character)) break;
    value += character;
    scanner.at += 1;
  }
  return value;
}
