import { describe, expect, test } from 'vitest';
import type { NewAssignment } from '../../../src/gradebook/index.ts';
import { webhookEvents } from '../../../src/gradebook/index.ts';
import { makeRegradeWorld } from '../regrade/world.ts';
import { senderOf, types } from './world.ts';

async function listening(ask: Partial<NewAssignment> = {}) {
  const world = await makeRegradeWorld(ask);
  const endpoint = {
    ...{ id: 'w', courseId: world.course.id, url: 'https://lms.example.edu', secret: 'whsec_AAAA' },
    ...{ events: webhookEvents, revision: 1, createdAt: world.clock.now.toISOString() },
  };
  await world.store.addWebhook(endpoint, 1, {});
  const { deliver } = senderOf(world.parts);
  await world.course.submit('7');
  await deliver();
  world.grader.bonus = 1;
  return { ...world, deliver };
}

describe('a regrade', () => {
  test('is told of when it is applied, with the grades it changed; a dry run is not', async () => {
    const { dryRun, apply, deliver, course } = await listening();
    const regrade = await dryRun();
    expect(await deliver()).toEqual([]);
    await apply(regrade);
    const sent = await deliver();
    expect(types(sent).toSorted()).toEqual(['grade.changed', 'regrade.finished']);
    const finished = sent.find(({ type }) => type === 'regrade.finished');
    expect(finished?.data).toEqual({ courseId: course.id, regradeId: regrade.id });
    expect(await deliver()).toEqual([]);
  });

  test('of grades that are withheld is told of when they are released', async () => {
    const release = { grades: 'manual', explanations: 'manual' } as const;
    const { dryRun, apply, deliver, gradebook, instructor, course } = await listening({ release });
    await apply(await dryRun());
    expect(await deliver()).toEqual([]);
    await gradebook.releaseAssignment(instructor, course.id, course.assignment.id, {
      grades: true,
    });
    expect(types(await deliver()).toSorted()).toEqual(['grade.changed', 'regrade.finished']);
  });
});
