/** Where in an object: grows like the API server's own paths, `spec.ports[0].name`, `labels[a/b]`. */
export interface FieldPath {
  readonly text: string;
  child(name: string, ...more: readonly string[]): FieldPath;
  index(position: number): FieldPath;
  key(name: string): FieldPath;
}

export const fieldPath = (text: string): FieldPath => new Path(text);

/** A class, because validation makes many and most are never read. */
class Path implements FieldPath {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  child(name: string, ...more: readonly string[]): FieldPath {
    const own = this.text === '' ? name : `${this.text}.${name}`;
    return new Path(more.length === 0 ? own : [own, ...more].join('.'));
  }

  index(position: number): FieldPath {
    return new Path(`${this.text}[${position}]`);
  }

  key(name: string): FieldPath {
    return new Path(`${this.text}[${name}]`);
  }
}

/** The reasons a cause of a 422 Status can have (apimachinery meta/v1 CauseType). */
export type FieldErrorReason =
  | 'FieldValueRequired'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueDuplicate'
  | 'FieldValueForbidden'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'FieldValueNotFound'
  | 'FieldValueTypeInvalid'
  | 'InternalError';

/**
 * One thing that validation holds against a field. `message` is the whole text after the path,
 * as it stands in a Status cause: `Invalid value: 0: must be between 1 and 65535, inclusive`.
 */
export interface FieldError {
  readonly reason: FieldErrorReason;
  readonly field: string;
  readonly message: string;
}

const withDetail = (text: string, detail: string): string => (detail ? `${text}: ${detail}` : text);

export const required = (path: FieldPath, detail = ''): FieldError => ({
  reason: 'FieldValueRequired',
  field: path.text,
  message: withDetail('Required value', detail),
});

export const invalid = (path: FieldPath, value: unknown, detail = ''): FieldError => ({
  reason: 'FieldValueInvalid',
  field: path.text,
  message: withDetail(`Invalid value: ${valueText(value)}`, detail),
});

export const notSupported = (
  path: FieldPath,
  value: unknown,
  supported: readonly string[],
): FieldError => ({
  reason: 'FieldValueNotSupported',
  field: path.text,
  message: withDetail(
    `Unsupported value: ${valueText(value)}`,
    supported.length ? `supported values: ${supported.map(goQuote).join(', ')}` : '',
  ),
});

export const duplicate = (path: FieldPath, value: unknown): FieldError => ({
  reason: 'FieldValueDuplicate',
  field: path.text,
  message: `Duplicate value: ${valueText(value)}`,
});

export const forbidden = (path: FieldPath, detail = ''): FieldError => ({
  reason: 'FieldValueForbidden',
  field: path.text,
  message: withDetail('Forbidden', detail),
});

export const tooLong = (path: FieldPath, bytes: number): FieldError => ({
  reason: 'FieldValueTooLong',
  field: path.text,
  message: `Too long: may not be more than ${bytes} bytes`,
});

/** A reference to something that the object itself does not have. */
export const notFound = (path: FieldPath, value: unknown): FieldError => ({
  reason: 'FieldValueNotFound',
  field: path.text,
  message: `Not found: ${valueText(value)}`,
});

export const tooMany = (path: FieldPath, count: number, most: number): FieldError => ({
  reason: 'FieldValueTooMany',
  field: path.text,
  message: `Too many: ${count}: must have at most ${most} ${most === 1 ? 'item' : 'items'}`,
});

/** A value as field errors print it since 1.34: strings quoted as Go does, all else as JSON. */
function valueText(value: unknown): string {
  if (typeof value === 'string') return goQuote(value);
  if (value === undefined || value === null) return 'null';
  return JSON.stringify(value);
}

const namedEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** A string as Go's %q prints it (strconv.Quote): non-printing characters escaped. */
export function goQuote(text: string): string {
  let out = '"';
  for (const character of text) out += namedEscapes[character] ?? escapeUnlessPrintable(character);
  return `${out}"`;
}

const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

function escapeUnlessPrintable(character: string): string {
  if (printable.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code > 0xffff
    ? `\\U${code.toString(16).padStart(8, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}
