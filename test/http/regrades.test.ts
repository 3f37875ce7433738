import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/grading/verdict.ts';
import { buildLab, type TestAnswer, type TestLab } from '../support/lab.ts';

let lab: TestLab;
let course: string;
let assignment: string;

const answer = `apiVersion: v1
kind: Service
metadata: { name: web-service }
spec:
  selector: { app: web }
  ports: [{ port: 80, targetPort: 80 }]
`;

beforeAll(async () => {
  lab = await buildLab();
  course = `/v1/courses/${lab.demo.courseId}`;
  const found = lab.demo.assignments.find(({ exerciseId }) => exerciseId === 'first-clusterip');
  assignment = found?.id ?? '';
  const token = lab.demo.learners[0]?.secret;
  const body = { part: 'service', answer: { manifest: answer } };
  const url = `${course}/assignments/${assignment}/submissions`;
  const handed = await lab.send({ method: 'POST', url, token, body });
  expect(handed.status).toBe(201);
  expect(handed.body.score.points).toBeGreaterThan(0);
});
afterAll(() => lab.close());

const post = (url: string, body?: object, token = lab.demo.instructor) =>
  lab.send({ method: 'POST', url, token, ...(body !== undefined && { body }) });
const get = (url: string, headers: Record<string, string> = {}) =>
  lab.send({ url, token: lab.demo.instructor, headers });

/** From now on the engine takes a point off every check that passed. */
function engineTakes(points: number): void {
  const { grader } = lab.lab.parts;
  const grade = grader.grade.bind(grader);
  Object.assign(grader, {
    grade(...asked: Parameters<typeof grade>): Verdict {
      const verdict = grade(...asked);
      const checks = verdict.checks.map((one) => ({ ...one, points: one.points - points }));
      return { ...verdict, points: verdict.points - points * checks.length, checks };
    },
  });
}

async function ready(body: object): Promise<TestAnswer> {
  const started = await post(`${course}/regrades`, body);
  expect(started.status, started.text).toBe(202);
  await lab.lab.gradebook.regradesIdle();
  return get(String(started.headers.location));
}

const ask = { keep: 'as-judged', reason: 'Every check was worth too much.' };

describe('a regrade', () => {
  it('is a dry run first, then applied by whoever names it', async () => {
    engineTakes(1);
    const run = await ready({ ...ask, scope: { assignmentIds: [assignment] } });
    expect(run.body).toMatchObject({ state: 'ready', stale: [], counts: { changes: 1 } });
    const url = `${course}/regrades/${run.body.id}`;
    const changes = await get(`${url}/changes`);
    expect(changes.body.items).toHaveLength(1);
    const [{ before, after, attempts }] = changes.body.items;
    expect(after.points).toBeLessThan(before.points);
    expect(attempts[0].checks[0]).toMatchObject({
      before: { outcome: 'passed' },
      after: { outcome: 'passed' },
    });
    const csv = await get(`${url}/changes`, { accept: 'text/csv' });
    expect(csv.headers['content-type']).toMatch(/^text\/csv/);
    expect(csv.text.trim().split('\r\n')).toHaveLength(2);

    const unseen = await post(`${url}/apply`, { dryRun: 'another' });
    expect(unseen).toMatchObject({ status: 409, body: { code: 'dry-run-stale' } });
    const applied = await post(`${url}/apply`, { dryRun: run.body.dryRun });
    expect(applied).toMatchObject({ status: 202, body: { state: 'applying' } });
    await lab.lab.gradebook.regradesIdle();
    expect((await get(url)).body).toMatchObject({ state: 'applied', counts: { applied: 1 } });
    const again = await post(`${url}/apply`, { dryRun: run.body.dryRun });
    expect(again).toMatchObject({ status: 202, body: { state: 'applied' } });

    const learner = attempts[0] && changes.body.items[0].learner.id;
    const grade = await get(`${course}/grades/${learner}/${assignment}`);
    expect(grade.body.grade.points).toBe(after.points);
  });

  it('that is stale says what to do', async () => {
    engineTakes(1);
    const run = await ready({ ...ask, scope: { part: 'service' } });
    const url = `${course}/regrades/${run.body.id}`;
    const body = { policy: { counts: 'last' } };
    const token = lab.demo.instructor;
    const change = { method: 'PATCH', url: `${course}/assignments/${assignment}`, token, body };
    expect((await lab.send({ ...change, method: 'PATCH' })).status).toBe(200);
    const refused = await post(`${url}/apply`, { dryRun: run.body.dryRun });
    expect(refused).toMatchObject({ status: 409, body: { code: 'dry-run-stale' } });
    expect(refused.body.detail).toMatch(/policy.*Refresh it/);
    expect((await post(`${url}/refresh`)).status).toBe(202);
    await lab.lab.gradebook.regradesIdle();
    expect((await get(url)).body).toMatchObject({ state: 'ready', stale: [] });
    expect((await post(`${url}/cancel`)).body).toMatchObject({ state: 'cancelled' });
    expect((await post(`${url}/apply`, { dryRun: 'x' })).status).toBe(409);
  });

  it('is made once for one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'one-regrade' };
    const url = `${course}/regrades`;
    const send = () =>
      lab.send({ method: 'POST', url, token: lab.demo.instructor, body: ask, headers });
    const [first, second] = [await send(), await send()];
    expect(second.body).toEqual(first.body);
    await lab.lab.gradebook.regradesIdle();
  });

  it.each([
    ['no reason', { keep: 'as-judged' }, '#/reason'],
    ['no policy', { reason: 'Because.' }, '#/keep'],
    ['an unknown member', { ...ask, scope: { learner: 'x' } }, '#/scope'],
    [
      'an assignment of nowhere',
      { ...ask, scope: { assignmentIds: ['x'] } },
      '#/scope/assignmentIds/0',
    ],
  ])('with %s is refused', async (_name, body, pointer) => {
    const refused = await post(`${course}/regrades`, body);
    expect(refused.status).toBe(422);
    expect(refused.body.errors[0].pointer).toBe(pointer);
  });

  it('is nothing learners may know of', async () => {
    const token = lab.demo.learners[0]?.secret;
    expect((await lab.send({ url: `${course}/regrades`, token })).status).toBe(403);
    expect((await post(`${course}/regrades`, ask, token)).status).toBe(403);
  });
});

it('tells which versions judged the attempts of a course', async () => {
  const { body } = await get(`${course}/judged-by`);
  expect(body.items).toMatchObject([{ assignmentId: assignment, attempts: 1, current: true }]);
  expect(body.items[0].engineVersion).toBe(body.engineVersion);
});
