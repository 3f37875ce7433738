import { describe, expect, it } from 'vitest';
import type { Assignment } from '../../../src/gradebook/course.ts';
import type { GradeFact } from '../../../src/gradebook/event.ts';
import type { Extension } from '../../../src/gradebook/extension.ts';
import { mayBeExplained } from '../../../src/gradebook/policy/explanation.ts';

const now = '2026-12-10T12:00:00.000Z';
const before = '2026-12-10T11:59:59.000Z';
const later = '2026-12-10T12:00:01.000Z';
const atOnce = { grades: 'at-once', explanations: 'at-once' };

const assignment = (more: object): Assignment =>
  ({
    parts: [
      { id: 'fix', points: 10 },
      { id: 'why', points: 5 },
    ],
    release: atOnce,
    ...more,
  }) as unknown as Assignment;

const attempt = (part: string, points: number, awaitsMarking = false): GradeFact =>
  ({ kind: 'attempt', part, points, awaitsMarking, order: 1, at: before }) as GradeFact;

const full = [attempt('fix', 10), attempt('why', 5)];
const extension = (more: object) => [more as Extension];

describe('a learner may be told the explanation', () => {
  const rows: readonly (readonly [string, object, readonly GradeFact[], Extension[], boolean])[] = [
    ['not before anything', {}, [], [], false],
    ['with full marks in every part', {}, full, [], true],
    ['not with full marks in one part', {}, [attempt('fix', 10)], [], false],
    ['not with part of the points', {}, [attempt('fix', 10), attempt('why', 4.5)], [], false],
    [
      'once a better attempt had them',
      {},
      [attempt('fix', 3), ...full, attempt('why', 0)],
      [],
      true,
    ],
    [
      'with a text that awaits its reader',
      {},
      [attempt('fix', 10), attempt('why', 1, true)],
      [],
      true,
    ],
    ['after the due date', { dueAt: before }, [], [], true],
    ['not before it', { dueAt: later }, [], [], false],
    ['not after the due date while it is open', { dueAt: before, closesAt: later }, [], [], false],
    ['after the close', { dueAt: before, closesAt: before }, [], [], true],
    ['not while they have an extension', { dueAt: before }, [], extension({ dueAt: later }), false],
    ['not with an extended close', { closesAt: before }, [], extension({ closesAt: later }), false],
    [
      'not before grades are released, full marks or not',
      { release: { grades: 'manual', explanations: 'at-once' } },
      full,
      [],
      false,
    ],
    [
      'not before explanations are',
      { dueAt: before, release: { grades: 'at-once', explanations: later } },
      full,
      [],
      false,
    ],
    [
      'after both were released by hand',
      {
        dueAt: before,
        release: {
          ...{ grades: 'manual', explanations: 'manual' },
          ...{ gradesReleasedAt: before, explanationsReleasedAt: before },
        },
      },
      [],
      [],
      true,
    ],
  ];
  it.each(rows)('%s', (_name, more, facts, extensions, expected) => {
    expect(mayBeExplained(assignment(more), facts, { extensions }, now)).toBe(expected);
  });
});
