import { KubectlError } from '../../command.ts';

/** An operand: a path from the dot or a variable, a constant, a call, or a piped call. */
export type Operand =
  | { readonly type: 'path'; readonly from: string; readonly keys: readonly string[] }
  | { readonly type: 'constant'; readonly value: string | number | boolean }
  | { readonly type: 'call'; readonly name: string; readonly words: readonly Operand[] };

export type TemplateNode =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'print'; readonly operand: Operand }
  | { readonly type: 'assign'; readonly name: string; readonly operand: Operand }
  | {
      readonly type: 'range' | 'if' | 'with';
      readonly operand: Operand;
      readonly names: readonly string[];
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    };

/** Ends with the plain statement that a template goes beyond the common subset. */
export const refuse = (what: string): KubectlError =>
  new KubectlError(`error: error parsing template: ${what}`);

interface Piece {
  readonly text?: string;
  readonly action?: string;
}

interface Reader {
  readonly pieces: readonly Piece[];
  at: number;
}

const deepestNesting = 32;

/** Parses the common part of Go's text/template. Throws KubectlError for the rest. */
export function parseTemplate(template: string): readonly TemplateNode[] {
  try {
    return nodesOf(template);
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    const reason = error.message.slice(refuse('').message.length);
    throw new KubectlError(
      `error: error parsing template ${template}, template: output:1: ${reason}\n`,
    );
  }
}

function nodesOf(template: string): readonly TemplateNode[] {
  const reader: Reader = { pieces: piecesOf(template), at: 0 };
  const { nodes, end } = block(reader, 0);
  if (end !== undefined) throw refuse(`unexpected {{${end}}}`);
  return nodes;
}

/** Text and actions in turn; `{{-` and `-}}` trim the text beside them. */
function piecesOf(template: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let trim = false;
  const addText = (text: string) => pieces.push({ text: trim ? text.trimStart() : text });
  for (;;) {
    const open = template.indexOf('{{', at);
    if (open < 0) break;
    const close = template.indexOf('}}', open + 2);
    if (close < 0) throw refuse('unclosed action');
    const action = template.slice(open + 2, close);
    const before = template.slice(at, open);
    addText(action.startsWith('- ') ? before.trimEnd() : before);
    trim = action.endsWith(' -');
    pieces.push({ action: action.replace(/^- /, '').replace(/ -$/, '').trim() });
    at = close + 2;
  }
  addText(template.slice(at));
  return pieces;
}

function block(reader: Reader, depth: number): { nodes: TemplateNode[]; end?: string } {
  if (depth > deepestNesting) throw refuse('nested too deeply');
  const nodes: TemplateNode[] = [];
  while (reader.at < reader.pieces.length) {
    const piece = reader.pieces[reader.at] ?? {};
    reader.at += 1;
    if (piece.text !== undefined) {
      if (piece.text !== '') nodes.push({ type: 'text', text: piece.text });
      continue;
    }
    const action = piece.action ?? '';
    if (action === 'end' || /^else\b/.test(action)) return { nodes, end: action };
    if (!action.startsWith('/*')) nodes.push(actionNode(action, reader, depth));
  }
  return { nodes };
}

function actionNode(action: string, reader: Reader, depth: number): TemplateNode {
  const [, keyword, rest = ''] = /^(range|if|with)\b\s*(.*)$/s.exec(action) ?? [];
  if (keyword === 'range' || keyword === 'if' || keyword === 'with') {
    return control(keyword, rest, reader, depth);
  }
  const [, name, value = ''] = /^(\$\w+)\s*:?=\s*(.*)$/s.exec(action) ?? [];
  return name === undefined
    ? { type: 'print', operand: pipeline(action) }
    : { type: 'assign', name, operand: pipeline(value) };
}

function control(
  type: 'range' | 'if' | 'with',
  head: string,
  reader: Reader,
  depth: number,
): TemplateNode {
  const [, names = '', expression = head] =
    /^((?:\$\w+\s*,\s*)?\$\w+)\s*:=\s*(.*)$/s.exec(head) ?? [];
  const body = block(reader, depth + 1);
  let otherwise: readonly TemplateNode[] = [];
  if (body.end === 'else') otherwise = ended(block(reader, depth + 1)).nodes;
  else if (body.end?.startsWith('else if ')) {
    otherwise = [control('if', body.end.slice('else if '.length), reader, depth + 1)];
  } else ended(body);
  return {
    type,
    operand: pipeline(expression),
    names: names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    body: body.nodes,
    otherwise,
  };
}

function ended(part: { nodes: TemplateNode[]; end?: string }): { nodes: TemplateNode[] } {
  if (part.end !== 'end') throw refuse('unexpected EOF');
  return part;
}

const token = /\s*("(?:[^"\\]|\\.)*"|`[^`]*`|[()|]|[^\s()|"`]+)/y;

function pipeline(text: string): Operand {
  const words: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const match = token.exec(text);
    if (!match) throw refuse(`cannot read {{${text}}}`);
    words.push(match[1] ?? '');
  }
  const cursor = { words, at: 0 };
  const operand = pipes(cursor, 0);
  if (cursor.at < words.length) throw refuse(`cannot read {{${text}}}`);
  return operand;
}

interface Cursor {
  readonly words: readonly string[];
  at: number;
}

function pipes(cursor: Cursor, depth: number): Operand {
  if (depth > deepestNesting) throw refuse('nested too deeply');
  let operand = command(cursor, depth);
  while (cursor.words[cursor.at] === '|') {
    cursor.at += 1;
    const next = command(cursor, depth);
    if (next.type !== 'call') throw refuse('a pipe leads to a function');
    operand = { ...next, words: [...next.words, operand] };
  }
  return operand;
}

function command(cursor: Cursor, depth: number): Operand {
  const parts: Operand[] = [];
  for (;;) {
    const word = cursor.words[cursor.at];
    if (word === undefined || word === '|' || word === ')') break;
    cursor.at += 1;
    parts.push(word === '(' ? grouped(cursor, depth) : operandOf(word));
  }
  const [first, ...rest] = parts;
  if (!first) throw refuse('missing value for command');
  if (first.type === 'call' && first.words.length === 0) return { ...first, words: rest };
  if (rest.length > 0) throw refuse("can't give argument to non-function");
  return first;
}

function grouped(cursor: Cursor, depth: number): Operand {
  const inner = pipes(cursor, depth + 1);
  if (cursor.words[cursor.at] !== ')') throw refuse('unclosed left paren');
  cursor.at += 1;
  return inner;
}

function operandOf(word: string): Operand {
  if (word.startsWith('"')) return { type: 'constant', value: unquote(word) };
  if (word.startsWith('`')) return { type: 'constant', value: word.slice(1, -1) };
  if (/^[-+]?\d+(\.\d+)?$/.test(word)) return { type: 'constant', value: Number(word) };
  if (word === 'true' || word === 'false') return { type: 'constant', value: word === 'true' };
  const [, from = '', path = ''] =
    /^(\$\w*)?((?:\.[\p{L}_][\p{L}\p{Nd}_]*)*|\.)$/u.exec(word) ?? [];
  if (from !== '' || path !== '') {
    return { type: 'path', from, keys: path.split('.').filter((key) => key !== '') };
  }
  if (/^\w+$/.test(word)) return { type: 'call', name: word, words: [] };
  throw refuse(`unexpected ${JSON.stringify(word)} in operand`);
}

function unquote(word: string): string {
  return word
    .slice(1, -1)
    .replace(/\\(.)/gs, (_, sign: string) => ({ n: '\n', t: '\t', r: '\r' })[sign] ?? sign);
}
