import type { Instant } from '../course.ts';
import type { LatePolicy } from '../policy/policy.ts';
import { daysAfter } from '../policy/time-zone.ts';

/** The due date that holds for a learner, and what coming after it costs. */
export interface Deadline {
  readonly dueAt: Instant | undefined;
  readonly timeZone: string;
  readonly late: LatePolicy | undefined;
}

/** What a part is worth, to turn percent and the assignment's points into the part's points. */
export interface Scale {
  readonly partPoints: number;
  readonly assignmentPoints: number;
}

/** How late an answer is, and how much that takes off at most, in percent or points. */
export interface Lateness {
  /** Since the due date; 0 within it or its grace. */
  readonly minutes: number;
  /** In the policy's unit, the cap respected. */
  readonly amount: number;
}

const onTime: Lateness = { minutes: 0, amount: 0 };

/** Lateness is told by the due date as it is now, so that an extension given later heals it. */
export function latenessOf(at: Instant, { dueAt, timeZone, late }: Deadline): Lateness {
  if (dueAt === undefined || at <= dueAt) return onTime;
  const minutes = (Date.parse(at) - Date.parse(dueAt)) / 60_000;
  if (minutes <= (late?.graceMinutes ?? 0)) return onTime;
  if (late === undefined) return { minutes, amount: 0 };
  const amount = amountOff(late, { at, dueAt, timeZone, minutes });
  return { minutes, amount: Math.min(amount, late.cap ?? Number.POSITIVE_INFINITY) };
}

/** What points are left: never below the floor by lateness, never below nothing. */
export function afterLateness(
  points: number,
  { amount }: Lateness,
  late: LatePolicy | undefined,
  scale: Scale,
): number {
  if (late === undefined || amount === 0) return points;
  const floor = inPartPoints(late.floor ?? 0, late, scale);
  return points <= floor ? points : Math.max(floor, points - inPartPoints(amount, late, scale));
}

interface Delay {
  readonly at: Instant;
  readonly dueAt: Instant;
  readonly timeZone: string;
  readonly minutes: number;
}

function amountOff(late: LatePolicy, delay: Delay): number {
  switch (late.per) {
    case 'hour':
      return late.amount * Math.ceil(delay.minutes / 60);
    case 'day':
      return late.amount * daysBegun(delay);
    case 'step':
      return late.steps.reduce(
        (amount, step) => (delay.minutes > step.afterMinutes ? step.amount : amount),
        0,
      );
  }
}

/** Days of the calendar: two noons are a day apart, whatever daylight saving does between. */
function daysBegun({ at, dueAt, timeZone, minutes }: Delay): number {
  const ends = endsOfDays(dueAt, timeZone);
  let days = Math.max(1, Math.ceil(minutes / (24 * 60)));
  while (days > 1 && at <= ends(days - 1)) days--;
  while (at > ends(days)) days++;
  return days;
}

/** Due dates, and days after each, that are remembered at most: a report asks for the same few. */
const dueDates = 1000;
const daysRemembered = 400;
const known = new Map<Instant, Map<string, (days: number) => Instant>>();

/** When the days after a due date end, remembered because a report asks for each late answer. */
function endsOfDays(dueAt: Instant, timeZone: string): (days: number) => Instant {
  const there = known.get(dueAt)?.get(timeZone);
  if (there !== undefined) return there;
  const ends = new Map<number, Instant>();
  const endOf = (days: number): Instant => {
    const remembered = ends.get(days);
    if (remembered !== undefined) return remembered;
    const end = daysAfter(dueAt, days, timeZone);
    if (days <= daysRemembered) ends.set(days, end);
    return end;
  };
  if (known.size >= dueDates) known.clear();
  const zones = known.get(dueAt) ?? new Map<string, (days: number) => Instant>();
  known.set(dueAt, zones.set(timeZone, endOf));
  return endOf;
}

function inPartPoints(amount: number, { unit }: LatePolicy, scale: Scale): number {
  const whole = unit === 'percentage' ? 100 : scale.assignmentPoints;
  return whole === 0 ? 0 : (amount / whole) * scale.partPoints;
}
