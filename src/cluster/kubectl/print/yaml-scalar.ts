import { isWordOfOther, readsAsOther } from './yaml-resolve.ts';

/** Where a scalar stands: its column counts characters from 0, `indent` is that of its own lines. */
export interface ScalarPlace {
  readonly column: number;
  readonly indent: number;
  readonly key: boolean;
}

const bestWidth = 80;

/** A string as go-yaml v2 writes it: plain, quoted or as a literal block, folded after column 80. */
export function stringScalar(text: string, place: ScalarPlace): string {
  if (nameLike.test(text) && !isWordOfOther(text)) return text;
  const allowed = analyse(text);
  if (text.includes('\n')) {
    return allowed.block && !place.key ? literal(text, place.indent) : doubleQuoted(text, place);
  }
  if (readsAsOther(text)) return doubleQuoted(text, place);
  if (allowed.plain && !(text === '' && place.key)) return folded(text, place, plainStyle);
  return allowed.single
    ? `'${folded(text.replaceAll("'", "''"), { ...place, column: place.column + 1 }, singleStyle)}'`
    : doubleQuoted(text, place);
}

/** Most of what objects hold: no blank to fold at, no sign that YAML or a number could begin with. */
const nameLike = /^[A-Za-z][\w./-]*$/;

interface Allowed {
  readonly plain: boolean;
  readonly single: boolean;
  readonly block: boolean;
}

/** libyaml's analysis of a scalar in block context (yaml_emitter_analyze_scalar). */
function analyse(text: string): Allowed {
  const special = unprintable.test(text);
  const spaceBreak = / \n/.test(text);
  const breakSpace = /\n /.test(text);
  const hard = special || spaceBreak;
  const edge = /^[ \n]|[ \n]$/.test(text);
  return {
    plain: !hard && !edge && !breakSpace && !text.includes('\n') && !hasIndicator(text),
    single: !hard && !breakSpace,
    block: !hard && text !== '' && !text.endsWith(' '),
  };
}

const hasIndicator = (text: string): boolean =>
  /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[?:-](?:[ \n]|$))|:(?:[ \n]|$)|[ \n]#/.test(text);

const unprintable = /[^\n\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u;

type FoldStyle = (text: string, at: number) => boolean;
const plainStyle: FoldStyle = (text, at) => text[at + 1] !== ' ';
const singleStyle: FoldStyle = (text, at) => at > 0 && at < text.length - 1 && text[at + 1] !== ' ';

/** Breaks the line at the first single blank after column 80. */
function folded(text: string, place: ScalarPlace, mayBreak: FoldStyle): string {
  if (place.key || place.column + text.length <= bestWidth) return text;
  let out = '';
  let { column } = place;
  let spaces = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    const blank = character === ' ';
    if (blank && !spaces && column > bestWidth && mayBreak(text, at)) {
      out += `\n${' '.repeat(place.indent)}`;
      column = place.indent;
    } else {
      out += character;
      column += isLowSurrogate(character) ? 0 : 1;
    }
    spaces = blank;
  }
  return out;
}

const isLowSurrogate = (character: string): boolean =>
  character >= '\udc00' && character <= '\udfff';

/** Nothing to escape: printable ASCII without quotation mark and backslash. */
const verbatim = /^[ !#-[\]-~]*$/;

function doubleQuoted(text: string, place: ScalarPlace): string {
  const fits = place.key || place.column + text.length < bestWidth;
  if (fits && verbatim.test(text)) return `"${text}"`;
  const characters = [...text];
  let out = '"';
  let column = place.column + 1;
  let spaces = false;
  characters.forEach((character, at) => {
    const inside = at > 0 && at < characters.length - 1;
    if (character === ' ' && !place.key && !spaces && column > bestWidth && inside) {
      out += `\n${' '.repeat(place.indent)}${characters[at + 1] === ' ' ? '\\' : ''}`;
      column = place.indent;
    } else {
      const written = escaped(character);
      out += written;
      column += [...written].length;
    }
    spaces = character === ' ';
  });
  return `${out}"`;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['\0', '\\0'],
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\v', '\\v'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ['\u001b', '\\e'],
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\u0085', '\\N'],
  ['\u2028', '\\L'],
  ['\u2029', '\\P'],
]);

function escaped(character: string): string {
  const known = escapes.get(character);
  if (known !== undefined) return known;
  if (!unprintable.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

function literal(text: string, indent: number): string {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const chomp = text.endsWith('\n') ? (/(?:^|\n)\n$/.test(text) ? '+' : '') : '-';
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  const body = lines.map((line) => (line === '' ? '' : ' '.repeat(indent) + line));
  return `|${hint}${chomp}\n${body.join('\n')}`;
}
