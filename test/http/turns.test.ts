import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EndTurn, type Party, TooBusy, Turns } from '../../src/http/turns.ts';

const wide = { atOnce: 1, burstMs: 50, waiting: 1000, longestWaitMs: 1e9 };
const of = (course: string, person: string): Party => ({ course, person });

/** Turns taken in one go, all but the first waiting; answers in which order they are granted. */
async function orderOf(turns: Turns, parties: readonly Party[]): Promise<string[]> {
  const order: string[] = [];
  const ends: EndTurn[] = [];
  const taken = parties.map(async (party) => {
    const end = await turns.take(party).catch(() => undefined);
    if (end === undefined) return;
    order.push(`${party.course}/${party.person}`);
    ends.push(end);
  });
  for (let quiet = 0; quiet < 3; ) {
    await new Promise(setImmediate);
    const end = ends.shift();
    if (end === undefined) quiet += 1;
    else end();
  }
  await Promise.all(taken);
  return order;
}

describe('turns', () => {
  it('are given at once while there is room', async () => {
    const turns = new Turns({ ...wide, atOnce: 2 }, () => 0);
    await turns.take(of('c', 'a'));
    await turns.take(of('c', 'a'));
    expect(turns.waiting).toBe(0);
    void turns.take(of('c', 'a'));
    expect(turns.waiting).toBe(1);
  });

  it('are given to fewer at once when each takes long', async () => {
    let now = 0;
    const turns = new Turns({ ...wide, atOnce: 8 }, () => now);
    for (let turn = 0; turn < 100; turn += 1) {
      const end = await turns.take(of('c', 'warm'));
      now += 25;
      end();
    }
    const some = Array.from({ length: 8 }, () => turns.take(of('c', 'a')));
    expect(turns.waiting).toBeGreaterThanOrEqual(5);
    const settled = await Promise.all(some.slice(0, 2));
    for (const end of settled) end();
    expect(turns.waiting).toBeLessThan(5);
  });

  it('go round by persons: one who asked first and often waits for everybody else’s first', async () => {
    const flood = Array.from({ length: 20 }, () => of('c', 'greedy'));
    const order = await orderOf(new Turns(wide, () => 0), [...flood, of('c', 'x'), of('c', 'y')]);
    expect(order.indexOf('c/x')).toBeLessThanOrEqual(3);
    expect(order.indexOf('c/y')).toBeLessThanOrEqual(3);
    expect(order).toHaveLength(22);
  });

  it('go round by courses: a large course leaves a small one every second turn', async () => {
    const large = Array.from({ length: 30 }, (_, index) => of('large', `p${index}`));
    const small = Array.from({ length: 5 }, () => of('small', 'x'));
    const order = await orderOf(new Turns(wide, () => 0), [...large, ...small]);
    expect(order.lastIndexOf('small/x')).toBeLessThanOrEqual(11);
  });

  it('are refused on arrival to whoever would wait too long, and to nobody else', async () => {
    let now = 0;
    const turns = new Turns({ ...wide, longestWaitMs: 150 }, () => now);
    for (let turn = 0; turn < 400; turn += 1) {
      const end = await turns.take(of('c', 'warm'));
      now += 50;
      end();
    }
    await turns.take(of('c', 'a'));
    void turns.take(of('c', 'a'));
    void turns.take(of('c', 'a'));
    const refused = Array.from({ length: 5 }, () => turns.take(of('c', 'a')));
    const last = await Promise.allSettled(refused.slice(2));
    expect(last.every(({ status }) => status === 'rejected')).toBe(true);
    const error = last[0]?.status === 'rejected' ? last[0].reason : undefined;
    expect(error).toBeInstanceOf(TooBusy);
    expect(error.retryAfterSeconds).toBeGreaterThanOrEqual(1);
    void turns.take(of('c', 'b'));
    expect(turns.waiting).toBeGreaterThanOrEqual(4);
  });

  it('when the line is full, are taken from who has most waiting, not from the newcomer', async () => {
    const turns = new Turns({ ...wide, waiting: 4 }, () => 0);
    await turns.take(of('c', 'a'));
    const greedy = Array.from({ length: 4 }, () => turns.take(of('c', 'a')));
    const settled = Promise.allSettled(greedy.slice(-1));
    void turns.take(of('c', 'b'));
    expect((await settled)[0]?.status).toBe('rejected');
    expect(turns.waiting).toBe(4);
    await expect(turns.take(of('c', 'a'))).rejects.toBeInstanceOf(TooBusy);
  });

  it('are each given once, and none is forgotten, whoever asks', async () => {
    const party = fc.record({
      course: fc.constantFrom('a', 'b', '__proto__'),
      person: fc.constantFrom('x', 'y', 'z'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(party, { maxLength: 40 }), async (parties) => {
        const turns = new Turns({ ...wide, atOnce: 3 }, () => 0);
        const order = await orderOf(turns, parties);
        const asked = parties.map(({ course, person }) => `${course}/${person}`);
        expect(order.toSorted()).toEqual(asked.toSorted());
        expect(turns.waiting).toBe(0);
      }),
      { seed: 11, numRuns: 60 },
    );
  });
});
