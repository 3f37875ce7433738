import { goQuote } from '../field-error.ts';
import { DecodeError } from './type-error.ts';

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(Z|([+-])(\d\d):(\d\d))$/;

/**
 * Reads an RFC 3339 time and writes it as the API does: UTC, with `digits` digits of a second.
 * Throws Go's parse error for anything else.
 */
export function readTime(text: string, digits: 0 | 6): string {
  const match = rfc3339.exec(text);
  if (!match) throw new DecodeError(parseError(text));
  const at = Date.parse(text.replace(',', '.'));
  if (Number.isNaN(at))
    throw new DecodeError(`parsing time ${goQuote(text)}: ${outOfRange(match)}`);
  const utc = new Date(at).toISOString().slice(0, 19);
  if (digits === 0) return `${utc}Z`;
  return `${utc}.${(match[7] ?? '').padEnd(6, '0').slice(0, 6)}Z`;
}

function outOfRange([, , month = '', day = '', hour = '', minute = '']: readonly string[]): string {
  if (Number(month) < 1 || Number(month) > 12) return 'month out of range';
  if (Number(hour) > 23) return 'hour out of range';
  if (Number(minute) > 59) return 'minute out of range';
  return Number(day) > 0 ? 'day out of range' : 'second out of range';
}

/** The pieces of Go's layout, in order, and what of the text each takes. */
const layout: readonly (readonly [string, RegExp])[] = [
  ['2006', /^\d{4}/],
  ['-', /^-/],
  ['01', /^\d\d/],
  ['-', /^-/],
  ['02', /^\d\d/],
  ['T', /^T/],
  ['15', /^\d\d?/],
  [':', /^:/],
  ['04', /^\d\d/],
  [':', /^:/],
  ['05', /^\d\d(?:[.,]\d+)?/],
  ['Z07:00', /^(?:Z|[+-]\d\d:\d\d)/],
];

/** `parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"`. */
function parseError(text: string): string {
  let rest = text;
  for (const [piece, takes] of layout) {
    const taken = takes.exec(rest);
    if (!taken) {
      return `parsing time ${goQuote(text)} as "2006-01-02T15:04:05Z07:00": cannot parse ${goQuote(rest)} as "${piece}"`;
    }
    rest = rest.slice(taken[0].length);
  }
  return `parsing time ${goQuote(text)}: extra text: ${goQuote(rest)}`;
}
