import { limits } from '../limits.ts';
import type { Page, PageAsk, Placed, Slice } from './ports.ts';
import { Refusal } from './refusal.ts';

/** Rows of a page when none are asked for. */
const usualRows = 50;

/** The slice of a page, one row more than asked to know whether there are more. */
export function sliceOf(ask: PageAsk): Slice {
  const limit = Math.min(Math.max(1, Math.trunc(ask.limit ?? usualRows)), limits.pageRows) + 1;
  return ask.cursor === undefined ? { limit } : { limit, after: placeOf(ask.cursor) };
}

export function pageOf<T>(rows: readonly Placed<T>[], slice: Slice): Page<T> {
  const shown = rows.slice(0, slice.limit - 1);
  const last = shown.at(-1);
  const items = shown.map((row) => row.value);
  return last === undefined || rows.length === shown.length
    ? { items }
    : { items, next: Buffer.from(`p${last.place}`).toString('base64url') };
}

function placeOf(cursor: string): number {
  const [, digits] = /^p(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (digits !== undefined) return Number(digits);
  const detail = 'must be the `next` of an earlier page';
  throw new Refusal('invalid', 'The cursor is none of ours.', [{ pointer: '/cursor', detail }]);
}
