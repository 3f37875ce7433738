import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../course.ts';

/** `2026-12-01T23:59`, seconds allowed: a time on the wall of the course's zone. */
const localTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/;

/** Answers remembered at most: the dates of some thousand assignments. */
const remembered = 10_000;
const instants = new Map<string, Instant>();

/** What a time stands for: an opening is for the learner's good when early, a deadline when late. */
export type Favour = 'early' | 'late';

/** Openings and releases come rather early than late, deadlines rather late than early. */
export const favours = {
  opensAt: 'early',
  dueAt: 'late',
  closesAt: 'late',
  gradesAt: 'early',
  explanationsAt: 'early',
} as const satisfies Record<string, Favour>;

/** Whether the name is one of the IANA time zones that this Node.js knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

export function isLocalTime(text: string): boolean {
  if (!localTime.test(text)) return false;
  try {
    Temporal.PlainDateTime.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

/**
 * The instant of a local time. One that daylight saving skips is moved on by the hour that is
 * missing (02:30 becomes 03:30); of one that comes twice, openings take the first and deadlines
 * the second.
 */
export function instantOf(local: string, timeZone: string, favour: Favour): Instant {
  return remember(`${local} ${timeZone} ${favour}`, () => {
    const disambiguation = favour === 'early' ? 'compatible' : 'later';
    const there = Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone, { disambiguation });
    return new Date(there.epochMilliseconds).toISOString();
  });
}

/** The same time on the wall that many days later. */
export function daysAfter(instant: Instant, days: number, timeZone: string): Instant {
  const there = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).add({ days });
  return new Date(there.epochMilliseconds).toISOString();
}

/** The same local time that many days later. */
export function localDaysAfter(local: string, days: number): string {
  const moved = Temporal.PlainDateTime.from(local).add({ days });
  return moved.toString({ smallestUnit: local.length > 16 ? 'second' : 'minute' });
}

function remember(name: string, compute: () => Instant): Instant {
  const known = instants.get(name);
  if (known !== undefined) return known;
  const found = compute();
  if (instants.size >= remembered) instants.clear();
  instants.set(name, found);
  return found;
}
