import { isObject } from '../../json.ts';
import { naturalOrder } from './yaml-key-order.ts';
import { stringScalar } from './yaml-scalar.ts';

/** JSON as `kubectl -o yaml` prints it (sigs.k8s.io/yaml over go-yaml v2), with a final line end. */
export function toYaml(value: unknown): string {
  return `${block(value, { indent: 0, column: 0, start: true })}\n`;
}

/** Where a value is written: `start` when it begins a line and so needs no line end before it. */
interface Place {
  readonly indent: number;
  readonly column: number;
  readonly start: boolean;
}

function block(value: unknown, place: Place): string {
  if (Array.isArray(value) && value.length > 0) return sequence(value, place);
  if (isObject(value) && Object.keys(value).some((key) => value[key] !== undefined)) {
    return mapping(value, place);
  }
  return scalar(value, place);
}

function mapping(object: Readonly<Record<string, unknown>>, { indent, start }: Place): string {
  const margin = ' '.repeat(indent);
  const keys = Object.keys(object).filter((key) => object[key] !== undefined);
  const lines = keys.sort(naturalOrder).map((key) => entry(key, object[key], indent));
  return (start ? '' : `\n${margin}`) + lines.join(`\n${margin}`);
}

/** Keys over 128 bytes are no simple keys: they stand behind a question mark of their own. */
function entry(key: string, value: unknown, indent: number): string {
  const simple = isShort(key) && !key.includes('\n');
  const name = stringScalar(key, { column: indent + 2, indent: indent + 2, key: simple });
  if (!simple) {
    const inner = block(value, { indent: indent + 2, column: indent + 2, start: true });
    return `? ${name}\n${' '.repeat(indent)}: ${inner}`;
  }
  return `${name}:${member(value, indent, indent + widthOf(name) + 1)}`;
}

/** At most 128 bytes of UTF-8; no character needs more than three for each of its UTF-16 units. */
const isShort = (key: string): boolean => key.length <= 42 || Buffer.byteLength(key) <= 128;

/** Characters, not UTF-16 units. */
const widthOf = (name: string): number =>
  /^[\x20-\x7e]*$/.test(name) ? name.length : [...name].length;

/** A sequence in a mapping is not indented; everything else is, by two. */
function member(value: unknown, indent: number, column: number): string {
  if (Array.isArray(value) && value.length > 0) {
    return sequence(value, { indent, column, start: false });
  }
  const text = block(value, { indent: indent + 2, column: column + 1, start: false });
  return text.startsWith('\n') && isObject(value) ? text : ` ${text}`;
}

function sequence(items: readonly unknown[], { indent, start }: Place): string {
  const margin = ' '.repeat(indent);
  const lines = items.map(
    (item) => `- ${block(item, { indent: indent + 2, column: indent + 2, start: true })}`,
  );
  return (start ? '' : `\n${margin}`) + lines.join(`\n${margin}`);
}

function scalar(value: unknown, { indent, column }: Place): string {
  if (typeof value === 'string') return stringScalar(value, { column, indent, key: false });
  if (Array.isArray(value)) return '[]';
  if (isObject(value)) return '{}';
  return value === null || value === undefined ? 'null' : numberText(value);
}

/** Go prints a float with an exponent of two digits at least: 1e+21. */
const numberText = (value: unknown): string => String(value).replace(/e([+-])(\d)$/, 'e$10$2');
