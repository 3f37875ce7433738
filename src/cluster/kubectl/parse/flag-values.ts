import type { Flag } from '../command.ts';

/** What is wrong with a flag's value, in Go's words; undefined when it can be read. */
export function valueProblem(flag: Flag, value: string): string | undefined {
  return checks[flag.kind]?.(value);
}

const checks: Partial<Record<Flag['kind'], (value: string) => string | undefined>> = {
  int: (value) => {
    if (!/^[+-]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|[0-9]+)$/.test(value)) {
      return `strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`;
    }
    return Number.isSafeInteger(parseGoInt(value))
      ? undefined
      : `strconv.ParseInt: parsing ${JSON.stringify(value)}: value out of range`;
  },
  bool: (value) =>
    booleans.has(value)
      ? undefined
      : `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`,
  duration: (value) =>
    durationMilliseconds(value) === undefined ? durationProblem(value) : undefined,
};

const booleans: ReadonlyMap<string, boolean> = new Map([
  ...['1', 't', 'T', 'TRUE', 'true', 'True'].map((text) => [text, true] as const),
  ...['0', 'f', 'F', 'FALSE', 'false', 'False'].map((text) => [text, false] as const),
]);

/** strconv.ParseBool; an absent value is false. */
export const isTrue = (value: string | undefined): boolean =>
  value !== undefined && booleans.get(value) === true;

/** strconv.ParseInt with base 0: a leading 0 is octal. */
function parseGoInt(value: string): number {
  const negative = value.startsWith('-');
  const digits = value.replace(/^[+-]/, '');
  const octal = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  const size = Number(octal);
  return negative ? -size : size;
}

const unitMilliseconds: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Longer ones are no duration that anybody means. */
const longestDuration = 200;

/** time.ParseDuration in milliseconds; undefined when Go could not read it. */
function durationMilliseconds(value: string): number | undefined {
  const text = value.replace(/^[+-]/, '');
  if (text === '0') return 0;
  if (text.length > longestDuration) return undefined;
  if (!/^(?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)/g)) {
    total += Number(count) * (unitMilliseconds[unit ?? ''] ?? 0);
  }
  return value.startsWith('-') ? -total : total;
}

const durationProblem = (value: string): string =>
  /^[+-]?\d+(\.\d*)?$/.test(value)
    ? `time: missing unit in duration ${JSON.stringify(value)}`
    : `time: invalid duration ${JSON.stringify(value)}`;

/** A comma-separated value as encoding/csv reads one line: quotes keep commas together. */
export function splitList(value: string): string[] {
  if (value === '') return [];
  const items: string[] = [];
  let item = '';
  let quoted = false;
  for (const character of value) {
    if (character === '"') quoted = !quoted;
    else if (character === ',' && !quoted) {
      items.push(item);
      item = '';
    } else item += character;
  }
  return [...items, item];
}
