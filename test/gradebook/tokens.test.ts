import { describe, expect, test } from 'vitest';
import { hashSecret, newIdentity, newSecret } from '../../src/gradebook/index.ts';
import { admin, makeWorld } from './world.ts';

describe('a token', () => {
  test('is known by its secret, which is kept nowhere', async () => {
    const { gradebook, store } = makeWorld();
    const { token, secret } = await gradebook.createToken(admin, { role: 'author' });
    expect(await gradebook.authenticate(secret)).toEqual({
      tokenId: token.id,
      role: 'author',
      courseIds: [],
    });
    expect((await store.tokenByHash(hashSecret(secret)))?.id).toBe(token.id);
    const everything = [await gradebook.tokens(admin), await gradebook.audit(admin, {})];
    expect(JSON.stringify(everything)).not.toContain(secret);
    expect(JSON.stringify(everything)).not.toContain(hashSecret(secret));
  });

  test.each(['', 'secret-999', 'x'.repeat(100_000), '__proto__'])(
    '%.20j is nobody’s',
    async (secret) => {
      const { gradebook } = makeWorld();
      expect(await gradebook.authenticate(secret)).toBeUndefined();
    },
  );

  test('ends when it expires', async () => {
    const { gradebook, clock } = makeWorld();
    const expiresAt = '2026-09-01T09:00:00Z';
    const { secret } = await gradebook.createToken(admin, { role: 'author', expiresAt });
    clock.now = new Date('2026-09-01T08:59:59.999Z');
    expect(await gradebook.authenticate(secret)).toBeDefined();
    clock.now = new Date(expiresAt);
    expect(await gradebook.authenticate(secret)).toBeUndefined();
  });

  test('ends when it is revoked, once', async () => {
    const { gradebook, clock } = makeWorld();
    const { token, secret } = await gradebook.createToken(admin, { role: 'author' });
    const first = await gradebook.revokeToken(admin, token.id);
    clock.now = new Date('2026-09-05T08:00:00Z');
    expect(await gradebook.revokeToken(admin, token.id)).toEqual(first);
    expect(await gradebook.authenticate(secret)).toBeUndefined();
  });

  test('shows to the minute when it was last used', async () => {
    const { gradebook, clock, store } = makeWorld();
    const { token, secret } = await gradebook.createToken(admin, { role: 'author' });
    clock.now = new Date('2026-09-01T08:00:30Z');
    await gradebook.authenticate(secret);
    await gradebook.tidy();
    expect((await store.token(token.id))?.lastUsedAt).toBe('2026-09-01T08:00:30.000Z');
  });

  test.each([
    [{ role: 'learner' }, ['/courseId', '/learnerId']],
    [{ role: 'assistant' }, ['/courseId']],
    [{ role: 'author', expiresAt: 'tomorrow' }, ['/expiresAt']],
    [{ role: 'author', expiresAt: '2020-01-01T00:00:00Z' }, ['/expiresAt']],
    [{ role: 'author', learnerId: 'x' }, ['/learnerId']],
  ] as const)('%j is refused', async (ask, pointers) => {
    const { gradebook } = makeWorld();
    await expect(gradebook.createToken(admin, ask)).rejects.toMatchObject({
      code: 'invalid',
      pointers: pointers.map((pointer) => ({ pointer })),
    });
  });
});

describe('an instructor', () => {
  test('owns the courses they make', async () => {
    const { gradebook } = makeWorld();
    const { secret } = await gradebook.createToken(admin, { role: 'instructor' });
    const before = await gradebook.authenticate(secret);
    if (before === undefined) throw new Error('not known');
    expect((await gradebook.tokens(before)).items).toEqual([]);
    const { id } = await gradebook.createCourse(before, { title: 'Mine' });
    const after = await gradebook.authenticate(secret);
    expect(after?.courseIds).toEqual([id]);
    expect((await gradebook.courses(after ?? before)).items).toMatchObject([{ title: 'Mine' }]);
  });

  test('makes and revokes tokens of their own courses, and sees no others', async () => {
    const { gradebook, course, actor } = makeWorld();
    const [own, foreign] = [await course(), await course()];
    const instructor = await actor('instructor', own.id);
    const made = await gradebook.createToken(instructor, { role: 'lms', courseId: own.id });
    const seen = (await gradebook.tokens(instructor)).items;
    expect(seen.every(({ courseIds }) => courseIds[0] === own.id)).toBe(true);
    await gradebook.revokeToken(instructor, made.token.id);
    const theirs = { role: 'lms', courseId: foreign.id } as const;
    const refused = [
      gradebook.createToken(instructor, theirs),
      gradebook.createToken(instructor, { role: 'admin' }),
      gradebook.revokeToken(instructor, foreign.learner.tokenId),
    ];
    const codes = (await Promise.allSettled(refused)).map((one) =>
      one.status === 'rejected' ? one.reason.code : 'passes',
    );
    expect(codes).toEqual(['not-found', 'forbidden', 'not-found']);
  });
});

test('the operator’s admin token is adopted, and its forerunner ends', async () => {
  const { gradebook } = makeWorld();
  await gradebook.adoptAdminToken('first');
  await gradebook.adoptAdminToken('first');
  await gradebook.adoptAdminToken('second');
  expect(await gradebook.authenticate('first')).toBeUndefined();
  expect(await gradebook.authenticate('second')).toMatchObject({ role: 'admin' });
  await gradebook.adoptAdminToken('first');
  expect(await gradebook.authenticate('first')).toMatchObject({ role: 'admin' });
  expect(await gradebook.authenticate('second')).toBeUndefined();
});

test('secrets are 256 random bits behind a prefix, ids come in the order of time', () => {
  expect(newSecret()).toMatch(/^sl_[\w-]{43}$/);
  expect(newSecret()).not.toBe(newSecret());
  const ids = [1, 2, 3].map((time) => newIdentity(new Date(time)));
  expect(ids.toSorted()).toEqual(ids);
});
