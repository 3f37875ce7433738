import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterLateness, latenessOf } from '../../src/gradebook/grade/late.ts';
import type { LatePolicy } from '../../src/gradebook/index.ts';
import {
  daysAfter,
  favours,
  instantOf,
  isLocalTime,
  isTimeZone,
} from '../../src/gradebook/policy/time-zone.ts';

const due = '2026-09-01T12:00:00.000Z';
const scale = { partPoints: 10, assignmentPoints: 100 };

function left(points: number, late: LatePolicy, at: string, timeZone = 'UTC', dueAt = due) {
  const lateness = latenessOf(new Date(at).toISOString(), { dueAt, timeZone, late });
  return afterLateness(points, lateness, late, scale);
}

const perDay: LatePolicy = { per: 'day', unit: 'percentage', amount: 10 };
const perHour: LatePolicy = { per: 'hour', unit: 'percentage', amount: 5 };
const inPoints: LatePolicy = { per: 'day', unit: 'points', amount: 20 };
const steps: LatePolicy = {
  per: 'step',
  unit: 'percentage',
  steps: [
    { afterMinutes: 0, amount: 10 },
    { afterMinutes: 60, amount: 25 },
    { afterMinutes: 1440, amount: 100 },
  ],
};

describe('of 8 points of a part worth 10, in an assignment worth 100', () => {
  test.each<[why: string, policy: LatePolicy, at: string, left: number]>([
    ['on the dot', perDay, '2026-09-01T12:00:00Z', 8],
    ['a millisecond late is a day begun', perDay, '2026-09-01T12:00:00.001Z', 7],
    ['a day to the dot', perDay, '2026-09-02T12:00:00Z', 7],
    ['a day and a second', perDay, '2026-09-02T12:00:01Z', 6],
    ['never below nothing', perDay, '2026-10-01T12:00:00Z', 0],
    ['an hour begun', perHour, '2026-09-01T12:00:01Z', 7.5],
    ['two hours to the dot', perHour, '2026-09-01T14:00:00Z', 7],
    ['points of the assignment are shared by the parts', inPoints, '2026-09-01T13:00:00Z', 6],
    ['the first step', steps, '2026-09-01T12:30:00Z', 7],
    ['a step is passed, not reached', steps, '2026-09-01T13:00:00Z', 7],
    ['the second step', steps, '2026-09-01T13:00:01Z', 5.5],
    ['the last step', steps, '2026-09-03T12:00:00Z', 0],
    ['a cap', { ...perDay, cap: 25 }, '2026-09-30T12:00:00Z', 5.5],
    ['a floor', { ...perDay, floor: 50 }, '2026-09-30T12:00:00Z', 5],
    ['within the grace', { ...perDay, graceMinutes: 15 }, '2026-09-01T12:15:00Z', 8],
    ['past the grace', { ...perDay, graceMinutes: 15 }, '2026-09-01T12:15:01Z', 7],
    [
      'lateness counts from the due date',
      { ...perHour, graceMinutes: 30 },
      '2026-09-01T13:10:00Z',
      7,
    ],
  ])('%s', (_why, policy, at, expected) => {
    expect(left(8, policy, at)).toBeCloseTo(expected, 10);
  });

  test('a floor gives nobody more than they earned', () => {
    expect(left(3, { ...perDay, floor: 50 }, '2026-09-30T12:00:00Z')).toBe(3);
  });

  test('without a policy being late is told, and takes nothing off', () => {
    const lateness = latenessOf('2026-09-01T13:00:00.000Z', {
      ...{ dueAt: due, timeZone: 'UTC', late: undefined },
    });
    expect(lateness).toEqual({ minutes: 60, amount: 0 });
    expect(afterLateness(8, lateness, undefined, scale)).toBe(8);
  });
});

describe('a day late is a day of the calendar', () => {
  test.each<[why: string, zone: string, due: string, at: string, left: number]>([
    ['25 hours when clocks go back', 'Europe/Berlin', '2026-10-24T23:59', '2026-10-25T23:59', 7],
    ['and no minute more', 'Europe/Berlin', '2026-10-24T23:59', '2026-10-26T00:00', 6],
    ['23 hours when they go forward', 'Europe/Berlin', '2026-03-28T23:59', '2026-03-29T23:59', 7],
    ['and no minute more', 'Europe/Berlin', '2026-03-28T23:59', '2026-03-30T00:00', 6],
    ['in New York too', 'America/New_York', '2026-10-31T17:00', '2026-11-01T17:00', 7],
    ['half an hour in Lord Howe', 'Australia/Lord_Howe', '2026-04-04T12:00', '2026-04-05T12:00', 7],
    ['where clocks stay', 'Asia/Kathmandu', '2026-10-24T23:59', '2026-10-25T23:59', 7],
    ['a week later', 'Europe/Berlin', '2026-10-24T23:59', '2026-10-31T23:59', 1],
  ])('%s', (_why, zone, dueAt, at, expected) => {
    const instant = (local: string) => instantOf(local, zone, 'late');
    expect(left(8, perDay, instant(at), zone, instant(dueAt))).toBeCloseTo(expected, 10);
  });
});

describe('local times', () => {
  test.each<[why: string, local: string, zone: string, name: keyof typeof favours, is: string]>([
    ['winter', '2026-12-01T23:59', 'Europe/Berlin', 'dueAt', '2026-12-01T22:59:00.000Z'],
    ['summer', '2026-07-01T23:59', 'Europe/Berlin', 'dueAt', '2026-07-01T21:59:00.000Z'],
    ['skipped, moved on', '2026-03-29T02:30', 'Europe/Berlin', 'dueAt', '2026-03-29T01:30:00.000Z'],
    [
      'skipped, moved on',
      '2026-03-29T02:30',
      'Europe/Berlin',
      'opensAt',
      '2026-03-29T01:30:00.000Z',
    ],
    [
      'twice, a deadline is the second',
      '2026-10-25T02:30',
      'Europe/Berlin',
      'dueAt',
      '2026-10-25T01:30:00.000Z',
    ],
    [
      'twice, a close is the second',
      '2026-10-25T02:30',
      'Europe/Berlin',
      'closesAt',
      '2026-10-25T01:30:00.000Z',
    ],
    [
      'twice, an opening is the first',
      '2026-10-25T02:30',
      'Europe/Berlin',
      'opensAt',
      '2026-10-25T00:30:00.000Z',
    ],
    [
      'twice in New York',
      '2026-11-01T01:30',
      'America/New_York',
      'dueAt',
      '2026-11-01T06:30:00.000Z',
    ],
    ['quarter hours', '2026-09-01T12:00', 'Asia/Kathmandu', 'dueAt', '2026-09-01T06:15:00.000Z'],
    ['seconds', '2026-09-01T23:59:59', 'UTC', 'dueAt', '2026-09-01T23:59:59.000Z'],
    [
      'a day that Samoa skipped',
      '2011-12-30T12:00',
      'Pacific/Apia',
      'dueAt',
      '2011-12-30T22:00:00.000Z',
    ],
  ])('%s', (_why, local, zone, name, expected) => {
    expect(instantOf(local, zone, favours[name])).toBe(expected);
  });

  test.each([
    ['2026-09-01T08:00', true],
    ['2026-09-01T08:00:30', true],
    ['2026-09-01T08:00Z', false],
    ['2026-09-01T08:00+02:00', false],
    ['2026-02-30T08:00', false],
    ['2026-09-01T24:00', false],
    ['2026-09-01', false],
    ['', false],
  ])('%j is one: %j', (text, is) => {
    expect(isLocalTime(text)).toBe(is);
  });

  test.each([
    ['Europe/Berlin', true],
    ['UTC', true],
    ['Mars/Olympus', false],
    ['+02:00', false],
    ['', false],
    ['__proto__', false],
  ])('%j is a time zone: %j', (name, is) => {
    expect(isTimeZone(name)).toBe(is);
  });
});

const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe');
const minutes = fc.integer({ min: 0, max: 60 * 24 * 400 });

test('whatever the date, later is never worth more, and each day starts when one says', () => {
  fc.assert(
    fc.property(minutes, minutes, zones, (first, second, zone) => {
      const at = (offset: number) => new Date(Date.parse(due) + offset * 60_000).toISOString();
      const [sooner, later] = first <= second ? [first, second] : [second, first];
      const slow: LatePolicy = { per: 'day', unit: 'percentage', amount: 0.1 };
      expect(left(8, slow, at(later), zone)).toBeLessThanOrEqual(left(8, slow, at(sooner), zone));
      const days = 1 + (first % 300);
      const on = (instant: string) =>
        latenessOf(instant, { dueAt: due, timeZone: zone, late: perDay });
      const edge = daysAfter(due, days, zone);
      expect(on(edge).amount).toBe(10 * days);
      expect(on(new Date(Date.parse(edge) + 1).toISOString()).amount).toBe(10 * (days + 1));
    }),
    { seed: 8, numRuns: 200 },
  );
});
