import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../src/limits.ts';
import { adminToken, buildLab, type TestLab, type TestRequest } from '../support/lab.ts';

let lab: TestLab;
let submissions: string;
let learner: string;

beforeAll(async () => {
  lab = await buildLab();
  const { courseId, assignments, learners } = lab.demo;
  submissions = `/v1/courses/${courseId}/assignments/${assignments[0]?.id}/submissions`;
  learner = learners[0]?.secret ?? '';
});
afterAll(() => lab.close());

const post = (body: unknown, more: Partial<TestRequest> = {}) =>
  lab.send({ method: 'POST', url: submissions, token: learner, body, ...more });

const answering = (manifest: string) => ({ part: 'service', answer: { manifest } });

describe('bad requests are answered as problems', () => {
  it.each([
    ['not JSON', '{"part":', {}, 400, 'malformed'],
    ['an empty body', '', {}, 400, 'malformed'],
    ['a form', 'a=b', { headers: { 'content-type': 'text/plain' } }, 415, 'unsupported-media-type'],
    ['an array', [], {}, 422, 'validation'],
    ['no part', { answer: { manifest: 'x' } }, {}, 422, 'validation'],
    ['a number for text', { part: 'service', answer: { manifest: 7 } }, {}, 422, 'validation'],
    [
      'two answers',
      { part: 'service', answer: { manifest: 'x', text: 'y' } },
      {},
      422,
      'validation',
    ],
    ['an unknown member', { ...answering('x'), extra: 1 }, {}, 422, 'validation'],
    ['an unknown part', { part: 'nope', answer: { manifest: 'x' } }, {}, 422, 'invalid'],
    [
      'somebody else as learner',
      { ...answering('x'), learner: { id: 'grace' } },
      {},
      422,
      'invalid',
    ],
    ['a bad key', answering('x'), { headers: { 'idempotency-key': 'a b' } }, 422, 'validation'],
    ['no token', answering('x'), { token: undefined }, 401, 'unauthenticated'],
    ['an unknown token', answering('x'), { token: `sl_${'x'.repeat(43)}` }, 401, 'unauthenticated'],
    [
      'an unknown course',
      answering('x'),
      { url: '/v1/courses/no/assignments/no/submissions' },
      404,
      'not-found',
    ],
    [
      'a method that is not taken',
      undefined,
      { method: 'DELETE', url: '/v1/courses' },
      405,
      'method-not-allowed',
    ],
    [
      'an address that is none',
      undefined,
      { method: 'GET', url: '/v1/courses/%ff' },
      404,
      'not-found',
    ],
    ['an unknown address', answering('x'), { url: '/v1/nothing' }, 404, 'not-found'],
  ] as const)('%s', async (_name, body, more, status, code) => {
    const answer = await post(body, more);
    expect(answer.status, answer.text).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ status, code, type: `/problems/${code}` });
    expect(answer.body.instance).toBe((more as Partial<TestRequest>).url ?? submissions);
    expect((await lab.send({ url: answer.body.type })).status).toBe(200);
  });

  it('a validation problem names every place', async () => {
    const { body } = await post({ part: 3, answer: { manifest: 'x' }, learner: { id: '' } });
    const pointers = body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers).toEqual(expect.arrayContaining(['#/part', '#/learner/id']));
  });

  it('says how to authenticate', async () => {
    const without = await lab.send({ url: '/v1/courses' });
    expect(without.headers['www-authenticate']).toBe('Bearer realm="service-lab"');
    const wrong = await lab.send({ url: '/v1/courses', token: 'sl_wrong' });
    expect(wrong.headers['www-authenticate']).toContain('error="invalid_token"');
  });

  it('a body of a megabyte is too large', async () => {
    expect(await post(answering('x'.repeat(1024 * 1024)))).toMatchObject({ status: 413 });
    const overText = await post(answering('x'.repeat(limits.textBytes + 1)));
    expect(overText).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '#/answer/manifest' }] },
    });
  });

  it.each([
    ['aliases', bomb()],
    ['depth', `a: ${'['.repeat(10_000)}`],
    ['block depth', Array.from({ length: 600 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['documents', '---\na: 1\n'.repeat(5000)],
    ['control characters', 'a: \u0000\u0007'],
    ['lone surrogates', 'a: "\ud800"'],
    ['prototype names', '__proto__: {a: 1}\nconstructor: {prototype: 2}\n'],
    ['nothing', ''],
    ['only a comment', '# hello'],
  ])('hostile YAML is rejected, not fatal: %s', async (_name, manifest) => {
    const answer = await post(answering(manifest));
    expect(answer.status, answer.text).toBe(201);
    expect(answer.body.outcome).toBe('rejected');
  });

  it('a learner cannot reach what is for staff', async () => {
    const { courseId } = lab.demo;
    for (const url of [`/v1/courses/${courseId}/gradebook`, '/v1/tokens', '/v1/audit']) {
      expect([403, 404]).toContain((await lab.send({ url, token: learner })).status);
    }
  });

  it('a foreign course is not there', async () => {
    const made = {
      method: 'POST',
      url: '/v1/courses',
      token: adminToken,
      body: { title: 'x' },
    } as const;
    const { id } = (await lab.send(made)).body;
    for (const token of [learner, lab.demo.instructor]) {
      expect((await lab.send({ url: `/v1/courses/${id}`, token })).status).toBe(404);
      expect((await lab.send({ url: `/v1/courses/${id}/gradebook`, token })).status).toBe(404);
    }
  });
});

/** Nine levels of nine aliases each: a text of 300 bytes that means 387 million nodes. */
function bomb(): string {
  const levels = 'abcdefghi'.split('');
  return levels
    .map((name, index) => {
      const below = levels[index - 1];
      const items = below ? Array(9).fill(`*${below}`) : Array(9).fill('"lol"');
      return `${name}: &${name} [${items.join(',')}]`;
    })
    .join('\n');
}
