import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Actor } from '../../../src/gradebook/index.ts';
import { admin, exercise } from '../world.ts';
import { makeReportingWorld } from './desk.ts';

type World = ReturnType<typeof makeReportingWorld>;
interface Course {
  readonly id: string;
  readonly assignments: readonly string[];
  readonly learners: readonly string[];
  readonly staff: Actor;
  readonly lms: Actor;
}

async function makeCourse(world: World): Promise<Course> {
  const { gradebook } = world;
  const { id } = await gradebook.createCourse(admin, { title: 'Networking' });
  const dueAt = '2026-09-02T08:00:00Z';
  const late = { per: 'day', unit: 'percentage', amount: 10 } as const;
  const asks = [{ dueAt, policy: { late } }, { mode: 'practice' }, {}] as const;
  const assignments = [];
  for (const ask of asks) {
    const made = await gradebook.createAssignment(admin, id, { exercise: exercise.id, ...ask });
    assignments.push(made.id);
  }
  const learners = [];
  for (const externalId of ['ada', 'bob', 'cyd']) {
    learners.push((await gradebook.createEnrolment(admin, id, { externalId })).id);
  }
  const staff = await world.actor('instructor', id);
  return { id, assignments, learners, staff, lms: await world.actor('lms', id) };
}

/** Everything a grade depends on, each as one deed of a learner, an assignment and a number. */
const deeds = {
  submit: ({ gradebook }: World, course: Course, at: At) =>
    gradebook.submit(course.lms, course.id, at.assignment, {
      ...{ part: 'fix', answer: { manifest: String(at.points) } },
      learner: { id: at.externalId },
    }),
  hint: ({ gradebook }: World, course: Course, at: At) =>
    gradebook
      .nextHint(course.lms, course.id, at.assignment, {
        ...{ part: 'fix', learner: { id: at.externalId } },
      })
      .catch(() => undefined),
  mark: ({ gradebook }: World, course: Course, at: At) =>
    gradebook.mark(course.staff, course.id, at.assignment, {
      ...{ learnerId: at.learner, part: 'fix', points: at.points },
    }),
  override: ({ gradebook }: World, course: Course, at: At) =>
    gradebook.giveOverride(course.staff, course.id, at.assignment, {
      ...{ learnerId: at.learner, reason: 'r' },
      ...(at.points > 8 ? { excused: true } : { points: at.points }),
    }),
  unoverride: async ({ gradebook }: World, course: Course) => {
    const { items } = await gradebook.overrides(course.staff, course.id);
    const standing = items.find(({ removedAt }) => removedAt === undefined);
    if (standing) await gradebook.removeOverride(course.staff, course.id, standing.id, 'r');
  },
  extend: ({ gradebook }: World, course: Course, at: At) =>
    gradebook
      .grantExtensions(course.staff, course.id, {
        ...{ assignmentIds: [course.assignments[0] ?? ''], learnerIds: [at.learner] },
        ...{ dueAt: `2026-09-1${at.points % 10}T08:00:00Z`, reason: 'r' },
      })
      .catch(() => undefined),
  policy: ({ gradebook }: World, course: Course, at: At) =>
    gradebook.updateAssignment(course.staff, course.id, at.assignment, {
      ...{ points: at.points + 1, policy: { counts: at.points % 2 ? 'last' : 'best' } },
    }),
  later: async ({ clock }: World) => {
    clock.now = new Date(clock.now.getTime() + 11 * 3_600_000);
  },
  report: async () => undefined,
} as const;

interface At {
  readonly assignment: string;
  readonly learner: string;
  readonly externalId: string;
  readonly points: number;
}

const script = fc.array(
  fc.record({
    deed: fc.constantFrom(...(Object.keys(deeds) as (keyof typeof deeds)[])),
    who: fc.nat(2),
    where: fc.nat(2),
    points: fc.nat(10),
  }),
  { minLength: 10, maxLength: 25 },
);

async function act(world: World, course: Course, one: { deed: keyof typeof deeds } & Choice) {
  await deeds[one.deed](world, course, {
    assignment: course.assignments[one.where] ?? '',
    learner: course.learners[one.who] ?? '',
    externalId: ['ada', 'bob', 'cyd'][one.who] ?? '',
    points: one.points,
  });
}

interface Choice {
  readonly who: number;
  readonly where: number;
  readonly points: number;
}

test('what is remembered is what is derived anew, and what the gradebook derives', async () => {
  await fc.assert(
    fc.asyncProperty(script, async (choices) => {
      const world = makeReportingWorld();
      const course = await makeCourse(world);
      for (const one of choices) {
        await act(world, course, one);
        if (one.deed !== 'report' && one !== choices.at(-1)) continue;
        const asked = { courseId: course.id, now: world.now(), role: 'instructor' } as const;
        const told = world.report({ ...asked, report: 'gradebook' });
        expect(told).toBe(world.fresh({ ...asked, report: 'gradebook' }));
        expect(told).toBe(world.inStretches({ ...asked, report: 'gradebook' }));
        const { rows, outOf } = await world.gradebook.grades(course.staff, course.id);
        const report = JSON.parse(told);
        expect(report.outOf).toBe(outOf);
        expect(
          report.learners.map(({ id, cells, score, outOf: own }: never) => [id, cells, score, own]),
        ).toEqual(
          rows.map(({ learner, cells, score, outOf: own }) => [learner.id, cells, score, own]),
        );
      }
    }),
    { seed: 20261124, numRuns: 8 },
  );
});

test('who keeps a cursor ends with the gradebook, whatever happens between the answers', async () => {
  await fc.assert(
    fc.asyncProperty(script, fc.integer({ min: 1, max: 4 }), async (choices, limit) => {
      const world = makeReportingWorld();
      const course = await makeCourse(world);
      const mirror = new Map<string, { score: number; outOf: number }>();
      let cursor: string | undefined;
      const sync = () => {
        const asked = { courseId: course.id, now: world.now(), role: 'lms', limit } as const;
        const from = cursor === undefined ? {} : { cursor };
        const page = JSON.parse(world.report({ ...asked, ...from, report: 'changes' }));
        for (const one of page.items) mirror.set(`${one.learnerId} ${one.assignmentId}`, one);
        cursor = page.next;
        return page.more as boolean;
      };
      for (const one of choices) {
        await act(world, course, one);
        sync();
      }
      while (sync());
      expect(JSON.parse(world.report(question(world, course, limit, cursor))).items).toEqual([]);
      const { rows } = await world.gradebook.grades(course.staff, course.id);
      for (const { learner, cells } of rows) {
        for (const { assignmentId, score, attempted, overridden } of cells) {
          const known = mirror.get(`${learner.id} ${assignmentId}`);
          if (attempted || overridden) expect(known).toBeDefined();
          if (known) expect(known.score).toBe(score);
        }
      }
    }),
    { seed: 20261124, numRuns: 8 },
  );
});

const question = (world: World, { id }: Course, limit: number, cursor: string | undefined) => ({
  ...({ report: 'changes', courseId: id, now: world.now(), role: 'lms', limit } as const),
  ...(cursor !== undefined && { cursor }),
});

test('what is withheld is told of when the clock releases it, page by page', async () => {
  const world = makeReportingWorld();
  const course = await makeCourse(world);
  const { gradebook, clock } = world;
  const held = { grades: '2026-09-20T00:00:00Z', explanations: 'manual' } as const;
  const second = course.assignments[2] ?? '';
  await gradebook.updateAssignment(admin, course.id, second, { release: held });
  for (const id of ['ada', 'bob', 'cyd']) {
    const ask = { part: 'fix', answer: { manifest: '4' }, learner: { id } };
    await gradebook.submit(course.lms, course.id, second, ask);
  }
  const all = (from?: string) => {
    const items: unknown[] = [];
    let page = JSON.parse(world.report(question(world, course, 2, from)));
    for (; page.more; page = JSON.parse(world.report(question(world, course, 2, page.next)))) {
      items.push(...page.items);
    }
    return { items: [...items, ...page.items], next: page.next as string };
  };
  const before = all();
  expect(before.items).toEqual([]);
  clock.now = new Date('2026-09-21T00:00:00Z');
  const after = all(before.next);
  expect(after.items).toHaveLength(3);
  expect(all(after.next).items).toEqual([]);
});

test.each([
  '',
  'x',
  Buffer.from('[1]').toString('base64url'),
  Buffer.from('{}').toString('base64url'),
])('a cursor that is none of ours is refused: %j', async (cursor) => {
  const world = makeReportingWorld();
  const course = await makeCourse(world);
  const asked = question(world, course, 5, cursor);
  expect(() => world.report({ ...asked, cursor })).toThrow(/none of ours/);
});
