import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminToken, buildLab, type TestLab } from '../support/lab.ts';
import { yaml } from '../support/yaml.ts';

const rightAnswer = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: web-service
  spec:
    selector:
      app: web
    ports:
      - port: 80
        targetPort: 80
`;
const wrongAnswer = rightAnswer.replace('app: web', 'app: wbe');

let lab: TestLab;
let assignment: string;
let learner: string;
let other: string;

beforeAll(async () => {
  lab = await buildLab();
  const first = lab.demo.assignments[0];
  assignment = `/v1/courses/${lab.demo.courseId}/assignments/${first?.id}`;
  learner = lab.demo.learners[0]?.secret ?? '';
  other = lab.demo.learners[1]?.secret ?? '';
});
afterAll(() => lab.close());

const submit = (manifest: string, token = learner, headers: Record<string, string> = {}) =>
  lab.send({
    method: 'POST',
    url: `${assignment}/submissions`,
    token,
    headers,
    body: { part: 'service', answer: { manifest } },
  });

describe('a submission', () => {
  it('that behaves right gets full marks', async () => {
    const { status, body } = await submit(rightAnswer);
    expect(status).toBe(201);
    expect(body.outcome).toBe('graded');
    expect(body.score.net).toBe(body.score.maximum);
    expect(
      body.verdict.checks.every((check: { outcome: string }) => check.outcome === 'passed'),
    ).toBe(true);
  });

  it('that does not is told what was tried, where it stopped, and which line to look at', async () => {
    const { body } = await submit(wrongAnswer);
    expect(body.outcome).toBe('graded');
    expect(body.score.net).toBeLessThan(body.score.maximum);
    const failed = body.verdict.checks.filter(
      (check: { outcome: string }) => check.outcome === 'failed',
    );
    const feedback = failed.flatMap((check: { feedback: unknown[] }) => check.feedback);
    const line = wrongAnswer.split('\n').findIndex((text) => text.includes('wbe')) + 1;
    const lines = feedback.map(
      (each: { range?: { start: { line: number } } }) => each.range?.start.line,
    );
    expect(lines.some((at: number | undefined) => at === line || at === line - 1)).toBe(true);
    for (const each of feedback) expect(each.message).not.toBe(each.code);
  });

  it('that the API server refuses spends no attempt', async () => {
    const before = (await submit(wrongAnswer)).body.attempts.used;
    const { status, body } = await submit(rightAnswer.replace('port: 80', 'port: 70000'));
    expect(status).toBe(201);
    expect(body.outcome).toBe('rejected');
    expect(body.attempts.used).toBe(before);
    expect(body.verdict.feedback.length).toBeGreaterThan(0);
  });

  it('that is no YAML is rejected at its line', async () => {
    const { body } = await submit('apiVersion: v1\nkind: Service\nmetadata:\n\tname: web\n');
    expect(body.outcome).toBe('rejected');
    const places = body.verdict.feedback.map((each: { range?: object }) => each.range);
    expect(places).toContainEqual(expect.objectContaining({ start: { line: 4, column: 1 } }));
  });

  it('is made once for one Idempotency-Key', async () => {
    const first = await submit(rightAnswer, learner, { 'idempotency-key': 'once' });
    const again = await submit(rightAnswer, learner, { 'idempotency-key': 'once' });
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotent-replayed']).toBe('true');
    const changed = await submit(wrongAnswer, learner, { 'idempotency-key': 'once' });
    expect(changed.status).toBe(422);
    expect(changed.body.code).toBe('idempotency-mismatch');
  });

  it('is made once when two ask at the same time', async () => {
    const key = { 'idempotency-key': 'together' };
    const answers = await Promise.all([1, 2, 3].map(() => submit(rightAnswer, learner, key)));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  it('belongs to its learner: to another it is not there', async () => {
    const { body } = await submit(rightAnswer);
    const url = `/v1/submissions/${body.id}`;
    expect((await lab.send({ url, token: learner })).body.answer.manifest).toBe(rightAnswer);
    expect((await lab.send({ url, token: other })).status).toBe(404);
    expect((await lab.send({ url, token: lab.demo.instructor })).status).toBe(200);
  });

  it('is judged again to the byte', async () => {
    const { body } = await submit(wrongAnswer);
    const url = `/v1/submissions/${body.id}/replay`;
    const again = await lab.send({ method: 'POST', url, token: lab.demo.instructor });
    expect(again.body).toMatchObject({ submissionId: body.id, same: true });
  });

  it('enrols the learner an LMS names, once', async () => {
    const token = await lmsToken();
    const body = {
      part: 'service',
      answer: { manifest: rightAnswer },
      learner: { id: 'lms-7', name: 'Linus' },
    };
    const ask = { method: 'POST', url: `${assignment}/submissions`, token, body } as const;
    const [first, second] = [await lab.send(ask), await lab.send(ask)];
    expect(first.status).toBe(201);
    expect(second.body.learnerId).toBe(first.body.learnerId);
    const nameless = { ...ask, body: { part: 'service', answer: { manifest: rightAnswer } } };
    expect((await lab.send(nameless)).status).toBe(422);
  });
});

describe('a preview', () => {
  it('judges for authors and keeps nothing; learners have none', async () => {
    const made = { role: 'author' };
    const issued = await lab.send({
      method: 'POST',
      url: '/v1/tokens',
      token: adminToken,
      body: made,
    });
    const exercise = lab.demo.assignments[0]?.exerciseId;
    const body = { part: 'service', answer: { manifest: rightAnswer } };
    const ask = { method: 'POST', url: `/v1/exercises/${exercise}/preview`, body } as const;
    const judged = await lab.send({ ...ask, token: issued.body.secret });
    expect(judged.body).toMatchObject({ outcome: 'graded', points: judged.body.maximum });
    expect((await lab.send({ ...ask, token: learner })).status).toBe(403);
  });
});

describe('a check', () => {
  it('says what would be refused, and keeps nothing', async () => {
    const history = `/v1/courses/${lab.demo.courseId}/submissions?limit=200`;
    const before = (await lab.send({ url: history, token: other })).body.items.length;
    const body = { part: 'service', answer: { manifest: rightAnswer.replace('80', '0') } };
    const url = `${assignment}/check`;
    const { status, body: verdict } = await lab.send({ method: 'POST', url, token: other, body });
    expect(status).toBe(200);
    expect(verdict.outcome).toBe('rejected');
    expect(verdict).not.toHaveProperty('points');
    const after = (await lab.send({ url: history, token: other })).body.items.length;
    expect(after).toBe(before);
  });
});

describe('hints', () => {
  it('come one after the other, and say what they cost', async () => {
    const url = `${assignment}/hints`;
    const ask = { method: 'POST', url, token: other, body: { part: 'service' } } as const;
    const first = (await lab.send(ask)).body;
    expect(first).toMatchObject({ number: 1, costBefore: 0, costAfter: first.cost });
    const second = (await lab.send(ask)).body;
    expect(second.number).toBe(2);
    expect(second.costBefore).toBe(first.costAfter);
    for (let i = 0; i < second.remaining; i += 1) await lab.send(ask);
    expect(await lab.send(ask)).toMatchObject({ status: 404, body: { code: 'no-more-hints' } });
    const { body } = await submit(rightAnswer, other);
    expect(body.score.net).toBe(body.score.points - body.score.hintCost);
  });
});

describe('the history', () => {
  it('is read page by page, newest first', async () => {
    const base = `/v1/courses/${lab.demo.courseId}/submissions`;
    const all = (await lab.send({ url: `${base}?limit=200`, token: learner })).body.items;
    const seen: string[] = [];
    let cursor = '';
    do {
      const url = `${base}?limit=3${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
      const page = (await lab.send({ url, token: learner })).body;
      seen.push(...page.items.map(({ id }: { id: string }) => id));
      cursor = page.next ?? '';
    } while (cursor);
    expect(seen).toEqual(all.map(({ id }: { id: string }) => id));
    expect(new Set(seen).size).toBe(seen.length);
  });
});

async function lmsToken(): Promise<string> {
  const body = { role: 'lms', courseId: lab.demo.courseId };
  const made = await lab.send({ method: 'POST', url: '/v1/tokens', token: adminToken, body });
  return made.body.secret;
}
