import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminToken, buildLab, type TestLab } from '../support/lab.ts';

let lab: TestLab;

beforeAll(async () => {
  lab = await buildLab();
});
afterAll(() => lab.close());

/** What writes nothing, or may be done to an archived course. */
const readOnly = /\/(copy|check|preview|erasure)$/;

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1, and every route under /v1 stands in it', async () => {
    const { body } = await lab.send({ url: '/openapi.json' });
    expect(body.openapi).toBe('3.1.0');
    const { valid, errors } = await new Validator().validate(body);
    expect(valid, JSON.stringify(errors)).toBe(true);
    for (const methods of Object.values<Record<string, { summary?: string; tags?: string[] }>>(
      body.paths,
    )) {
      for (const operation of Object.values(methods)) {
        expect(operation.summary).toBeTruthy();
        expect(operation.tags).toHaveLength(1);
      }
    }
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      expect(body.paths[path].get.security).toEqual([]);
    }
  });

  it('says of every write in a course that it may be archived', async () => {
    const { body } = await lab.send({ url: '/openapi.json' });
    const writing = Object.entries<Record<string, { responses: object }>>(body.paths)
      .filter(([path]) => path.startsWith('/v1/courses/{course}/') && !readOnly.test(path))
      .flatMap(([path, methods]) =>
        Object.entries(methods)
          .filter(([method]) => method !== 'get')
          .map(([method, { responses }]) => [`${method} ${path}`, Object.keys(responses)] as const),
      );
    expect(writing.length).toBeGreaterThan(30);
    expect(writing.filter(([, statuses]) => !statuses.includes('409'))).toEqual([]);
  });

  it('has pages', async () => {
    const page = await lab.send({ url: '/docs' });
    expect([200, 302]).toContain(page.status);
  });
});

describe('the process tells how it is', () => {
  it.each(['/healthz', '/readyz'])('%s', async (url) => {
    expect(await lab.send({ url })).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('in figures for Prometheus', async () => {
    await lab.send({ url: '/v1/exercises', token: adminToken });
    const { text } = await lab.send({ url: '/metrics' });
    for (const name of [
      'http_request_duration_seconds_bucket{',
      'service_lab_grading_duration_seconds_count',
      'service_lab_store_queue_length 0',
      'process_resident_memory_bytes',
    ]) {
      expect(text).toContain(name);
    }
  });
});

describe('every answer', () => {
  it('carries a request id: its own, or the harmless one that came', async () => {
    const given = await lab.send({ url: '/healthz', headers: { 'x-request-id': 'abc-1' } });
    expect(given.headers['x-request-id']).toBe('abc-1');
    const odd = await lab.send({ url: '/healthz', headers: { 'x-request-id': 'a\tb' } });
    expect(odd.headers['x-request-id']).not.toBe('a\tb');
  });

  it('is not sniffed and not kept by others', async () => {
    const { headers } = await lab.send({ url: '/v1/exercises', token: adminToken });
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('is compressed for who asks', async () => {
    const url = '/openapi.json';
    for (const encoding of ['gzip', 'br']) {
      const { headers } = await lab.send({ url, headers: { 'accept-encoding': encoding } });
      expect(headers['content-encoding']).toBe(encoding);
    }
  });
});

describe('the rate limit', () => {
  it('counts by token, says what is left, and refuses with a problem', async () => {
    const limited = await buildLab({ rateLimit: 2 });
    const ask = (token: string) => limited.send({ url: '/v1/exercises', token });
    const first = await ask(adminToken);
    expect(first.headers).toMatchObject({ 'ratelimit-limit': '2', 'ratelimit-remaining': '1' });
    await ask(adminToken);
    const refused = await ask(adminToken);
    expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask(limited.demo.instructor)).status).toBe(200);
    await ask('sl_wrong-1');
    await ask('sl_wrong-2');
    expect((await ask('sl_wrong-3')).status).toBe(429);
    await limited.close();
  });
});

describe('the exercises, as learners see them', () => {
  it('hold no answer', async () => {
    const token = lab.demo.learners[0]?.secret;
    const { body } = await lab.send({ url: '/v1/exercises', token });
    expect(body.items.length).toBeGreaterThanOrEqual(4);
    for (const { id } of body.items) {
      const { text } = await lab.send({ url: `/v1/exercises/${id}`, token });
      expect(text).not.toMatch(/"(correct|expect|reached|mutants|reason)"/);
    }
  });
});

describe('the playground', () => {
  it('answers any valid token, whatever kubectl says', async () => {
    const body = {
      steps: [{ verb: 'apply', text: 'kind: Nope' }, { command: 'kubectl get svc' }],
      ask: { dns: [['kubernetes.default.svc.cluster.local', 'A']] },
    };
    const token = lab.demo.learners[0]?.secret;
    const answer = await lab.send({ method: 'POST', url: '/v1/simulate', token, body });
    expect(answer.status).toBe(200);
    expect(answer.body.steps[0].exit).toBe(1);
    expect(answer.body.steps[1].stdout).toContain('kubernetes');
    expect(answer.body.dns[0].answer[0]).toContain('10.96.0.1');
  });

  it('refuses a place that no packet can come from', async () => {
    const body = {
      ask: { traffic: [{ from: 'mars', ask: [{ proto: 'tcp', addr: '1.2.3.4:5' }] }] },
    };
    const answer = await lab.send({ method: 'POST', url: '/v1/simulate', token: adminToken, body });
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid' } });
  });
});
