import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminToken, buildLab, type TestLab } from '../support/lab.ts';

let lab: TestLab;
let course: string;
let assignment: string;
let tokens: Record<'instructor' | 'assistant' | 'lms', string>;

beforeAll(async () => {
  lab = await buildLab();
  course = lab.demo.courseId;
  assignment = lab.demo.assignments[0]?.id ?? '';
  const token = async (role: string) =>
    (await post('/v1/tokens', { role, courseId: course })).body.secret as string;
  tokens = {
    instructor: await token('instructor'),
    assistant: await token('assistant'),
    lms: await token('lms'),
  };
});
afterAll(() => lab.close());

const post = (url: string, body: unknown, token = adminToken, headers = {}) =>
  lab.send({ method: 'POST', url, token, body, headers });
const hooks = () => `/v1/courses/${course}/webhooks`;
const url = 'https://lms.example.edu/hooks';

describe('webhooks over HTTP', () => {
  test('are made, read, changed and removed; the secret is shown once', async () => {
    const made = await post(hooks(), { url, description: 'LMS' }, tokens.lms);
    expect(made.status).toBe(201);
    expect(made.body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(made.body.events).toHaveLength(4);
    const at = made.headers.location as string;
    const read = await lab.send({ url: at, token: tokens.lms });
    expect(read.body).toMatchObject({ url, description: 'LMS', revision: 1 });
    expect(read.text).not.toContain('whsec_');
    const list = await lab.send({ url: hooks(), token: tokens.instructor });
    expect(list.body.items.map(({ id }: { id: string }) => id)).toContain(made.body.id);
    const change = { method: 'PATCH', url: at, token: tokens.lms } as const;
    const headers = { 'if-match': read.headers.etag as string };
    const off = await lab.send({ ...change, headers, body: { enabled: false } });
    expect(off.body).toMatchObject({ disabledBecause: 'asked', revision: 2 });
    expect((await lab.send({ ...change, headers, body: { enabled: true } })).status).toBe(412);
    expect((await post(`${at}/test`, undefined, tokens.lms)).status).toBe(409);
    const on = await lab.send({ ...change, body: { enabled: true, description: null } });
    expect(on.body).not.toHaveProperty('disabledAt');
    expect(on.body).not.toHaveProperty('description');
    expect((await lab.send({ method: 'DELETE', url: at, token: tokens.lms })).status).toBe(204);
    expect((await lab.send({ url: at, token: tokens.lms })).status).toBe(404);
  });

  test('a retry under its Idempotency-Key makes one, and shows no secret', async () => {
    const headers = { 'idempotency-key': 'one' };
    const first = await post(hooks(), { url }, tokens.instructor, headers);
    const second = await post(hooks(), { url }, tokens.instructor, headers);
    expect(second.body.id).toBe(first.body.id);
    expect(second.body).not.toHaveProperty('secret');
  });

  test('a new secret is another one, and the old one is dated', async () => {
    const made = await post(hooks(), { url }, tokens.instructor);
    const rotated = await post(
      `${hooks()}/${made.body.id}/rotate-secret`,
      { oldSecretHours: 1 },
      tokens.instructor,
    );
    expect(rotated.status).toBe(200);
    expect(rotated.body.secret).toMatch(/^whsec_/);
    expect(rotated.body.secret).not.toBe(made.body.secret);
    expect(rotated.body.oldSecretUntil).toBeDefined();
    expect(rotated.body).not.toHaveProperty('oldSecret');
  });

  test.each([
    ['http://lms.example.edu/hooks', 'plain http'],
    ['https://127.0.0.1/', 'this machine'],
    ['https://2130706433/', 'this machine as one number'],
    ['https://0x7f.1/', 'this machine in hexadecimal'],
    ['https://localhost/', 'this machine by name'],
    ['https://10.1.2.3/', 'a private network'],
    ['https://169.254.169.254/latest/meta-data', 'cloud metadata'],
    ['https://[::1]/', 'IPv6 loopback'],
    ['https://[::ffff:10.0.0.1]/', 'IPv4 in IPv6'],
    ['https://[fe80::1]/', 'link-local'],
    ['https://user:secret@example.org/', 'a password'],
    ['ftp://example.org/', 'another scheme'],
    ['not an address', 'no address'],
  ])('%s is refused: %s', async (wrong) => {
    const answer = await post(hooks(), { url: wrong }, tokens.instructor);
    expect(answer.status).toBe(422);
    expect(answer.body.errors[0].pointer).toBe('#/url');
  });

  test('are no business of assistants, other courses, or nobody', async () => {
    expect((await post(hooks(), { url }, tokens.assistant)).status).toBe(403);
    const other = (await post('/v1/courses', { title: 'Other' })).body.id;
    const foreign = await post(`/v1/courses/${other}/webhooks`, { url }, tokens.lms);
    expect(foreign.status).toBe(404);
    expect((await lab.send({ url: hooks() })).status).toBe(401);
    const made = await post(hooks(), { url }, tokens.lms);
    const elsewhere = `/v1/courses/${other}/webhooks/${made.body.id}`;
    expect((await lab.send({ url: elsewhere, token: adminToken })).status).toBe(404);
  });

  test('a test event is a delivery that can be listed, read and replayed', async () => {
    const made = await post(hooks(), { url }, tokens.lms);
    const at = `${hooks()}/${made.body.id}`;
    const sent = await post(`${at}/test`, undefined, tokens.lms);
    expect(sent.status).toBe(202);
    const detail = await lab.send({ url: sent.headers.location as string, token: tokens.lms });
    expect(detail.body).toMatchObject({ event: 'webhook.test', state: 'pending', attempts: [] });
    expect(JSON.parse(detail.body.body)).toMatchObject({ type: 'webhook.test' });
    const list = await lab.send({ url: `${at}/deliveries?state=pending`, token: tokens.lms });
    expect(list.body.items).toHaveLength(1);
    const none = await lab.send({ url: `${at}/deliveries?state=failed`, token: tokens.lms });
    expect(none.body.items).toHaveLength(0);
    const again = await post(`${detail.body.id}`, {}, tokens.lms);
    expect(again.status).toBe(404);
    const replay = await post(`${at}/deliveries/${detail.body.id}/replay`, undefined, tokens.lms);
    expect(replay.status).toBe(202);
    const wrong = await post(`${at}/replay`, { since: '2999-01-01T00:00:00Z' }, tokens.lms);
    expect(wrong.status).toBe(422);
    const all = await post(`${at}/replay`, { since: '2020-01-01T00:00:00Z' }, tokens.lms);
    expect(all.body).toEqual({ deliveries: 0, truncated: false });
  });
});

describe('launch links', () => {
  const launches = () => `/v1/courses/${course}/assignments/${assignment}/launches`;
  const learner = { id: 'lms-77', name: 'Grace <b>' };

  test('let one learner in, once', async () => {
    const made = await post(launches(), { learner, tokenMinutes: 30 }, tokens.lms);
    expect(made.status).toBe(201);
    const opened = await lab.send({
      method: 'POST',
      url: '/v1/launches/open',
      body: { code: made.body.code },
    });
    expect(opened.status).toBe(201);
    const token = opened.body.secret as string;
    const own = await lab.send({ url: `/v1/courses/${course}/progress`, token });
    expect(own.body.learner.externalId).toBe('lms-77');
    expect((await lab.send({ url: hooks(), token })).status).toBe(403);
    const twice = await lab.send({
      method: 'POST',
      url: '/v1/launches/open',
      body: { code: made.body.code },
    });
    expect(twice.status).toBe(404);
  });

  test('are a page that looking at does not spend', async () => {
    const made = await post(launches(), { learner }, tokens.lms);
    const page = new URL(made.body.url).pathname;
    for (let looks = 0; looks < 2; looks += 1) {
      const looked = await lab.send({ url: page });
      expect(looked.status).toBe(200);
      expect(looked.headers['content-type']).toContain('text/html');
      expect(looked.text).toContain('<form method="post">');
    }
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const opened = await lab.send({ method: 'POST', url: page, headers: form });
    expect(opened.status).toBe(200);
    expect(opened.text).toMatch(/TOKEN=sl_/);
    expect(opened.headers['content-security-policy']).toContain("default-src 'none'");
    const twice = await lab.send({ method: 'POST', url: page, headers: form });
    expect(twice.status).toBe(404);
    expect(twice.headers['content-type']).toContain('text/html');
  });

  test('are made by staff and the LMS for learners of the course alone', async () => {
    expect((await post(launches(), { learner }, tokens.assistant)).status).toBe(403);
    expect((await post(launches(), {}, tokens.lms)).status).toBe(422);
    const long = await post(launches(), { learner, linkMinutes: 99_999 }, tokens.lms);
    expect(long.status).toBe(422);
    const ask = { externalId: 'prof', role: 'instructor' };
    await post(`/v1/courses/${course}/enrolments`, ask, tokens.lms);
    const staff = await post(launches(), { learner: { id: 'prof' } }, tokens.lms);
    expect(staff.status).toBe(422);
    expect((await lab.send({ url: '/launch/unknown' })).status).toBe(404);
  });
});
