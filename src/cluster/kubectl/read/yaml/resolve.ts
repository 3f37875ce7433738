import type { ScalarNode } from './node.ts';
import { YamlError } from './yaml-error.ts';

/** What a scalar is worth in go-yaml v2: text, number, truth or nothing. */
export type ScalarValue = string | number | boolean | null;

/** A value with the tag that go-yaml gives it, `int`, `float`, `bool`, `null`, `str`, `timestamp`. */
interface Typed {
  readonly type: string;
  readonly value: ScalarValue;
}

const prefix = 'tag:yaml.org,2002:';
const resolvable = new Set(['', 'str', 'bool', 'int', 'float', 'null', 'timestamp']);

/** The value of a scalar by its form and tag: go-yaml v2's dialect of YAML 1.1 (resolve.go). */
export function scalarValue(node: ScalarNode): ScalarValue {
  const { tag, value } = node;
  if (tag === '' && !node.implicit) return value;
  if (tag !== '' && !tag.startsWith(prefix)) return value;
  const asked = tag.slice(prefix.length);
  if (asked === 'binary') return fromBase64(node);
  if (!resolvable.has(asked) || asked === 'str') return value;
  const typed = typeOf(value, asked);
  if (asked === '' || typed.type === asked) return typed.value;
  if (asked === 'float' && typed.type === 'int') return typed.value;
  const problem = `cannot decode !!${typed.type} \`${value}\` as a !!${asked}`;
  throw new YamlError('construct', problem, { offset: node.start, line: 0, column: 0 });
}

const truths = new Map<string, Typed>();
for (const word of ['y', 'yes', 'true', 'on']) addForms(word, { type: 'bool', value: true });
for (const word of ['n', 'no', 'false', 'off']) addForms(word, { type: 'bool', value: false });
addForms('null', { type: 'null', value: null });
truths.set('', { type: 'null', value: null });
truths.set('~', { type: 'null', value: null });
truths.set('<<', { type: 'merge', value: '<<' });
for (const [word, value] of [
  ['inf', Number.POSITIVE_INFINITY],
  ['nan', Number.NaN],
] as const) {
  const nan = word === 'nan';
  for (const form of [word, word.toUpperCase(), nan ? 'NaN' : 'Inf']) {
    truths.set(`.${form}`, { type: 'float', value });
    if (nan) continue;
    truths.set(`+.${form}`, { type: 'float', value });
    truths.set(`-.${form}`, { type: 'float', value: -value });
  }
}

function addForms(word: string, typed: Typed): void {
  const capital = word.charAt(0).toUpperCase() + word.slice(1);
  for (const form of [word, capital, word.toUpperCase()]) truths.set(form, typed);
}

const mayBeMore = /^[-+.0-9yYnNtTfFoO~<]|^$/;

function typeOf(text: string, asked: string): Typed {
  const plainText = { type: 'str', value: text };
  if (!mayBeMore.test(text)) return plainText;
  const known = text === '<<' ? undefined : truths.get(text);
  if (known) return known;
  const first = text.charAt(0);
  if (first === '.') return dotFloat(text) ?? plainText;
  if (!/[-+0-9]/.test(first)) return plainText;
  if ((asked === '' || asked === 'timestamp') && isTimestamp(text)) {
    return { type: 'timestamp', value: text };
  }
  return number(text.replaceAll('_', '')) ?? plainText;
}

function dotFloat(text: string): Typed | undefined {
  const value = Number(text);
  return /^\.[0-9]+([eE][-+]?[0-9]+)?$/.test(text) && Number.isFinite(value)
    ? { type: 'float', value }
    : undefined;
}

const integerForms: readonly (readonly [RegExp, number])[] = [
  [/^([-+]?)0[xX]([0-9a-fA-F]+)$/, 16],
  [/^([-+]?)0[bB]([01]+)$/, 2],
  [/^([-+]?)0[oO]?([0-7]+)$/, 8],
  [/^([-+]?)(0|[1-9][0-9]*)$/, 10],
];
const floatForm = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;

function number(text: string): Typed | undefined {
  return integer(text) ?? float(text);
}

/** Up to 64 bits; larger decimal ones become floats, larger others stay text. */
function integer(text: string): Typed | undefined {
  for (const [form, base] of integerForms) {
    const [, sign = '', digits] = form.exec(text) ?? [];
    if (digits === undefined) continue;
    const value = Number.parseInt(digits, base);
    const most = sign === '' ? 2 ** 64 : 2 ** 63;
    if (value >= most) continue;
    return { type: 'int', value: (sign === '-' ? -value : value) + 0 };
  }
  return undefined;
}

function float(text: string): Typed | undefined {
  const value = Number(text);
  return floatForm.test(text) && Number.isFinite(value)
    ? { type: 'float', value: value + 0 }
    : undefined;
}

const timestamp =
  /^\d{4}-(\d\d?)-(\d\d?)(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)| (\d\d?):(\d\d?):(\d\d?)(?:\.\d+)?)?$/;

/** A date, or a date with a time: go-yaml leaves both as text. */
const isTimestamp = (text: string): boolean => timestamp.test(text);

function fromBase64(node: ScalarNode): string {
  const compact = node.value.replaceAll(/[\r\n]/g, '');
  const wellFormed = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
  if (!wellFormed.test(compact)) {
    const problem = '!!binary value contains invalid base64 data';
    throw new YamlError('construct', problem, { offset: node.start, line: 0, column: 0 });
  }
  const bytes = Uint8Array.from(atob(compact), (character) => character.charCodeAt(0));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
