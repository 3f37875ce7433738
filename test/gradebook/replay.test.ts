import { expect, test } from 'vitest';
import type { Verdict } from '../../src/grading/verdict.ts';
import { admin, FakeGrader, makeWorld } from './world.ts';

test('the same engine gives the same verdict, to the byte', async () => {
  const { course, gradebook } = makeWorld();
  const { submit } = await course();
  for (const text of ['7', 'rejected']) {
    const { submission } = await submit(text);
    const replay = await gradebook.replay(admin, submission.id);
    expect(replay).toMatchObject({ same: true, engineThen: 'engine-1', engineNow: 'engine-1' });
    expect(replay.now).toEqual(replay.kept);
  }
});

test('it is asked what it was asked then', async () => {
  const { course, gradebook, grader } = makeWorld();
  const { submit } = await course();
  const { submission } = await submit('7');
  await gradebook.replay(admin, submission.id);
  expect(grader.asked[1]).toEqual(grader.asked[0]);
});

test('a new engine that judges otherwise is seen, in value or only in order', async () => {
  const grader = new FakeGrader();
  const { course, gradebook } = makeWorld({ grader });
  const { submit } = await course();
  const { submission, verdict } = await submit('7');
  grader.engineVersion = 'engine-2';
  grader.grade = () =>
    Object.fromEntries(Object.entries(verdict ?? {}).reverse()) as unknown as Verdict;
  expect(await gradebook.replay(admin, submission.id)).toMatchObject({
    same: false,
    engineThen: 'engine-1',
    engineNow: 'engine-2',
  });
});

test('a fault can be replayed once the engine is mended', async () => {
  const { course, gradebook, grader } = makeWorld();
  const { submit } = await course();
  const { submission } = await submit('boom');
  expect(await gradebook.replay(admin, submission.id)).toMatchObject({
    same: false,
    error: 'the engine broke',
  });
  const mended = new FakeGrader().grade({}, { part: 'fix', seed: 's', answer: { manifest: '6' } });
  grader.grade = () => mended;
  expect(await gradebook.replay(admin, submission.id)).toMatchObject({ same: false, now: mended });
});
