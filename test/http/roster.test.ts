import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { courseCopy, preview, section as sectionSchema } from '../../src/http/schemas/courses.ts';
import {
  course as courseSchema,
  enrolment as enrolmentSchema,
} from '../../src/http/schemas/gradebook.ts';
import {
  accepted,
  classTokens,
  erasureResult,
  invitation,
  issuedInvitation,
  learnerExport,
  rosterResult,
} from '../../src/http/schemas/roster.ts';
import { limits } from '../../src/limits.ts';
import { adminToken, buildLab, type TestLab, type TestRequest } from '../support/lab.ts';

let lab: TestLab;
let at: string;
let courseId: string;
let instructor: string;

beforeAll(async () => {
  lab = await buildLab();
});
afterAll(() => lab.close());

const send = (method: TestRequest['method'], url: string, body?: unknown, more = {}) =>
  lab.send({
    ...{ method: method ?? 'GET', url, token: instructor, ...(body !== undefined && { body }) },
    ...more,
  });
const csv = (text: string, query = '', more = {}) =>
  send('POST', `${at}/roster${query}`, text, { headers: { 'content-type': 'text/csv' }, ...more });
const people = async () => (await send('GET', `${at}/enrolments`)).body.items;

async function freshCourse(title = 'Rosters') {
  const made = await lab.send({
    ...{ method: 'POST', url: '/v1/courses', token: adminToken },
    body: { title, term: 'Autumn 2026', timeZone: 'Europe/Berlin' },
  });
  expectDocumented(courseSchema, made.body);
  courseId = made.body.id;
  at = `/v1/courses/${courseId}`;
  const token = { role: 'instructor', courseId };
  const url = '/v1/tokens';
  instructor = (await lab.send({ method: 'POST', url, token: adminToken, body: token })).body
    .secret;
}

/** Nothing is missing, and nothing is there that the schema would drop. */
function expectDocumented(schema: z.ZodType, body: unknown): void {
  expect(schema.parse(body)).toEqual(body);
}

describe('a roster as CSV', () => {
  beforeAll(() => freshCourse());

  it('enrols, changes and leaves alone, and a second time does nothing', async () => {
    const first = await csv(
      'externalId,name,role,section\r\na,Ada,,Lab 1\r\nb,"Hopper, Grace",TA,\r\n',
    );
    expect(first.status, first.text).toBe(200);
    expectDocumented(rosterResult, first.body);
    expect(first.body).toMatchObject({ created: 2, updated: 0, sectionsCreated: ['Lab 1'] });
    const again = await csv(
      'externalId,name,role,section\r\na,Ada,,Lab 1\r\nb,"Hopper, Grace",TA,\r\n',
    );
    expect(again.body).toMatchObject({ created: 0, updated: 0, unchanged: 2, people: [] });
    const changed = await csv('externalId,section\na,Lab 2\nc,Lab 2\n');
    expect(changed.body).toMatchObject({ created: 1, updated: 1, sectionsCreated: ['Lab 2'] });
    expect(changed.body.people).toContainEqual(
      expect.objectContaining({
        ...{ row: 2, externalId: 'a', outcome: 'updated' },
        changed: { section: { from: 'Lab 1', to: 'Lab 2' } },
      }),
    );
    expect((await people()).map((one: { name?: string }) => one.name)).toEqual([
      ...['Ada', 'Hopper, Grace', undefined],
    ]);
  });

  it.each([
    ['a byte order mark', '\uFEFFexternalId,name\nx1,Émilie\n', 'Émilie'],
    ['old line ends', 'externalId,name\rx1,Émilie\r', 'Émilie'],
    ['semicolons', 'externalId;name\nx1;"Émilie; du Châtelet"\n', 'Émilie; du Châtelet'],
    ['tabs', 'externalId\tname\nx1\tÉmilie, M.\n', 'Émilie, M.'],
    ['quotes in quotes', 'externalId,name\nx1,"Émilie ""E"""\n', 'Émilie "E"'],
    [
      "Moodle's headers",
      'First name,Surname,ID number\nÉmilie,du Châtelet,x1\n',
      'Émilie du Châtelet',
    ],
    ["Canvas' headers", 'Student,ID,Section\n"Châtelet, É",x1,Lab 9\n', 'Châtelet, É'],
    ['names of prototypes', 'externalId,name\n__proto__,constructor\n', 'constructor'],
    ['empty lines', '\n\nexternalId,name\n\nx1,Émilie\n\n', 'Émilie'],
  ])('is read with %s', async (_name, text, wanted) => {
    await freshCourse();
    const { body, status } = await csv(text, '?dryRun=true');
    expect([status, body.problems]).toEqual([200, []]);
    expect(body).toMatchObject({ applied: false, created: 1 });
    await csv(text);
    expect((await people()).map((one: { name: string }) => one.name)).toEqual([wanted]);
  });

  it('in a dry run says all that is wrong, row by row, and does nothing', async () => {
    await freshCourse();
    const text =
      'externalId,name,role,Shoe size\n,Nobody,,\na,Ada,boss,7\na,Twice,,\n1.2E+11,Big,,\nb,Bob,,\n';
    const { body } = await csv(text, '?dryRun=true');
    expectDocumented(rosterResult, body);
    expect(body).toMatchObject({ applied: false, problemCount: 4, skipped: 4, created: 1 });
    expect(body.ignoredColumns).toEqual(['Shoe size']);
    expect(body.problems.map(({ row, column }: never) => [row, column])).toEqual([
      [2, 'externalId'],
      [3, 'role'],
      [4, 'externalId'],
      [5, 'externalId'],
    ]);
    expect(await people()).toEqual([]);
  });

  it('with a bad row does nothing, unless bad rows are to be left out', async () => {
    await freshCourse();
    const text = 'externalId,role\na,\nb,boss\nc,\n';
    const refused = await csv(text);
    expect(refused).toMatchObject({
      ...{ status: 422, body: { code: 'invalid', errors: [{ row: 3, column: 'role' }] } },
    });
    expect(await people()).toEqual([]);
    expect((await csv(text, '?onProblem=skip')).body).toMatchObject({ created: 2, skipped: 1 });
    expect(await people()).toHaveLength(2);
  });

  it.each([
    ['no header', 'ada,Ada\n', 1],
    ['nothing', '', 1],
    ['an open quote', 'externalId,name\na,"Ada\n', undefined],
    ['two columns of one meaning', 'externalId,ID\na,a\n', 1],
    ['more cells than headers', 'externalId\na,b\n', 2],
  ])('with %s is refused with a word on it', async (_name, text, row) => {
    const answer = await csv(text);
    expect(answer.status, answer.text).toBe(422);
    expect(answer.body.errors[0].detail.length).toBeGreaterThan(10);
    if (row !== undefined) expect(answer.body.errors[0].row).toBe(row);
  });

  it('that is no UTF-8 says how to save it', async () => {
    const payload = Buffer.from('externalId,name\na,\xc9milie\n', 'latin1');
    const answer = await lab.app.inject({
      ...{ method: 'POST', url: `${at}/roster`, payload },
      headers: { authorization: `Bearer ${instructor}`, 'content-type': 'text/csv' },
    });
    expect([answer.statusCode, answer.json().errors[0].detail]).toEqual([
      422,
      expect.stringContaining('CSV UTF-8'),
    ]);
  });

  it('deactivates who is absent only when asked to, and never who teaches', async () => {
    await freshCourse();
    await csv('externalId,role\na,\nb,\nt,instructor\n');
    expect((await csv('externalId\na\n')).body.deactivated).toBe(0);
    const synced = await csv('externalId\na\n', '?absent=deactivate');
    expect(synced.body).toMatchObject({ deactivated: 1, unchanged: 1 });
    const inactive = await send('GET', `${at}/enrolments?active=false`);
    expect(inactive.body.items.map((one: { externalId: string }) => one.externalId)).toEqual(['b']);
    expect((await csv('externalId,active\nb,yes\n')).body.updated).toBe(1);
  });

  it('of as many people as there may be is done at once, one more is refused', async () => {
    await freshCourse();
    const rows = Array.from(
      { length: limits.rosterRows },
      (_, n) => `s-${n},Student ${n},,Lab ${n % 20}`,
    );
    const header = 'externalId,name,role,section\n';
    const all = await csv(header + rows.join('\n'));
    expect(all.body).toMatchObject({ created: limits.rosterRows });
    const over = await csv(`${header}${rows.join('\n')}\none-more,,,\n`);
    expect(over).toMatchObject({ status: 422, body: { detail: 'The roster is too long.' } });
  });

  it('answers a repeated key as before, and another question under it not at all', async () => {
    await freshCourse();
    const headers = { 'content-type': 'text/csv', 'idempotency-key': 'k1' };
    const first = await csv('externalId\na\n', '', { headers });
    const again = await csv('externalId\na\n', '', { headers });
    expect([again.text, again.headers['idempotent-replayed']]).toEqual([first.text, 'true']);
    expect((await csv('externalId\nb\n', '', { headers })).status).toBe(422);
  });
});

describe('a roster as JSON', () => {
  beforeAll(() => freshCourse());

  it('takes the same people, and names rows by their number', async () => {
    const body = {
      people: [
        { externalId: 7, active: true },
        { externalId: 'b', nmae: 'Bob' },
      ],
    };
    const refused = await send('POST', `${at}/roster`, body);
    expect(refused.body.errors).toEqual([
      expect.objectContaining({ row: 2, column: 'nmae', pointer: '#/people' }),
    ]);
    const made = await send('POST', `${at}/roster?onProblem=skip`, body);
    expectDocumented(rosterResult, made.body);
    expect((await people())[0]).toMatchObject({ externalId: '7' });
    const none = await send('POST', `${at}/roster`, { people: [] });
    expect(none.status).toBe(422);
  });
});

describe('a person of a course', () => {
  let person: { id: string; revision: number };
  let url: string;
  let secret: string;

  beforeAll(async () => {
    await freshCourse();
    await csv('externalId,name\nada,Ada Lovelace\n');
    const found = await send('GET', `${at}/enrolments?externalId=ada`);
    person = found.body.items[0];
    url = `${at}/enrolments/${person.id}`;
    const ask = { role: 'learner', courseId, learnerId: person.id };
    secret = (await send('POST', '/v1/tokens', ask)).body.secret;
  });

  it('moves between sections, by the revision that was read', async () => {
    const section = await send('POST', `${at}/sections`, { name: 'Lab 1' });
    expectDocumented(sectionSchema, section.body);
    const tag = String((await send('GET', url)).headers.etag);
    const headers = { 'if-match': tag };
    const moved = await send('PATCH', url, { sectionId: section.body.id }, { headers });
    expectDocumented(enrolmentSchema, moved.body);
    expect(moved.body.sectionId).toBe(section.body.id);
    expect((await send('PATCH', url, { name: 'A' }, { headers })).status).toBe(412);
    const same = await send('PATCH', url, {});
    expect(same.headers.etag).toBe(moved.headers.etag);
    const kept = await send('DELETE', `${at}/sections/${section.body.id}`);
    expect(kept.status).toBe(409);
    await send('PATCH', url, { sectionId: null });
    expect((await send('DELETE', `${at}/sections/${section.body.id}`)).status).toBe(200);
    expect((await send('PATCH', url, { sectionId: 'none' })).status).toBe(404);
  });

  it('is shut out while deactivated, and back as before afterwards', async () => {
    const mine = () => lab.send({ url: `${at}/progress`, token: secret });
    expect((await mine()).status).toBe(200);
    await send('PATCH', url, { active: false, reason: 'left' });
    expect(await mine()).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    await send('PATCH', url, { active: true });
    expect((await mine()).status).toBe(200);
  });

  it('stands in the audit with who, what, before, after and why', async () => {
    const audit = await send('GET', `/v1/audit?course=${courseId}&learner=${person.id}`);
    const left = audit.body.items.find((one: { reason?: string }) => one.reason === 'left');
    expect(left).toMatchObject({
      ...{ action: 'enrolment:update', subject: person.id, learnerIds: [person.id] },
      ...{ before: { externalId: 'ada' }, after: { deactivatedAt: expect.any(String) } },
      requestId: expect.any(String),
    });
    const filtered = async (query: string) =>
      (await send('GET', `/v1/audit?course=${courseId}&${query}`)).body.items.length;
    expect(await filtered('action=section')).toBe(2);
    expect(await filtered('action=section:create')).toBe(1);
    expect(await filtered('action=sect')).toBe(0);
    expect(await filtered(`actor=${left.tokenId}`)).toBeGreaterThan(3);
    expect(await filtered('from=2999-01-01T00:00:00Z')).toBe(0);
    expect(await filtered('to=2999-01-01T00:00:00Z&subject=nobody')).toBe(0);
    const wrong = `/v1/audit?course=${courseId}&from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z`;
    expect((await send('GET', wrong)).status).toBe(422);
    const text = await send('GET', `/v1/audit?course=${courseId}`, undefined, {
      headers: { accept: 'text/csv' },
    });
    expect(text.headers['content-type']).toMatch(/^text\/csv/);
    const all = await filtered('limit=200');
    expect(text.text.trim().split('\r\n')).toHaveLength(all + 1);
  });
});

describe('an archived course', () => {
  it('is read as before and refuses every write, until it is restored', async () => {
    await freshCourse();
    await csv('externalId\na\n');
    const { id: assignment } = (
      await send('POST', `${at}/assignments`, { exercise: 'first-clusterip' })
    ).body;
    const [one] = await people();
    const archived = await send('PATCH', at, { archived: true, reason: 'over' });
    expectDocumented(courseSchema, archived.body);
    expect(archived.body.archivedAt).toEqual(expect.any(String));
    const { secret } = (
      await send('POST', '/v1/tokens', { role: 'learner', courseId, learnerId: one.id })
    ).body;
    const answer = { part: 'service', answer: { manifest: 'apiVersion: v1\nkind: Pod' } };
    const writes = [
      send('PATCH', at, { title: 'T' }),
      csv('externalId\nb\n'),
      send('POST', `${at}/enrolments`, { externalId: 'c' }),
      send('PATCH', `${at}/enrolments/${one.id}`, { name: 'N' }),
      send('POST', `${at}/sections`, { name: 'S' }),
      send('POST', `${at}/invitations`, {}),
      send('POST', `${at}/assignments`, { exercise: 'first-clusterip' }),
      send('PATCH', `${at}/assignments/${assignment}`, { title: 'T' }),
      send('POST', `${at}/assignments/${assignment}/submissions`, answer, { token: secret }),
      send('POST', `${at}/assignments/${assignment}/marks`, {
        ...{ learnerId: one.id, part: 'service', points: 1 },
      }),
      send('POST', `${at}/assignments/${assignment}/overrides`, {
        ...{ learnerId: one.id, points: 1, reason: 'r' },
      }),
      send('POST', `${at}/assignments/${assignment}/contests`, { text: 'why?' }, { token: secret }),
    ];
    for (const written of await Promise.all(writes)) {
      expect([written.status, written.body.code], written.text).toEqual([409, 'archived']);
    }
    const reads = ['', '/enrolments', '/gradebook', '/assignments', '/submissions', '/sections'];
    for (const path of reads) expect((await send('GET', `${at}${path}`)).status).toBe(200);
    expect((await send('PATCH', at, { archived: false, title: 'Again' })).status).toBe(200);
    expect((await csv('externalId\nb\n')).status).toBe(200);
  });
});

describe('a copy of a course', () => {
  it('has the assignments with their dates moved on the wall, and nobody', async () => {
    await freshCourse();
    await csv('externalId,section\na,Lab 1\n');
    const exercise = 'first-clusterip';
    const first = await send('POST', `${at}/assignments`, {
      ...{ exercise, dueAt: '2026-10-20T23:59', opensAt: '2026-10-01T08:00:00Z' },
      policy: { attempts: 3 },
    });
    const prerequisites = [{ assignmentId: first.body.id, minimumScore: 1 }];
    await send('POST', `${at}/assignments`, { exercise, prerequisites });
    const made = await send('POST', `${at}/copy`, {
      ...{ title: 'Spring', term: 'Spring 2027', shiftDays: 14, sections: true },
    });
    expect(made.status, made.text).toBe(201);
    expectDocumented(courseCopy, made.body);
    const [one, two] = made.body.assignments;
    // Daylight saving ended between: the wall shows the same time, the instant is an hour later.
    expect(one).toMatchObject({
      ...{ dueAt: '2026-11-03T22:59:00.000Z', local: { dueAt: '2026-11-03T23:59' } },
      ...{ opensAt: '2026-10-15T08:00:00.000Z', policy: { attempts: 3 }, revision: 1 },
    });
    expect(two.prerequisites).toEqual([{ assignmentId: one.id, minimumScore: 1 }]);
    const copy = `/v1/courses/${made.body.course.id}`;
    expect((await send('GET', `${copy}/enrolments`)).body.items).toEqual([]);
    expect((await send('GET', `${copy}/sections`)).body.items).toMatchObject([{ name: 'Lab 1' }]);
    expect((await send('GET', `${copy}/assignments`)).body.items).toEqual(made.body.assignments);
  });
});

describe('an invitation', () => {
  beforeAll(() => freshCourse());

  it('lets as many in as it says, each with a token, into its section', async () => {
    const section = (await send('POST', `${at}/sections`, { name: 'Lab 1' })).body.id;
    const made = await send('POST', `${at}/invitations`, { uses: 1, sectionId: section });
    expectDocumented(issuedInvitation, made.body);
    const { code } = made.body;
    const accept = (externalId: string) =>
      lab.send({ method: 'POST', url: '/v1/invitations/accept', body: { code, externalId } });
    await csv('externalId\nthere\n');
    expect((await accept('there')).status).toBe(409);
    const both = await Promise.all([accept('x'), accept('y')]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 403]);
    const came = both.find(({ status }) => status === 201)?.body;
    expectDocumented(accepted, came);
    const mine = await lab.send({ url: `${at}/progress`, token: came.secret });
    expect(mine.body.learner).toMatchObject({ id: came.enrolment.id, sectionId: section });
    const listed = await send('GET', `${at}/invitations`);
    expectDocumented(invitation, listed.body.items[0]);
    expect(listed.body.items[0].uses).toBe(1);
    expect(listed.text).not.toContain(code);
  });

  it('that is revoked, expired or made up lets nobody in', async () => {
    const { invitation: made, code } = (await send('POST', `${at}/invitations`, {})).body;
    await send('DELETE', `${at}/invitations/${made.id}?reason=leaked`);
    const accept = (secret: string) =>
      lab.send({
        ...{ method: 'POST', url: '/v1/invitations/accept' },
        body: { code: secret, externalId: 'z' },
      });
    expect((await accept(code)).status).toBe(403);
    expect((await accept('made-up')).status).toBe(404);
    const past = { expiresAt: '2020-01-01T00:00:00Z' };
    expect((await send('POST', `${at}/invitations`, past)).status).toBe(422);
    expect((await send('POST', `${at}/invitations`, { role: 'instructor' })).status).toBe(422);
  });
});

describe('tokens for a class', () => {
  it('are one for each active learner, shown once, and may replace those before', async () => {
    await freshCourse();
    await csv('externalId,name,role,active\na,Ada,,\nb,Bob,,no\nc,"=1+1",,\nt,T,teacher,\n');
    const headers = { 'idempotency-key': 'class-1' };
    const made = await send('POST', `${at}/tokens`, {}, { headers });
    expectDocumented(classTokens, made.body);
    expect(made.body.items.map((one: { externalId: string }) => one.externalId)).toEqual([
      'a',
      'c',
    ]);
    const again = await send('POST', `${at}/tokens`, {}, { headers });
    expect(again.text).not.toContain('sl_');
    const [{ secret }] = made.body.items;
    expect((await lab.send({ url: `${at}/progress`, token: secret })).status).toBe(200);
    const accept = { headers: { accept: 'text/csv' } };
    const text = (await send('POST', `${at}/tokens`, { replace: true }, accept)).text;
    expect(text.split('\r\n')[0]).toBe('externalId,name,tokenId,secret');
    expect(text).toContain("'=1+1");
    expect((await lab.send({ url: `${at}/progress`, token: secret })).status).toBe(401);
    const wrong = await send('POST', `${at}/tokens`, { learnerIds: ['nobody'] });
    expect(wrong.body.errors[0].pointer).toBe('#/learnerIds/0');
  });
});

describe('what was handed in', () => {
  let assignment: string;
  let learner: string;
  const manifest = 'apiVersion: v1\nkind: Service\nmetadata: {name: web-service}\n';

  beforeAll(async () => {
    await freshCourse();
    await csv('externalId,name\nada,Ada Lovelace\nbob,Bob\n');
    assignment = (await send('POST', `${at}/assignments`, { exercise: 'first-clusterip' })).body.id;
    const items = (await send('POST', `${at}/tokens`, {})).body.items;
    learner = items[0].enrolmentId;
    for (const { secret } of items) {
      const body = {
        part: 'service',
        answer: { manifest: `${manifest}spec: {ports: [{port: 80}]}` },
      };
      const url = `${at}/assignments/${assignment}/submissions`;
      expect((await lab.send({ method: 'POST', url, token: secret, body })).status).toBe(201);
    }
  });

  it('is listed for the whole course, and by each filter', async () => {
    const list = async (query = '') => (await send('GET', `${at}/submissions${query}`)).body.items;
    expect(await list()).toHaveLength(2);
    expect(await list(`?learner=${learner}`)).toHaveLength(1);
    expect(await list(`?assignment=${assignment}&part=service&outcome=graded`)).toHaveLength(2);
    expect(await list('?outcome=fault')).toEqual([]);
    expect(await list('?from=2999-01-01T00:00:00Z')).toEqual([]);
    const { body } = await send('GET', `${at}/submissions?limit=1`);
    expect(await list(`?limit=1&cursor=${body.next}`)).toHaveLength(1);
  });

  it.each([
    ['learner=none', 404],
    ['assignment=none', 404],
    ['part=none', 422],
    ['outcome=none', 422],
    ['from=yesterday', 422],
    ['from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z', 422],
  ])('a filter that names nothing is refused: %s', async (query, status) => {
    expect((await send('GET', `${at}/submissions?${query}`)).status).toBe(status);
  });

  it('as a preview is judged and leaves no trace', async () => {
    const before = (await send('GET', `${at}/gradebook`)).text;
    const body = { part: 'service', answer: { manifest }, learnerId: learner };
    const tried = await send('POST', `${at}/assignments/${assignment}/preview`, body);
    expect(tried.status, tried.text).toBe(200);
    expectDocumented(preview, tried.body);
    expect((await send('GET', `${at}/gradebook`)).text).toBe(before);
    expect((await send('GET', `${at}/submissions`)).body.items).toHaveLength(2);
  });

  it('is exported with everything about the person, for staff and for themselves', async () => {
    const url = `${at}/enrolments/${learner}/export`;
    const kept = await send('GET', url);
    expectDocumented(learnerExport, kept.body);
    expect(kept.body).toMatchObject({
      enrolment: { externalId: 'ada', name: 'Ada Lovelace' },
      submissions: [{ answer: { manifest: expect.stringContaining('web-service') } }],
      events: [{ kind: 'attempt' }],
    });
    const secret = (
      await send('POST', '/v1/tokens', { role: 'learner', courseId, learnerId: learner })
    ).body.secret;
    expect((await lab.send({ url, token: secret })).body.submissions).toHaveLength(1);
    const other = (await people())[1].id;
    const foreign = await lab.send({ url: `${at}/enrolments/${other}/export`, token: secret });
    expect(foreign.status).toBe(404);
  });

  it('is forgotten with the person, while the statistics stay', async () => {
    const url = `${at}/enrolments/${learner}/erasure`;
    const grades = async () =>
      (await send('GET', `${at}/gradebook`)).body.learners.map(
        (one: { score: number }) => one.score,
      );
    const before = await grades();
    const overrides = `${at}/assignments/${assignment}/overrides`;
    await send('POST', overrides, {
      learnerId: learner,
      comment: 'Ada was ill',
      reason: 'Ada ill',
    });
    const unsure = await send('POST', url, { confirm: 'bob', reason: 'r' });
    expect(unsure).toMatchObject({ status: 422, body: { errors: [{ pointer: '#/confirm' }] } });
    const stale = { headers: { 'if-match': '"7"' } };
    expect((await send('POST', url, { confirm: 'ada', reason: 'r' }, stale)).status).toBe(412);
    const done = await send('POST', url, { confirm: 'ada', reason: 'by letter' });
    expect(done.status, done.text).toBe(200);
    expectDocumented(erasureResult, done.body);
    expect(await grades()).toEqual(before);
    const again = await send('POST', url, { confirm: done.body.pseudonym, reason: 'r' });
    expect(again.body).toEqual(done.body);
    const reads = ['/enrolments', '/gradebook', '/submissions', '/overrides', '/marking'];
    const everything = [
      ...(await Promise.all(reads.map((path) => send('GET', `${at}${path}`)))),
      await send('GET', `${at}/enrolments/${learner}/export`),
      await send('GET', `/v1/audit?course=${courseId}&limit=200`),
    ];
    for (const { status, text } of everything) {
      expect(status, text).toBe(200);
      expect(text.match(/.{0,300}(Ada|Lovelace|"ada"|Ada ill).*/)?.[0]).toBeUndefined();
    }
    const exported = everything[5]?.body;
    expect(exported).toMatchObject({ enrolment: { erasedAt: expect.any(String) } });
    expect(exported.submissions[0]).toMatchObject({ erased: true, points: expect.any(Number) });
    const read = await send('GET', `/v1/submissions/${exported.submissions[0].id}`);
    expect([read.status, 'answer' in read.body, read.body.erased]).toEqual([200, false, true]);
    expect((await csv(`externalId\n${done.body.pseudonym}\n`)).status).toBe(422);
    expect((await send('PATCH', `${at}/enrolments/${learner}`, { name: 'Ada' })).status).toBe(409);
  });
});
