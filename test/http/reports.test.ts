import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminToken, buildLab, type TestLab } from '../support/lab.ts';

let lab: TestLab;
let course: string;

beforeAll(async () => {
  lab = await buildLab();
  course = `/v1/courses/${lab.demo.courseId}`;
});
afterAll(() => lab.close());

const asInstructor = (url: string, headers: Record<string, string> = {}) =>
  lab.send({ url, token: lab.demo.instructor, headers });

describe('the gradebook', () => {
  it('has a row a learner and a cell an assignment', async () => {
    const { body } = await asInstructor(`${course}/gradebook`);
    expect(body.learners.map(({ name }: { name: string }) => name).sort()).toEqual([
      'Ada',
      'Grace',
    ]);
    for (const { cells } of body.learners) expect(cells).toHaveLength(body.assignments.length);
  });

  it.each([
    ['its own address', `gradebook.csv`, {}],
    ['the Accept header', 'gradebook', { accept: 'text/csv' }],
  ] as const)('comes as CSV by %s', async (_name, path, headers) => {
    const answer = await asInstructor(`${course}/${path}`, headers);
    expect(answer.headers['content-type']).toMatch(/^text\/csv/);
    expect(answer.text.split('\r\n')[0]).toMatch(/^Learner ID,Name,/);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])(
    'never holds a cell that a spreadsheet would run: %j',
    async (name) => {
      const body = { externalId: `id ${name}`, name: `${name}` };
      await lab.send({ method: 'POST', url: `${course}/enrolments`, token: adminToken, body });
      const { text } = await asInstructor(`${course}/gradebook.csv`);
      for (const cell of text.split(/[,\r\n]+/)) expect(cell).not.toMatch(/^"?[=+\-@\t\r]/);
    },
  );

  it('is unchanged when nothing changed', async () => {
    const first = await asInstructor(`${course}/gradebook`);
    const tag = String(first.headers.etag);
    const again = await asInstructor(`${course}/gradebook`, { 'if-none-match': tag });
    expect(again.status).toBe(304);
  });
});

describe("a person's mark", () => {
  it('counts in place of the automatic points and stays in the audit', async () => {
    const reflection = lab.demo.assignments.find(({ exerciseId }) => exerciseId === 'try-with-ai');
    const url = `${course}/assignments/${reflection?.id}`;
    const parts = (await asInstructor(url)).body.parts as {
      id: string;
      kind: string;
      points: number;
    }[];
    const text = parts.find(({ kind }) => kind === 'text');
    const learner = lab.demo.learners[0]?.secret;
    const answer = {
      text: 'I compared inside and outside access, and would use a cloud load balancer.'.repeat(4),
    };
    const handed = await lab.send({
      method: 'POST',
      url: `${url}/submissions`,
      token: learner,
      body: { part: text?.id, answer },
    });
    expect(handed.body.verdict.awaitsMarking).toBe(true);
    const body = {
      learnerId: handed.body.learnerId,
      part: text?.id,
      points: text?.points,
      comment: 'Good.',
    };
    const marked = await lab.send({
      method: 'POST',
      url: `${url}/marks`,
      token: lab.demo.instructor,
      body,
    });
    expect(marked).toMatchObject({ status: 201, body: { marked: true, points: text?.points } });
    const seen = await lab.send({ url: `/v1/submissions/${handed.body.id}`, token: learner });
    expect(seen.body.comment).toBe('Good.');
    const audit = await asInstructor(`/v1/audit?course=${lab.demo.courseId}`);
    expect(audit.body.items.length).toBeGreaterThan(0);
  });
});

describe('assignments', () => {
  it('are not overwritten by a change made from an old reading', async () => {
    const url = `${course}/assignments/${lab.demo.assignments[0]?.id}`;
    const read = await asInstructor(url);
    const tag = String(read.headers.etag);
    const change = (title: string) =>
      lab.send({
        method: 'PATCH',
        url,
        token: lab.demo.instructor,
        headers: { 'if-match': tag },
        body: { title },
      });
    expect((await change('First')).status).toBe(200);
    expect(await change('Second')).toMatchObject({ status: 412, body: { code: 'stale' } });
  });

  it('refuse answers beyond their attempts and after they close', async () => {
    const made = await lab.send({
      method: 'POST',
      url: `${course}/assignments`,
      token: lab.demo.instructor,
      body: { exercise: lab.demo.assignments[0]?.exerciseId, policy: { attempts: 1 } },
    });
    expect(made.status, made.text).toBe(201);
    const url = `${course}/assignments/${made.body.id}`;
    const manifest =
      'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 1}]}\n';
    const ask = {
      method: 'POST',
      url: `${url}/submissions`,
      token: lab.demo.learners[0]?.secret,
      body: { part: made.body.parts[0].id, answer: { manifest } },
    } as const;
    expect((await lab.send(ask)).status).toBe(201);
    expect((await lab.send(ask)).body.code).toBe('attempts-exhausted');
    const closing = { closesAt: '2020-01-01T00:00:00Z' };
    await lab.send({ method: 'PATCH', url, token: lab.demo.instructor, body: closing });
    expect((await lab.send(ask)).body.code).toBe('closed');
  });
});

describe('progress', () => {
  it("is one's own, or any learner's for staff", async () => {
    const mine = await lab.send({ url: `${course}/progress`, token: lab.demo.learners[0]?.secret });
    expect(mine.body.assignments.length).toBeGreaterThanOrEqual(lab.demo.assignments.length);
    const theirs = await asInstructor(`${course}/learners/${mine.body.learner.id}/progress`);
    expect(theirs.body).toEqual(mine.body);
    const foreign = await lab.send({
      url: `${course}/learners/${mine.body.learner.id}/progress`,
      token: lab.demo.learners[1]?.secret,
    });
    expect(foreign.status).toBe(404);
  });
});
