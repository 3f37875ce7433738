import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { assignment as assignmentSchema } from '../../src/http/schemas/assignment.ts';
import { contest as contestSchema } from '../../src/http/schemas/contest.ts';
import {
  extension as extensionSchema,
  override as overrideSchema,
} from '../../src/http/schemas/exceptions.ts';
import { explainedGrade, started as startedSchema } from '../../src/http/schemas/explanation.ts';
import { progress as progressSchema } from '../../src/http/schemas/gradebook.ts';
import { markingClaim, markingItem } from '../../src/http/schemas/marking.ts';
import { submissionResult } from '../../src/http/schemas/submission.ts';
import { adminToken, buildLab, type TestAnswer, type TestLab } from '../support/lab.ts';

let lab: TestLab;
let course: string;
let learner: string;
let learnerId: string;
let exercise: { id: string; part: string };

const right = 'spec: {selector: {app: web}, ports: [{port: 80}]}';
const wrong = 'spec: {selector: {app: wbe}, ports: [{port: 80}]}';
const manifest = (spec: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: web-service}\n${spec}\n`;

const post = (url: string, body: unknown, token = lab.demo.instructor, headers = {}) =>
  lab.send({ method: 'POST', url: `${course}${url}`, token, body, headers });
const read = (url: string, token = lab.demo.instructor) =>
  lab.send({ url: `${course}${url}`, token });
const change = (url: string, body: unknown, headers = {}) =>
  lab.send({ method: 'PATCH', url: `${course}${url}`, token: lab.demo.instructor, body, headers });

beforeAll(async () => {
  lab = await buildLab();
  const made = await lab.send({
    ...{ method: 'POST', url: '/v1/courses', token: adminToken },
    body: { title: 'Policies', timeZone: 'Europe/Berlin' },
  });
  expect(made.body).toMatchObject({ timeZone: 'Europe/Berlin' });
  course = `/v1/courses/${lab.demo.courseId}`;
  learner = lab.demo.learners[0]?.secret ?? '';
  learnerId = (await read('/progress', learner)).body.learner.id;
  exercise = { id: lab.demo.assignments[0]?.exerciseId ?? '', part: 'service' };
});
afterAll(() => lab.close());

async function assign(more: object): Promise<string> {
  const made = await post('/assignments', { exercise: exercise.id, ...more });
  expect(made.status).toBe(201);
  expectDocumented(assignmentSchema, made.body);
  return made.body.id;
}

const answer = (assignment: string, spec: string, headers = {}): Promise<TestAnswer> =>
  post(
    `/assignments/${assignment}/submissions`,
    { part: exercise.part, answer: { manifest: manifest(spec) } },
    learner,
    headers,
  );

/** Nothing is missing, and nothing is there that the schema would drop. */
function expectDocumented(schema: z.ZodType, body: unknown): void {
  expect(schema.parse(body)).toEqual(body);
}

describe('attempts', () => {
  it('that come too early are answered 429 with Retry-After, and cost nothing', async () => {
    const id = await assign({ policy: { coolDownMinutes: 60 } });
    expect((await answer(id, wrong)).status).toBe(201);
    const early = await answer(id, right);
    expect(early).toMatchObject({ status: 429, body: { code: 'cool-down' } });
    const seconds = Number(early.headers['retry-after']);
    expect(seconds).toBeGreaterThan(3500);
    expect(seconds).toBeLessThanOrEqual(3600);
    const mine = (await read('/progress', learner)).body;
    expectDocumented(progressSchema, mine);
    const progress = mine.assignments.find(
      (one: { assignment: { id: string } }) => one.assignment.id === id,
    );
    expect(progress.attempts[0]).toMatchObject({ used: 1, nextAttemptAt: expect.any(String) });
  });

  it('before another assignment’s score is reached are refused', async () => {
    const first = await assign({});
    const id = await assign({ prerequisites: [{ assignmentId: first, minimumScore: 1 }] });
    expect(await answer(id, right)).toMatchObject({ status: 403, body: { code: 'prerequisite' } });
    await answer(first, right);
    expect((await answer(id, right)).status).toBe(201);
  });
});

describe('an exam', () => {
  it('runs from its start and shows nothing until it is released', async () => {
    const id = await assign({ mode: 'exam', policy: { durationMinutes: 30 } });
    const questions = () => read(`/assignments/${id}/exercise`, learner);
    expect(await questions()).toMatchObject({ status: 403, body: { code: 'not-started' } });
    const start = (headers = {}) => post(`/assignments/${id}/start`, {}, learner, headers);
    const begun = await start({ 'idempotency-key': 'start-1' });
    expectDocumented(startedSchema, begun.body);
    expect((await start()).body).toEqual(begun.body);
    expect((await start({ 'idempotency-key': 'start-1' })).headers['idempotent-replayed']).toBe(
      'true',
    );
    expect((await questions()).status).toBe(200);

    const handed = (await answer(id, wrong)).body;
    expectDocumented(submissionResult, handed);
    expect(handed.released).toEqual({ grades: false, explanations: false });
    for (const name of ['points', 'verdict', 'score', 'grade'])
      expect(handed).not.toHaveProperty(name);
    const again = await lab.send({ url: `/v1/submissions/${handed.id}`, token: learner });
    expect(again.body).not.toHaveProperty('verdict');
    expect(again.body).not.toHaveProperty('points');
    const own = `/grades/${learnerId}/${id}`;
    expect(await read(own, learner)).toMatchObject({ status: 403, body: { code: 'not-released' } });

    const released = await post(`/assignments/${id}/release`, { grades: true, reason: 'All done' });
    expect(released.status).toBe(200);
    expectDocumented(assignmentSchema, released.body);
    expect((await read(own, learner)).status).toBe(200);
  });
});

describe('changes of an assignment', () => {
  it('that change nothing keep the revision; those from an old reading are refused', async () => {
    const id = await assign({ dueAt: '2030-12-01T23:59' });
    const url = `/assignments/${id}`;
    const before = await read(url);
    const same = await change(url, {});
    expect(same).toMatchObject({ status: 200, body: before.body });
    expect(same.headers.etag).toBe(before.headers.etag);
    const late = { per: 'day', unit: 'percentage', amount: 10, cap: 50, graceMinutes: 5 };
    const tag = { 'if-match': String(before.headers.etag) };
    const changed = await change(url, { policy: { late }, reason: 'As the syllabus says' }, tag);
    expect(changed.body).toMatchObject({ revision: 2, policy: { late } });
    expectDocumented(assignmentSchema, changed.body);
    expect((await change(url, { title: 'T' }, tag)).status).toBe(412);
    const audit = `/v1/audit?course=${lab.demo.courseId}&limit=1`;
    const [entry] = (await lab.send({ url: audit, token: lab.demo.instructor })).body.items;
    expect(entry).toMatchObject({
      ...{ action: 'assignment:update', reason: 'As the syllabus says', subject: id },
      ...{ before: { revision: 1 }, after: { revision: 2 } },
      requestId: changed.headers['x-request-id'],
    });
  });

  it.each<[why: string, body: object, pointer: string]>([
    ['a late policy of no kind', { policy: { late: { per: 'year', amount: 1 } } }, '#/policy/late'],
    ['a time that is none', { dueAt: 'tomorrow' }, '#/dueAt'],
    ['a local day that is none', { dueAt: '2030-02-30T10:00' }, '#/dueAt'],
    ['a mode of no kind', { mode: 'quiz' }, '#/mode'],
    ['an unknown member', { policy: { __proto__x: 1 } }, '#/policy'],
    ['a version that is not here', { exercise: { version: 999 } }, '#/exercise/version'],
  ])('refuse %s at its place', async (_why, body, pointer) => {
    const refused = await change(`/assignments/${lab.demo.assignments[0]?.id}`, body);
    expect(refused.status).toBe(422);
    const [error] = refused.body.errors;
    expect(error.pointer.startsWith(pointer)).toBe(true);
  });
});

describe('extensions and overrides', () => {
  it('are granted once per key, listed, and taken back with a reason', async () => {
    const id = await assign({
      dueAt: '2020-01-01T00:00',
      policy: { late: { per: 'day', unit: 'percentage', amount: 50 } },
    });
    const handed = await answer(id, right);
    expect(handed.body).toMatchObject({ late: true, grade: { score: 0 } });
    const ask = {
      assignmentIds: [id],
      learnerIds: [learnerId],
      dueAt: '2099-01-01T00:00',
      reason: 'Ill',
    };
    const key = { 'idempotency-key': 'extension-1' };
    const granted = await post('/extensions', ask, lab.demo.instructor, key);
    expect(granted.status).toBe(201);
    expectDocumented(extensionSchema, granted.body.items[0]);
    expect((await post('/extensions', ask, lab.demo.instructor, key)).text).toBe(granted.text);
    const mine = `/grades/${learnerId}/${id}`;
    const full = (await read(mine, learner)).body.grade;
    expect(full).toMatchObject({ points: handed.body.points, late: false });
    const name = granted.body.items[0].id;
    const revoke = (reason: string) =>
      lab.send({
        method: 'DELETE',
        url: `${course}/extensions/${name}${reason}`,
        token: lab.demo.instructor,
      });
    expect((await revoke('')).status).toBe(422);
    expect((await revoke('?reason=A%20mistake')).body).toMatchObject({
      revokedAt: expect.any(String),
    });
    expect((await read(mine, learner)).body.grade.score).toBe(0);
    expect((await read('/extensions')).body.items).toContainEqual(
      expect.objectContaining({ id: name }),
    );

    const given = await post(`/assignments/${id}/overrides`, {
      learnerId,
      points: 3,
      comment: 'All right',
      reason: 'Late bus',
    });
    expectDocumented(overrideSchema, given.body);
    expect((await read(mine, learner)).body.grade).toMatchObject({
      score: 3,
      comment: 'All right',
    });
    const remove = `${course}/overrides/${given.body.id}?reason=No`;
    await lab.send({ method: 'DELETE', url: remove, token: lab.demo.instructor });
    expect((await read(mine, learner)).body.grade.score).toBe(0);
  });
});

describe('an explained grade', () => {
  it('tells each step as data and in words', async () => {
    const id = await assign({ points: 50, policy: { counts: 'last' } });
    await answer(id, right);
    await post(`/assignments/${id}/hints`, { part: exercise.part }, learner);
    await answer(id, right);
    await post(`/assignments/${id}/overrides`, { learnerId, comment: 'Look again', reason: 'x' });
    const plain = (await read(`/grades/${learnerId}/${id}`, learner)).body;
    expect(plain).not.toHaveProperty('explanation');
    const { body } = await read(`/grades/${learnerId}/${id}?explain=true`, learner);
    expectDocumented(explainedGrade, body);
    expect(body.grade).toEqual(plain.grade);
    const lines: { kind: string; text: string; points?: number; counts?: boolean }[] =
      body.explanation;
    const kinds = lines.map(({ kind }) => kind);
    expect(kinds.slice(0, 3)).toEqual(['attempt', 'hint', 'attempt']);
    expect(kinds.slice(-3)).toEqual(['override', 'sum', 'score']);
    expect(lines.at(-1)?.points).toBe(body.grade.score);
    for (const { text } of lines) expect(text).not.toMatch(/undefined|NaN|\[object/);
    const other = lab.demo.learners[1]?.secret;
    expect((await read(`/grades/${learnerId}/${id}?explain=true`, other)).status).toBe(404);
  });
});

describe('a contest', () => {
  it('is asked by a learner, answered by staff, and stays', async () => {
    const id = lab.demo.assignments[0]?.id;
    const key = { 'idempotency-key': 'contest-1' };
    const ask = { part: exercise.part, text: 'Why?' };
    const opened = await post(`/assignments/${id}/contests`, ask, learner, key);
    expect(opened.status).toBe(201);
    expectDocumented(contestSchema, opened.body);
    expect((await post(`/assignments/${id}/contests`, ask, learner, key)).text).toBe(opened.text);
    const url = `/contests/${opened.body.id}`;
    const replied = await post(`${url}/messages`, { text: 'Because.' });
    expect(replied).toMatchObject({ status: 201, body: { state: 'answered', revision: 2 } });
    const seen = await read(url, learner);
    expect(seen.headers.etag).toBe('"2"');
    expect(seen.body.messages).toHaveLength(2);
    const closed = await change(url, { state: 'closed' }, { 'if-match': '"2"' });
    expect(closed.body).toMatchObject({ state: 'closed' });
    expect((await change(url, { state: 'open' }, { 'if-match': '"2"' })).status).toBe(412);
    expect((await post(`${url}/messages`, { text: 'But' }, learner)).status).toBe(409);
    expect((await read(url, lab.demo.learners[1]?.secret)).status).toBe(404);
    const list = (await read('/contests?state=closed', learner)).body;
    expect(list.items).toHaveLength(1);
  });
});

describe('the marking queue', () => {
  it('lists what awaits a person, and who is at it', async () => {
    const text = lab.demo.assignments.find(({ exerciseId }) => exerciseId === 'try-with-ai');
    const url = `/assignments/${text?.id}`;
    const parts: { id: string; kind: string }[] = (await read(url)).body.parts;
    const part = parts.find(({ kind }) => kind === 'text')?.id ?? '';
    const words = 'I compared inside and outside access, and would use a cloud load balancer. ';
    await post(`${url}/submissions`, { part, answer: { text: words.repeat(5) } }, learner);
    const [item] = (await read('/marking')).body.items;
    expectDocumented(markingItem, item);
    expect(item).toMatchObject({ assignmentId: text?.id, learnerId, part });
    const task = { assignmentId: item.assignmentId, learnerId, part };
    const claimed = await lab.send({
      ...{ method: 'PUT', url: `${course}/marking/claims`, body: task },
      token: lab.demo.instructor,
    });
    expectDocumented(markingClaim, claimed.body);
    expect((await read('/marking')).body.items[0].claim.tokenId).toBe(claimed.body.tokenId);
    const query = new URLSearchParams(task).toString();
    const released = await lab.send({
      ...{ method: 'DELETE', url: `${course}/marking/claims?${query}` },
      token: lab.demo.instructor,
    });
    expect(released.status).toBe(204);
    await post(`${url}/marks`, { learnerId, part, points: 1, reason: 'Half of it' });
    expect((await read(`/marking?assignment=${text?.id}`)).body.items).toEqual([]);
  });
});
