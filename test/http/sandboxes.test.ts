import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { StandingAnswer } from '../../src/grading/verdict.ts';
import { limits } from '../../src/limits.ts';
import { adminToken, buildLab, type TestAnswer, type TestLab } from '../support/lab.ts';

let lab: TestLab;
let token: string;
let other: string;
let instructor: string;
let at: string;

beforeAll(async () => {
  lab = await buildLab();
  const { demo } = lab;
  const [ada, grace] = demo.learners;
  token = ada?.secret ?? '';
  other = grace?.secret ?? '';
  instructor = demo.instructor;
  at = `/v1/courses/${demo.courseId}/assignments/${demo.assignments[0]?.id}/sandbox`;
});
afterAll(() => lab.close());

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

const ask = (method: Method, url: string, as = token, body?: unknown): Promise<TestAnswer> =>
  lab.send({ method, url, token: as, ...(body !== undefined && { body }) });

async function made(as = token, body?: unknown, url = at): Promise<string> {
  const answer = await ask('POST', url, as, body);
  expect(answer.status, answer.text).toBe(201);
  return answer.body.id;
}

/** The path of the sandbox's API server, as its kubeconfig has it. */
async function serverOf(id: string, as = token): Promise<string> {
  const answer = await ask('GET', `/v1/sandboxes/${id}/kubeconfig`, as);
  expect(answer.status, answer.text).toBe(200);
  const { server } = parse(answer.text).clusters[0].cluster;
  return new URL(server).pathname;
}

const kube = (method: Method, url: string, body?: unknown) =>
  lab.send({ method, url, ...(body !== undefined && { body }) });

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web-service' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 80 }] },
};
const services = '/api/v1/namespaces/default/services';

async function remove(id: string, as = token): Promise<void> {
  expect((await ask('DELETE', `/v1/sandboxes/${id}`, as)).status).toBe(204);
}

describe('a sandbox of an assignment', () => {
  it('has the world of the exercise, and takes what kubectl sends', async () => {
    const id = await made();
    const server = await serverOf(id);
    const pods = await kube('GET', `${server}/api/v1/namespaces/default/pods`);
    expect(pods.body.items.length).toBeGreaterThan(0);
    expect((await kube('POST', server + services, service)).status).toBe(201);
    expect((await kube('GET', `${server}${services}/web-service`)).body.spec.type).toBe(
      'ClusterIP',
    );
    const { quotas } = (await ask('GET', `/v1/sandboxes/${id}`)).body;
    expect(quotas.objects.used).toBeGreaterThan(0);
    expect(quotas.bytes.used).toBeGreaterThan(100);
    await remove(id);
    expect((await kube('GET', `${server}/api`)).status).toBe(404);
  });

  it('is graded as it stands, as an attempt, once per key, and judged the same again', async () => {
    const id = await made();
    const server = await serverOf(id);
    const grade = (key: string) =>
      lab.send({
        ...{ method: 'POST', url: `/v1/sandboxes/${id}/grade`, token },
        headers: { 'idempotency-key': key },
      });
    const unchanged = await grade('a');
    expect(unchanged.body).toMatchObject({ outcome: 'rejected', attempts: { used: 0 } });
    await kube('POST', server + services, service);
    const first = await grade('b');
    expect(first.status, first.text).toBe(201);
    expect(first.body).toMatchObject({ outcome: 'graded', attempt: 1, points: 10, maximum: 10 });
    expect((await grade('b')).text).toBe(first.text);
    const read = await ask('GET', `/v1/submissions/${first.body.id}`);
    const { manifest, ...more } = read.body.answer;
    expect(more).toEqual({});
    expect(parse(manifest)).toMatchObject({ kind: 'Service', spec: { selector: { app: 'web' } } });
    const again = await ask('POST', `/v1/submissions/${first.body.id}/replay`, instructor);
    expect(again.body.same).toBe(true);
    const byManifest = await lab.send({
      ...{ method: 'POST', url: at.replace('sandbox', 'submissions'), token: other },
      body: { part: 'service', answer: { manifest: JSON.stringify(service) } },
    });
    const outcomes = ({ body }: TestAnswer) =>
      body.verdict.checks.map((one: { check: string; outcome: string }) => [
        one.check,
        one.outcome,
      ]);
    expect(outcomes(first)).toEqual(outcomes(byManifest));
    await remove(id);
  });

  it('takes Pods that are starting as started', async () => {
    const id = await made();
    const server = await serverOf(id);
    const deployments = `${server}/apis/apps/v1/namespaces/default/deployments`;
    const scale = { spec: { replicas: 4 } };
    const patched = await lab.app.inject({
      ...{ method: 'PATCH', url: `${deployments}/web-deployment`, payload: JSON.stringify(scale) },
      headers: { 'content-type': 'application/merge-patch+json' },
    });
    expect(patched.statusCode).toBe(200);
    await kube('POST', server + services, service);
    const graded = await ask('POST', `/v1/sandboxes/${id}/grade`);
    const kept = await lab.lab.store.submission(graded.body.id);
    const answer = kept?.answer as StandingAnswer;
    const pods = answer.cluster.objects.filter(({ resource }) => resource === 'pods');
    expect(pods).toHaveLength(1);
    expect(pods[0]?.object).toMatchObject({ status: { phase: 'Running' } });
    await remove(id);
  });

  it('goes back to its beginning, and to a snapshot; its kubeconfigs stay', async () => {
    const id = await made();
    const server = await serverOf(id);
    const names = async () =>
      (await kube('GET', server + services)).body.items.map(
        (one: { metadata: { name: string } }) => one.metadata.name,
      );
    await kube('POST', server + services, service);
    const snapshot = await ask('POST', `/v1/sandboxes/${id}/snapshots`, token, { name: 'done' });
    expect(snapshot.status, snapshot.text).toBe(201);
    const version = async () =>
      Number((await kube('GET', server + services)).body.metadata.resourceVersion);
    const before = await version();
    expect((await ask('POST', `/v1/sandboxes/${id}/reset`)).status).toBe(200);
    expect(await names()).toEqual(['kubernetes']);
    expect(await version()).toBeGreaterThan(before);
    const kept = `/v1/sandboxes/${id}/snapshots`;
    expect((await ask('POST', `${kept}/${snapshot.body.id}/restore`)).status).toBe(200);
    expect(await names()).toEqual(['kubernetes', 'web-service']);
    expect((await ask('GET', kept)).body.items).toEqual([snapshot.body]);
    expect((await ask('DELETE', `${kept}/${snapshot.body.id}`)).status).toBe(204);
    expect((await ask('POST', `${kept}/${snapshot.body.id}/restore`)).status).toBe(404);
    await remove(id);
  });

  it('is for parts that are done in a cluster', async () => {
    const answer = await ask('POST', at, token, { part: 'no-such' });
    expect(answer.status).toBe(422);
    expect(answer.body.errors[0]).toMatchObject({ pointer: '#/part' });
  });

  it('is another variant of nobody: staff try it out, and cannot hand it in', async () => {
    const id = await made(instructor);
    expect((await ask('POST', `/v1/sandboxes/${id}/grade`, instructor)).status).toBe(422);
    expect((await ask('GET', `/v1/sandboxes/${id}`, token)).status).toBe(404);
    await remove(id, instructor);
  });
});

describe('a free sandbox', () => {
  it('is empty, or has what was asked for', async () => {
    const id = await made(token, undefined, '/v1/sandboxes');
    const list = await kube('GET', `${await serverOf(id)}/api/v1/namespaces/default/pods`);
    expect(list.body.items).toEqual([]);
    await remove(id);
    const manifest = JSON.stringify(service);
    const other = await made(token, { manifest, platform: 'kind' }, '/v1/sandboxes');
    const there = await kube('GET', `${await serverOf(other)}${services}/web-service`);
    expect(there.status).toBe(200);
    await remove(other);
    const wrong = await ask('POST', '/v1/sandboxes', token, { manifest: 'kind: Nothing' });
    expect(wrong.status).toBe(422);
    expect(wrong.body.errors[0].pointer).toBe('#/manifest');
  });

  it('is its owner’s alone, and not more than so many', async () => {
    const ids: string[] = [];
    for (let count = 0; count < limits.sandbox.each; count += 1) {
      ids.push(await made(token, undefined, '/v1/sandboxes'));
    }
    const more = await ask('POST', '/v1/sandboxes');
    expect(more.status).toBe(409);
    for (const path of ['', '/kubeconfig', '/snapshots']) {
      expect((await ask('GET', `/v1/sandboxes/${ids[0]}${path}`, other)).status).toBe(404);
    }
    expect((await ask('GET', '/v1/sandboxes', other)).body.items).toEqual([]);
    const listed = (await ask('GET', '/v1/sandboxes')).body.items as { id: string }[];
    expect(listed.map(({ id }) => id).sort()).toEqual([...ids].sort());
    for (const id of ids) await remove(id);
  });

  it('lasts as long as it is told to', async () => {
    const id = await made(token, { minutes: 1 }, '/v1/sandboxes');
    const longer = await ask('PATCH', `/v1/sandboxes/${id}`, token, { minutes: 60 });
    const left = Date.parse(longer.body.expiresAt) - Date.now();
    expect(left).toBeGreaterThan(50 * 60_000);
    const most = limits.sandbox.mostMinutes + 1;
    expect((await ask('PATCH', `/v1/sandboxes/${id}`, token, { minutes: most })).status).toBe(422);
    await remove(id);
  });
});

describe('kubeconfigs', () => {
  it('have secrets of their own, and are revoked together', async () => {
    const id = await made();
    const [one, two] = [await serverOf(id), await serverOf(id)];
    expect(one).not.toBe(two);
    for (const server of [one, two]) expect((await kube('GET', `${server}/api`)).status).toBe(200);
    expect((await ask('DELETE', `/v1/sandboxes/${id}/kubeconfig`)).status).toBe(204);
    for (const server of [one, two]) {
      const answer = await kube('GET', `${server}/api`);
      expect(answer.body).toMatchObject({ kind: 'Status', code: 404 });
    }
    await remove(id);
  });

  it('are valid as a bearer token beside the id, and only there', async () => {
    const [id, second] = [await made(), await made()];
    const secret = (await serverOf(id)).split('/').at(-1);
    const get = (path: string, bearer?: string) =>
      lab.send({
        url: `/sandboxes/${path}/api`,
        ...(bearer !== undefined && { token: bearer }),
      });
    expect((await get(id, secret)).status).toBe(200);
    expect((await get(second, secret)).body).toMatchObject({ kind: 'Status', code: 401 });
    expect((await get(id, 'slk_wrong')).status).toBe(401);
    expect((await get(id)).status).toBe(401);
    expect((await get(id, token)).status).toBe(401);
    for (const name of [id, second]) await remove(name);
  });

  it('have a token where the server is reached by https, and never over http', async () => {
    const id = await made();
    const refused = await ask('GET', `/v1/sandboxes/${id}/kubeconfig?auth=token`);
    expect(refused.status).toBe(422);
    await remove(id);
  });

  it('are kept as hashes', async () => {
    const id = await made();
    const secret = (await serverOf(id)).split('/').at(-1) ?? '';
    const record = await lab.lab.store.sandboxByKubeconfig(lab.lab.parts.hash(secret));
    expect(record?.id).toBe(id);
    const audit = await ask('GET', `/v1/audit?limit=50`, adminToken);
    expect(audit.text).not.toContain(secret);
    await remove(id);
  });
});

describe('quotas', () => {
  it('of bytes answer 403 as a ResourceQuota does; deleting makes room', async () => {
    const id = await made(token, undefined, '/v1/sandboxes');
    const server = await serverOf(id);
    const maps = `${server}/api/v1/namespaces/default/configmaps`;
    const put = (name: string) =>
      kube('POST', maps, {
        ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } },
        data: { a: 'x'.repeat(700_000) },
      });
    expect((await put('one')).status).toBe(201);
    expect((await put('two')).status).toBe(201);
    const third = await put('three');
    expect(third.status).toBe(403);
    expect(third.body).toMatchObject({ kind: 'Status', reason: 'Forbidden', code: 403 });
    expect((await kube('DELETE', `${maps}/one`)).status).toBe(200);
    expect((await put('three')).status).toBe(201);
    await remove(id);
  });

  it('of requests answer 429 with Retry-After; others are served meanwhile', async () => {
    const [busy, calm] = [await made(token), await made(other)];
    const [server, others] = [await serverOf(busy), await serverOf(calm, other)];
    let refused: TestAnswer | undefined;
    for (let count = 0; count < 2000 && !refused; count += 1) {
      const answer = await kube('GET', `${server}/version`);
      if (answer.status !== 200) refused = answer;
    }
    expect(refused?.status).toBe(429);
    expect(refused?.body).toMatchObject({ kind: 'Status', reason: 'TooManyRequests' });
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await kube('GET', `${others}/version`)).status).toBe(200);
    await remove(busy);
    await remove(calm, other);
  });
});
