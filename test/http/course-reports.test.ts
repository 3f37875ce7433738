import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminToken, buildLab, type TestLab } from '../support/lab.ts';

let lab: TestLab;
let course: string;
let mean: string;

beforeAll(async () => {
  lab = await buildLab();
  course = `/v1/courses/${lab.demo.courseId}`;
  const body = { externalId: '=id', name: '<script>alert("x")</script>' };
  const made = await lab.send({
    method: 'POST',
    url: `${course}/enrolments`,
    token: adminToken,
    body,
  });
  mean = made.body.id;
});
afterAll(() => lab.close());

const asInstructor = (url: string, headers: Record<string, string> = {}) =>
  lab.send({ url: course + url, token: lab.demo.instructor, headers });

const table = (text: string): string[][] => parse(text, { bom: true });

describe('the CSV that Canvas imports', () => {
  it('has its columns in its order, its row of points, and titles that are no ids', async () => {
    const { text, headers } = await asInstructor('/gradebook.csv?preset=canvas');
    expect(headers['content-type']).toMatch(/^text\/csv/);
    const [head = [], points = [], ...people] = table(text);
    expect(head.slice(0, 5)).toEqual(['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section']);
    expect(points[0]).toContain('Points Possible');
    expect(points.slice(5).every((cell) => Number(cell) > 0)).toBe(true);
    for (const title of head.slice(5)) expect(title).not.toMatch(/\(\d+\)$/);
    expect(new Set(head).size).toBe(head.length);
    for (const row of people) expect(row).toHaveLength(head.length);
    expect(people.every(([, id, user, login]) => id === '' && user !== '' && login === '')).toBe(
      true,
    );
  });

  it.each([
    ['SIS Login ID', 3],
    ['ID', 1],
  ])('takes ids as its %s too', async (name, index) => {
    const { text } = await asInstructor(
      `/gradebook.csv?preset=canvas&idColumn=${encodeURIComponent(name)}`,
    );
    expect(
      table(text)
        .slice(2)
        .every((row) => row[index] !== ''),
    ).toBe(true);
  });
});

describe('the CSV that Moodle imports', () => {
  it.each([
    ['', 'ID number'],
    ['&idColumn=Email%20address', 'Email address'],
    ['&idColumn=Username', 'Username'],
  ])('names people by the column asked for %j', async (more, column) => {
    const { text } = await asInstructor(`/gradebook.csv?preset=moodle${more}`);
    const [head = []] = table(text);
    expect(head.slice(0, 2)).toEqual([column, 'Full name']);
    expect(head.slice(2).every((title) => title.endsWith('(Real)'))).toBe(true);
  });

  it('has no column of another platform', async () => {
    const answer = await asInstructor('/gradebook.csv?preset=moodle&idColumn=SIS%20User%20ID');
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ parameter: 'idColumn' }]);
  });
});

it.each([
  ['', "'=id"],
  ['?formulas=keep', '=id'],
])('a cell that a spreadsheet would run is disarmed unless told off: %j', async (query, cell) => {
  for (const path of ['/gradebook.csv', '/progress-matrix']) {
    const { text } = await asInstructor(`${path}${query}`, { accept: 'text/csv' });
    expect(table(text).map(([id]) => id)).toContain(cell);
  }
});

it('the matrix says how far everybody is, and counts it', async () => {
  const { body } = await asInstructor('/progress-matrix');
  const states = body.learners.map(({ cells }: { cells: { state: string }[] }) => cells);
  for (const [index, { counts }] of body.assignments.entries()) {
    for (const state of body.states) {
      const counted = states.filter((cells: { state: string }[]) => cells[index]?.state === state);
      expect(counts[state]).toBe(counted.length);
    }
  }
});

describe('a page', () => {
  it.each(['course', 'learner'])('of a %s runs nothing and escapes every name', async (whose) => {
    const url = whose === 'course' ? '/report.html' : `/learners/${mean}/report.html`;
    const { text, headers, status } = await asInstructor(url);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(text).not.toContain('<script');
    expect(text).toContain('&lt;script&gt;');
    expect(text).toContain('<svg');
    expect(text).toContain('@media print');
    const style = /<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain(`'sha256-${hash}'`);
    expect(text).not.toMatch(/\sstyle=|\son\w+=|javascript:/);
  });

  it("of one's own is for its learner, of another's it is not there", async () => {
    const token = lab.demo.learners[0]?.secret;
    const own = await lab.send({ url: `${course}/progress`, token });
    const page = (id: string) => lab.send({ url: `${course}/learners/${id}/report.html`, token });
    expect((await page(own.body.learner.id)).status).toBe(200);
    expect((await page(mean)).status).toBe(404);
  });
});

describe('the gradebook', () => {
  it('is not sent again to who has it, and is when something changed', async () => {
    const token = lab.demo.instructor;
    const first = await asInstructor('/gradebook');
    const tag = { 'if-none-match': String(first.headers.etag) };
    const again = await asInstructor('/gradebook', tag);
    expect([again.status, again.text]).toEqual([304, '']);
    const [assignment] = lab.demo.assignments;
    const override = { learnerId: mean, points: 1, reason: 'why not' };
    const url = `${course}/assignments/${assignment?.id}/overrides`;
    await lab.send({ method: 'POST', url, token, body: override });
    const changed = await asInstructor('/gradebook', tag);
    expect(changed.status).toBe(200);
    expect(changed.headers.etag).not.toBe(first.headers.etag);
  });
});

it('changes go on from their cursor', async () => {
  const all = await asInstructor('/grades/changes');
  expect(all.body).toMatchObject({ more: false, items: [{ learnerId: mean, overridden: true }] });
  const none = await asInstructor(`/grades/changes?cursor=${all.body.next}`);
  expect(none.body).toMatchObject({ more: false, items: [] });
  const foreign = await asInstructor('/grades/changes?cursor=abc');
  expect(foreign).toMatchObject({ status: 422, body: { code: 'invalid' } });
});

describe('analytics', () => {
  it('come for a course and for an assignment', async () => {
    const [assignment] = lab.demo.assignments;
    const ofCourse = await asInstructor('/analytics');
    expect(ofCourse).toMatchObject({ status: 200, body: { learners: 3, items: [] } });
    const ofOne = await asInstructor(`/assignments/${assignment?.id}/analytics`);
    expect(ofOne).toMatchObject({ status: 200, body: { funnel: { enrolled: 3, began: 0 } } });
    expect((await asInstructor('/assignments/none/analytics')).status).toBe(404);
  });

  it.each(['/analytics', '/at-risk', '/submissions.csv', '/risk-rules'])(
    'are not for learners: %s',
    async (url) => {
      const token = lab.demo.learners[0]?.secret;
      expect((await lab.send({ url: course + url, token })).status).toBe(403);
    },
  );

  it('look for learners at risk by the rules of the course', async () => {
    const send = (body: unknown, headers = {}) =>
      lab.send({
        ...{ method: 'PATCH', url: `${course}/risk-rules`, token: lab.demo.instructor },
        ...{ body, headers },
      });
    const before = await asInstructor('/risk-rules');
    expect(before.body).toEqual({
      rules: { scoreBelow: 0.5, missing: 2, inactiveDays: 7, stuckAttempts: 5 },
      revision: 0,
    });
    const changed = await send({ missing: 1, inactiveDays: null }, { 'if-match': '"0"' });
    expect(changed.body).toMatchObject({
      rules: { scoreBelow: 0.5, missing: 1, inactiveDays: null },
      revision: 1,
    });
    expect((await send({ missing: 3 }, { 'if-match': '"0"' })).status).toBe(412);
    const wrong = await send({ scoreBelow: 3, missing: 0.5 });
    expect(wrong).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '#/scoreBelow' }, { pointer: '#/missing' }] },
    });
    expect((await asInstructor('/at-risk')).body).toMatchObject({ rules: changed.body.rules });
  });
});

it('every submission is a line', async () => {
  const { text } = await asInstructor('/submissions.csv');
  expect(table(text)).toHaveLength(1);
  expect(text).toMatch(/^Submission ID,At,Learner ID,/);
});
