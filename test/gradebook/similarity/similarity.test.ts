import { describe, expect, test } from 'vitest';
import type { GradingQuestion } from '../../../src/grading/verdict.ts';
import { FakeGrader, makeWorld } from '../world.ts';

/** Two variants, dealt by the first sign of the seed; every answer is worth five points. */
class VariantGrader extends FakeGrader {
  variants: readonly Record<string, string>[] = [{}];

  override grade(_exercise: unknown, question: GradingQuestion) {
    return super.grade(_exercise, { ...question, answer: { manifest: '5' } });
  }

  override parametersOf(_exercise?: unknown, seed = ''): Record<string, string> {
    return this.variants[Number.parseInt(seed[0] ?? '0', 16) % this.variants.length] ?? {};
  }
}

const manifest = (app: string, more = '') => `apiVersion: v1
kind: Service
metadata:
  name: ${app}-entry
spec:
  selector:
    app: ${app}
  ports:
  - port: 80
    targetPort: 8080
${more}`;

async function makeClass(names: readonly string[], variants: readonly Record<string, string>[]) {
  const grader = new VariantGrader();
  grader.variants = variants;
  const world = makeWorld({ grader });
  const course = await world.course();
  const instructor = await world.actor('instructor', course.id);
  const learners = new Map<string, Awaited<ReturnType<typeof world.actor>>>();
  for (const externalId of names) {
    const enrolment = await world.gradebook.createEnrolment(instructor, course.id, { externalId });
    learners.set(externalId, await world.actor('learner', course.id, enrolment.id));
  }
  const hand = (name: string, text: string) => course.submit(text, learners.get(name));
  const report = (ask: { strength?: number; part?: string } = {}) =>
    world.gradebook.similarity(instructor, course.id, course.assignment.id, ask);
  const seeds = (name: string) =>
    world.parts.hash(JSON.stringify(['selector', course.id, name]))[0] ?? '0';
  return { ...world, course, instructor, hand, report, seeds, grader };
}

const many = Array.from({ length: 30 }, (_, index) => `learner-${index}`);

/** An answer like nobody else's. */
const own = (index: number) =>
  Array.from({ length: 8 }, (_, line) => `key${index}x${line}: value${index * 7 + line}`).join(
    '\n',
  );

describe('two answers', () => {
  test.each([
    ['byte for byte', manifest('a'), manifest('a'), 'identical'],
    [
      'but for comments and blanks',
      manifest('a'),
      manifest('a', '\n\n# mine\n').replaceAll('  ', '    '),
      'equal-but-layout',
    ],
  ])('equal %s are told', async (_name, one, other, kind) => {
    const world = await makeClass(['ada2', 'bob'], [{}]);
    await world.hand('ada2', one);
    world.clock.now = new Date('2026-09-01T09:00:00Z');
    await world.hand('bob', other);
    const { pairs } = await world.report();
    expect(pairs).toMatchObject([
      {
        part: 'fix',
        sameVariant: true,
        first: { learner: { externalId: 'ada2' } },
        second: { learner: { externalId: 'bob' } },
      },
    ]);
    expect(pairs[0]?.reasons.map((reason) => reason.kind)).toContain(kind);
  });

  test('with the same comment and the same odd blanks are told with these', async () => {
    const world = await makeClass(many, [{}]);
    for (const [index, name] of many.entries()) await world.hand(name, own(index));
    const quirk = '# thank you, forum user 4711\nspec:  \n\t- strange';
    await world.hand('learner-3', `${own(103)}\n${quirk}`);
    await world.hand('learner-9', `${own(109)}\n${quirk}`);
    const { pairs, learners } = await world.report({ strength: 0.4 });
    expect(learners).toBe(30);
    expect(pairs).toHaveLength(1);
    const reasons = pairs[0]?.reasons ?? [];
    expect(reasons.find(({ kind }) => kind === 'comments')?.examples).toEqual([
      'thank you, forum user 4711',
    ]);
    expect(reasons.find(({ kind }) => kind === 'layout')?.examples).toContain('spec:  ');
  });

  test('that are nearly equal are told by their overlap', async () => {
    const world = await makeClass(many, [{}]);
    for (const [index, name] of many.entries()) await world.hand(name, own(index));
    const long = `${own(500)}\n${own(501)}\n${own(502)}`;
    await world.hand('learner-1', long);
    await world.hand('learner-2', long.replace('value3501', 'other'));
    const { pairs } = await world.report({ strength: 0.2 });
    expect(pairs).toHaveLength(1);
    expect(pairs[0]?.overlap).toBeGreaterThan(0.6);
    expect(pairs[0]?.reasons.map(({ kind }) => kind)).toEqual(['overlap']);
  });
});

describe('variants', () => {
  const variants = [{ app: 'pizzeria' }, { app: 'bakery' }];

  test('equal answers to different ones are found behind their names', async () => {
    const world = await makeClass(many, variants);
    const appOf = (name: string) => world.grader.parametersOf({}, world.seeds(name)).app ?? '';
    const first = many.find((name) => appOf(name) === 'pizzeria') ?? '';
    const second = many.find((name) => appOf(name) === 'bakery') ?? '';
    await world.hand(first, manifest('pizzeria'));
    await world.hand(second, manifest('bakery'));
    const { pairs } = await world.report();
    expect(pairs).toMatchObject([{ sameVariant: false }]);
    expect(pairs[0]?.reasons.map(({ kind }) => kind)).toContain('equal-under-variant');
  });

  test('an answer with the names of another variant stands out', async () => {
    const world = await makeClass(many, variants);
    const appOf = (name: string) => world.grader.parametersOf({}, world.seeds(name)).app ?? '';
    for (const name of many) await world.hand(name, manifest(appOf(name)));
    const thief = many.find((name) => appOf(name) === 'bakery') ?? '';
    await world.hand(thief, manifest('pizzeria'));
    const { pairs, common } = await world.report({ strength: 0.6 });
    expect(pairs.length).toBeGreaterThan(0);
    for (const { reasons, first, second } of pairs) {
      expect(reasons.find(({ kind }) => kind === 'foreign-names')?.examples).toEqual(['pizzeria']);
      expect([first, second].map(({ learner }) => learner.externalId)).toContain(thief);
    }
    expect(common[0]).toMatchObject({ part: 'fix', learners: 30 });
  });
});

test('the one answer that everybody finds is no pair, but told as common', async () => {
  const world = await makeClass(many, [{}]);
  for (const name of many) await world.hand(name, manifest('a'));
  const { pairs, common } = await world.report({ strength: 0.4 });
  expect(pairs).toEqual([]);
  expect(common).toMatchObject([{ learners: 30 }]);
});

test('nobody is compared with themselves, nor what was not written', async () => {
  const world = await makeClass(['bob'], [{}]);
  await world.hand('bob', manifest('a'));
  await world.hand('bob', manifest('a', '# again'));
  const { pairs, parts, answers } = await world.report({ strength: 0 });
  expect({ pairs, parts, answers }).toEqual({ pairs: [], parts: ['fix', 'why'], answers: 2 });
});

test('learners may not read it', async () => {
  const world = await makeClass(['bob'], [{}]);
  const { gradebook, course } = world;
  await expect(
    gradebook.similarity(course.learner, course.id, course.assignment.id, {}),
  ).rejects.toMatchObject({ code: 'forbidden' });
});
