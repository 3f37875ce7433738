import { goQuote } from '../../api-server/field-error.ts';
import { isObject } from '../../json.ts';

const keysOf = (object: object): string[] =>
  Object.keys(object)
    .filter((key) => (object as Record<string, unknown>)[key] !== undefined)
    .sort();

/** encoding/json's Marshal of a decoded object: keys sorted, `<`, `>` and `&` escaped. */
export function goJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goJson).join(',')}]`;
  if (!isObject(value)) return goJsonScalar(value);
  return `{${keysOf(value)
    .map((key) => `${goJsonScalar(key)}:${goJson(value[key])}`)
    .join(',')}}`;
}

/** `kubectl -o json`: MarshalIndent by four blanks with a line end; nothing escaped for HTML. */
export const indentedJson = (value: unknown): string => `${indented(value, '')}\n`;

function indented(value: unknown, margin: string): string {
  const deeper = `${margin}    `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => deeper + indented(item, deeper)).join(',\n')}\n${margin}]`;
  }
  if (!isObject(value)) return goJsonScalar(value);
  const keys = keysOf(value);
  if (keys.length === 0) return '{}';
  const members = keys.map(
    (key) => `${deeper}${goJsonScalar(key)}: ${indented(value[key], deeper)}`,
  );
  return `{\n${members.join(',\n')}\n${margin}}`;
}

const htmlEscapes: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** Printable ASCII without anything that JSON or HTML would have escaped. */
const verbatim = /^[ !#-%'-;=?-[\]-~]*$/;

const goJsonScalar = (value: unknown): string =>
  typeof value === 'string' && verbatim.test(value)
    ? `"${value}"`
    : JSON.stringify(value ?? null).replace(
        /[<>&\u2028\u2029]/g,
        (sign) => htmlEscapes[sign] ?? sign,
      );

/** fmt's %v of a decoded JSON value. */
export function goValue(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goValue).join(' ')}]`;
  if (!isObject(value)) return String(value);
  return `map[${keysOf(value)
    .map((key) => `${key}:${goValue(value[key])}`)
    .join(' ')}]`;
}

/** fmt's %#v of a decoded JSON value. */
export function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (typeof value === 'string') return goQuote(value);
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (!isObject(value)) return String(value);
  return `map[string]interface {}{${keysOf(value)
    .map((key) => `${goQuote(key)}:${goSyntax(value[key])}`)
    .join(', ')}}`;
}
