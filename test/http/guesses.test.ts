import { afterEach, describe, expect, it } from 'vitest';
import { Guesses } from '../../src/http/guesses.ts';
import { limits } from '../../src/limits.ts';
import { adminToken, buildLab, type TestLab } from '../support/lab.ts';

const { free, firstWaitMs, longestWaitMs, forgottenAfterMs, addresses } = limits.guesses;

function clocked() {
  const clock = { now: 1_000_000 };
  return { clock, guesses: new Guesses(() => clock.now) };
}

describe('guesses', () => {
  it('cost nothing at first, then twice as long each time, up to a bound', () => {
    const { clock, guesses } = clocked();
    for (let count = 1; count < free; count += 1) guesses.wrong('a');
    expect(guesses.waitOf('a', 'guess')).toBe(0);
    guesses.wrong('a');
    const first = guesses.waitOf('a', 'guess');
    expect(first).toBe(firstWaitMs / 1000);
    clock.now += firstWaitMs;
    expect(guesses.waitOf('a', 'guess')).toBe(0);
    guesses.wrong('a');
    expect(guesses.waitOf('a', 'guess')).toBe(2 * first);
    for (let count = 0; count < 60; count += 1) guesses.wrong('a');
    expect(guesses.waitOf('a', 'guess')).toBe(longestWaitMs / 1000);
  });

  it('of one address hinder neither another nor a token that was valid lately', () => {
    const { guesses } = clocked();
    guesses.right('mine');
    for (let count = 0; count < free + 5; count += 1) guesses.wrong('a');
    expect(guesses.waitOf('b', 'guess')).toBe(0);
    expect(guesses.waitOf('a', 'mine')).toBe(0);
    expect(guesses.waitOf('a', 'guess')).toBeGreaterThan(0);
  });

  it('are forgotten after a while without any', () => {
    const { clock, guesses } = clocked();
    for (let count = 0; count < free + 5; count += 1) guesses.wrong('a');
    clock.now += forgottenAfterMs;
    guesses.wrong('a');
    expect(guesses.waitOf('a', 'guess')).toBe(0);
  });

  it('from ever new addresses fill no memory', () => {
    const { guesses } = clocked();
    for (let count = 0; count < free; count += 1) guesses.wrong('first');
    for (let count = 0; count < addresses; count += 1) guesses.wrong(`address-${count}`);
    expect(guesses.waitOf('first', 'guess')).toBe(0);
  });
});

describe('over HTTP', () => {
  let lab: TestLab;
  afterEach(() => lab.close());

  it('a guesser is told to wait; the valid token beside it goes on', async () => {
    lab = await buildLab();
    const ask = (token: string) => lab.send({ url: '/v1/courses', token });
    expect((await ask(adminToken)).status).toBe(200);
    const statuses: number[] = [];
    for (let count = 0; count <= free; count += 1) {
      statuses.push((await ask(`sl_guess_${count}`)).status);
    }
    expect(statuses[0]).toBe(401);
    const refused = await ask('sl_another');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect((await ask(adminToken)).status).toBe(200);
  });
});
