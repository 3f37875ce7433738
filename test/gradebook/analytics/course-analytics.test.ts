import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/cluster/finding.ts';
import type { Verdict } from '../../../src/grading/verdict.ts';
import { makeReportingWorld } from '../reporting/desk.ts';
import { admin, exercise, FakeGrader } from '../world.ts';

/** Answers are words: the checks they pass of a (6 points) and b (4 points), then finding codes. */
class WordGrader extends FakeGrader {
  override grade(_exercise: unknown, { answer }: Parameters<FakeGrader['grade']>[1]): Verdict {
    const [passed = '', ...codes] = ('manifest' in answer ? answer.manifest : '').split(' ');
    const findings = codes.map((code): Finding => ({ code, severity: 'error' }));
    const checks = (
      [
        ['a', 6],
        ['b', 4],
      ] as const
    ).map(([check, maximum]) => {
      const outcome = passed.includes(check) ? ('passed' as const) : ('failed' as const);
      return { check, outcome, points: outcome === 'passed' ? maximum : 0, maximum, findings: [] };
    });
    const points = checks.reduce((sum, one) => sum + one.points, 0);
    const rejected = passed === 'refused';
    return {
      outcome: rejected ? 'rejected' : 'graded',
      ...{ points: rejected ? 0 : points, maximum: 10, awaitsMarking: false },
      ...{ checks: rejected ? [] : checks, findings, transcript: '' },
    };
  }
}

/** Minutes from the beginning, who, which assignment (0 or 1), the answer. */
const handedIn = [
  [0, 'ada', 0, 'ab'],
  [0, 'bob', 0, 'a port'],
  [10, 'bob', 0, 'a port'],
  [30, 'bob', 0, 'ab'],
  [0, 'cyd', 0, '- selector port'],
  [20, 'cyd', 0, 'a selector'],
  [0, 'dan', 0, 'refused yaml-tab'],
  [5, 'dan', 0, '- selector'],
  [0, 'ada', 1, 'ab'],
  [0, 'bob', 1, 'ab'],
  [0, 'cyd', 1, '- selector'],
  [0, 'dan', 1, 'b'],
] as const;

async function taughtWorld() {
  const variantOf = (_key: unknown, seed: string) => (seed.charCodeAt(0) < 56 ? 0 : 1);
  const library = { list: () => [exercise], newest: () => exercise, find: () => exercise };
  const world = makeReportingWorld({
    grader: new WordGrader(),
    library: { ...library, variantOf },
  });
  const { gradebook, clock } = world;
  const course = await gradebook.createCourse(admin, { title: 'Networking' });
  const assignments = [];
  for (const title of ['First', 'Second']) {
    assignments.push(
      await gradebook.createAssignment(admin, course.id, { exercise: exercise.id, title }),
    );
  }
  const begin = clock.now.getTime();
  const lms = await world.actor('lms', course.id);
  for (const [id, name] of [
    ['ada', 'Ada Lovelace'],
    ['bob', 'Bob'],
    ['cyd', 'Cyd'],
    ['dan', 'Dan'],
    ['eve', 'Eve'],
  ] as const) {
    await gradebook.createEnrolment(admin, course.id, { externalId: id, name });
  }
  for (const [minutes, id, which, manifest] of handedIn) {
    clock.now = new Date(begin + minutes * 60_000);
    const ask = { part: 'fix', answer: { manifest }, learner: { id } };
    await gradebook.submit(lms, course.id, assignments[which]?.id ?? '', ask);
  }
  const asked = { courseId: course.id, now: world.now(), role: 'instructor' } as const;
  const assignmentId = assignments[0]?.id ?? '';
  const ofCourse = JSON.parse(world.report({ ...asked, report: 'analytics' }));
  const ofFirst = JSON.parse(
    world.report({ ...asked, report: 'assignment-analytics', assignmentId }),
  );
  return { ...world, course, assignments, asked, ofCourse, ofFirst, lms };
}

describe('analytics of a course, against numbers worked out by hand', () => {
  test('tell of each part what docs/analytics.md defines', async () => {
    const { ofCourse } = await taughtWorld();
    // First attempts at the first: ada 10, bob 6, cyd 0, dan 0 of 10; at the second 10, 10, 0, 4.
    const [first, second] = ofCourse.items;
    expect(first).toMatchObject({
      ...{ title: 'First', part: 'fix', learners: 4, attempts: 7, refused: 1 },
      ...{ partly: 3, solved: 2, difficulty: 0.4 },
      attemptsToPass: { mean: 2, median: 2 },
      minutesToPass: { median: 15 },
    });
    expect(second).toMatchObject({ learners: 4, difficulty: 0.6, solved: 2, partly: 3 });
    // x = 1, .6, 0, 0 beside y = 10, 10, 0, 4: deviations .6, .2, -.4, -.4 and 4, 4, -6, -2.
    const expected = (0.6 * 4 + 0.2 * 4 + 0.4 * 6 + 0.4 * 2) / Math.sqrt(0.72 * 72);
    expect(first.discrimination).toBeCloseTo(expected, 10);
  });

  test('tell of each check', async () => {
    const { ofCourse, assignments } = await taughtWorld();
    const [a, b] = ofCourse.checks.filter(
      (one: { assignmentId: string }) => one.assignmentId === assignments[0]?.id,
    );
    expect(a).toMatchObject({ check: 'a', learners: 4, difficulty: 0.5, skipped: 0 });
    expect(b).toMatchObject({ check: 'b', learners: 4, difficulty: 0.25 });
    // x = 1, 1, 0, 0; all points less the check's own: 20-6, 16-6, 0, 4.
    const y = [14, 10, 0, 4];
    const spread = y.reduce((sum, one) => sum + (one - 7) ** 2, 0);
    const together = 0.5 * (7 + 3 + 7 + 3);
    expect(a.discrimination).toBeCloseTo(together / Math.sqrt(1 * spread), 10);
  });

  test('tell what is misunderstood, by how many and until when', async () => {
    const { ofFirst, ofCourse } = await taughtWorld();
    expect(ofFirst.misconceptions).toMatchObject([
      {
        ...{ code: 'port', learners: 2, answers: 3, resolved: 2, open: 0 },
        persists: { medianAnswers: 1.5, medianMinutes: 5 },
      },
      {
        ...{ code: 'selector', learners: 2, answers: 3, resolved: 0, open: 2 },
        persists: { medianAnswers: 1.5, medianMinutes: 10 },
      },
      { code: 'yaml-tab', learners: 1, answers: 1, resolved: 1, open: 0 },
    ]);
    expect(ofCourse.misconceptions[0]).toMatchObject({
      ...{ code: 'selector', learners: 2, answers: 4, open: 3 },
    });
  });

  test('tell how far the learners of an assignment came', async () => {
    const { ofFirst } = await taughtWorld();
    expect(ofFirst.funnel).toEqual({
      ...{ enrolled: 5, began: 4, answered: 4, attempted: 4, partly: 3, solved: 0 },
    });
  });

  test('put wrong answers together by what was wrong with them', async () => {
    const { ofFirst } = await taughtWorld();
    const told = ofFirst.clusters.map(({ failed, codes, learners, answers, example }: never) => [
      ...[failed, codes, learners, answers, example],
    ]);
    expect(told).toContainEqual([['b'], ['port'], 1, 2, 'a port']);
    expect(told).toContainEqual([[], ['yaml-tab'], 1, 1, 'refused yaml-tab']);
    expect(told).toContainEqual([['a', 'b'], ['selector'], 1, 1, '- selector']);
  });

  test('compare variants with each other', async () => {
    const { ofFirst } = await taughtWorld();
    const learners = ofFirst.variants.map((one: { learners: number }) => one.learners);
    expect(learners.reduce((sum: number, one: number) => sum + one, 0)).toBe(4);
    for (const { learners: n, difficulty, difference } of ofFirst.variants) {
      if (n === 4) expect(difference).toBeNull();
      else expect(difference).toBeCloseTo(difficulty - (1.6 - difficulty * n) / (4 - n), 10);
    }
  });
});

test('what is remembered gives way to the next answer', async () => {
  const { report, fresh, asked, gradebook, course, assignments, lms } = await taughtWorld();
  const ask = { part: 'fix', answer: { manifest: 'refused new' }, learner: { id: 'eve' } };
  await gradebook.submit(lms, course.id, assignments[0]?.id ?? '', ask);
  const told = report({ ...asked, report: 'analytics' });
  expect(told).toBe(fresh({ ...asked, report: 'analytics' }));
  expect(told).toContain('"code":"new"');
});
