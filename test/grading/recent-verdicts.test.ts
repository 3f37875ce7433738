import { expect, it } from 'vitest';
import { RecentVerdicts } from '../../src/grading/recent-verdicts.ts';
import type { Verdict } from '../../src/grading/verdict.ts';

const verdict = (points: number): Verdict => ({
  ...{ outcome: 'graded', points, maximum: 10, awaitsMarking: false },
  ...{ checks: [], findings: [], transcript: '' },
});

it('judges a question once while it is remembered', () => {
  const recent = new RecentVerdicts(100);
  const first = recent.of('question', () => verdict(1));
  expect(recent.of('question', () => verdict(2))).toBe(first);
  expect(recent.of('__proto__', () => verdict(3)).points).toBe(3);
});

it('forgets what was asked for longest ago once there are too many characters', () => {
  const recent = new RecentVerdicts(20);
  recent.of('aaaaaaaa', () => verdict(1));
  recent.of('bbbbbbbb', () => verdict(2));
  recent.of('aaaaaaaa', () => verdict(0));
  recent.of('cccccccc', () => verdict(3));
  expect(recent.of('aaaaaaaa', () => verdict(9)).points).toBe(1);
  expect(recent.of('bbbbbbbb', () => verdict(9)).points).toBe(9);
});

it('remembers no judgement that failed', () => {
  const recent = new RecentVerdicts(100);
  expect(() =>
    recent.of('question', () => {
      throw new Error('ours');
    }),
  ).toThrow('ours');
  expect(recent.of('question', () => verdict(4)).points).toBe(4);
});
