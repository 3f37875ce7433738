import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actions, rights } from '../../src/gradebook/authorise.ts';
import { type Role, roles } from '../../src/gradebook/index.ts';
import type { RouteRule } from '../../src/http/route-rules.ts';
import { adminToken, buildLab, type TestAnswer, type TestLab } from '../support/lab.ts';

interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly rule: RouteRule | undefined;
}

/** A course with one of everything that an address may name. */
type Names = Readonly<Record<string, string>>;

let lab: TestLab;
let routes: readonly Route[];
let own: Names;
let foreign: Names;
let tokens: Readonly<Record<Role, string>>;

const anyMethod = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const;

beforeAll(async () => {
  const seen: Route[] = [];
  lab = await buildLab({}, (app) =>
    app.addHook('onRoute', ({ url, method, config }) => {
      if (!url.startsWith('/v1/')) return;
      for (const each of anyMethod) {
        if ([method].flat().includes(each)) seen.push({ method: each, url, rule: config?.action });
      }
    }),
  );
  routes = seen;
  own = await makeCourse('own');
  foreign = await makeCourse('foreign');
  tokens = await makeTokens();
});
afterAll(() => lab.close());

const asAdmin = async (url: string, body: unknown): Promise<{ id: string }> => {
  const answer = await lab.send({ method: 'POST', url, token: adminToken, body });
  expect(answer.status, answer.text).toBe(201);
  return answer.body.token ?? answer.body.invitation ?? answer.body;
};

async function makeCourse(title: string): Promise<Names> {
  const course = (await asAdmin('/v1/courses', { title })).id;
  const at = `/v1/courses/${course}`;
  const exercise = 'first-clusterip';
  const assignment = (await asAdmin(`${at}/assignments`, { exercise })).id;
  const learner = (await asAdmin(`${at}/enrolments`, { externalId: 'ada' })).id;
  const section = (await asAdmin(`${at}/sections`, { name: 'A' })).id;
  const invitation = (await asAdmin(`${at}/invitations`, { uses: 1 })).id;
  const ask = { role: 'learner', courseId: course, learnerId: learner };
  const made = await lab.send({ method: 'POST', url: '/v1/tokens', token: adminToken, body: ask });
  const handed = await lab.send({
    ...{ method: 'POST', url: `${at}/assignments/${assignment}/submissions` },
    ...{ token: made.body.secret, body: { part: 'service', answer: { manifest: 'a: 1' } } },
  });
  expect(handed.status, handed.text).toBe(201);
  const names = { course, assignment, learner, enrolment: learner, section, invitation, exercise };
  return { ...names, submission: handed.body.id, token: made.body.token.id };
}

async function makeTokens(): Promise<Record<Role, string>> {
  const made: [Role, string][] = [];
  for (const role of roles) {
    const scope = role === 'admin' || role === 'author' ? {} : { courseId: own.course };
    const body = { role, ...scope, ...(role === 'learner' && { learnerId: own.learner }) };
    const answer = await lab.send({ method: 'POST', url: '/v1/tokens', token: adminToken, body });
    expect(answer.status, answer.text).toBe(201);
    made.push([role, answer.body.secret]);
  }
  return Object.fromEntries(made) as Record<Role, string>;
}

/** Asked with a body that is wrong everywhere, so that nothing is done and nothing is used up. */
function ask({ method, url }: Route, names: Names, token?: string): Promise<TestAnswer> {
  const path = url.replace(/:(\w+)/g, (_all, name: string) => names[name] ?? 'none-of-that-name');
  const wrong = method === 'GET' || method === 'DELETE' ? {} : { body: { 'no such member': 1 } };
  return lab.send({ method, url: path, ...wrong, ...(token !== undefined && { token }) });
}

const inCourse = ({ url }: Route) => url.includes('/:course');
/** A DELETE has no body to be wrong: these are tried with a reason that is too long. */
const harmless = (route: Route): Route =>
  route.method === 'DELETE' ? { ...route, url: `${route.url}?reason=${'x'.repeat(6000)}` } : route;

describe('every route', () => {
  it('has a rule beside it', () => {
    expect(routes.length).toBeGreaterThan(40);
    const without = routes.filter(({ rule }) => rule === undefined);
    expect(without.map(({ method, url }) => `${method} ${url}`)).toEqual([]);
  });

  it('has a rule that there is', () => {
    const known: readonly (string | undefined)[] = [...actions, 'any-token', 'no-token'];
    expect(routes.filter(({ rule }) => !known.includes(rule))).toEqual([]);
  });

  it('refuses whoever shows no token, but for those that say so', async () => {
    for (const route of routes) {
      const { status } = await ask(harmless(route), own);
      const open = route.rule === 'no-token';
      expect([route.method, route.url, status === 401]).toEqual([route.method, route.url, !open]);
    }
    const open = routes.filter(({ rule }) => rule === 'no-token').map(({ url }) => url);
    expect(open.filter((url) => !knownOpen.includes(url))).toEqual([]);
  });
});

/** What may be asked without a token: each of them carries a secret of its own. */
const knownOpen = ['/v1/invitations/accept', '/v1/launch/:launch', '/v1/launches/open'];

/** Whether an answer says that the token may not do this. */
const refuses = ({ status, body }: TestAnswer) =>
  status === 401 || (status === 403 && body?.code === 'forbidden');

/** Whether it says that there is no such course, for the token. */
const hides = ({ status, body }: TestAnswer) =>
  status === 404 && body?.detail === 'There is no such course.';

describe.each(roles)('as %s', (role) => {
  const rightTo = (rule: RouteRule | undefined) =>
    rule !== undefined && rule in rights[role]
      ? rights[role][rule as keyof (typeof rights)[Role]]
      : undefined;

  it('a route in its own course answers if the table says so, and refuses if not', async () => {
    for (const route of routes.filter(inCourse)) {
      const answer = await ask(harmless(route), own, tokens[role]);
      const outside = role === 'author';
      const may = route.rule === 'any-token' || rightTo(route.rule) !== undefined;
      const said = refuses(answer) ? 'refused' : hides(answer) ? 'hidden' : 'answered';
      const wanted = outside ? 'hidden' : may ? 'answered' : 'refused';
      expect([route.method, route.url, said, answer.status < 500]).toEqual([
        ...[route.method, route.url, wanted],
        true,
      ]);
    }
  });

  it('no route tells it anything of a foreign course', async () => {
    for (const route of routes.filter(inCourse)) {
      const answer = await ask(harmless(route), foreign, tokens[role]);
      const said = hides(answer) ? 'hidden' : 'told';
      const wanted = role === 'admin' ? 'told' : 'hidden';
      expect([route.method, route.url, said]).toEqual([route.method, route.url, wanted]);
    }
  });

  it('a route outside of courses asks the table, too, and reaches nothing foreign', async () => {
    for (const route of routes.filter((one) => !inCourse(one) && one.url.includes('/:'))) {
      if (route.url.includes('/:exercise')) continue;
      const answer = await ask(harmless(route), foreign, tokens[role]);
      if (route.rule === 'any-token' || route.rule === 'no-token') continue;
      const told = answer.status < 400;
      expect([route.method, route.url, told && role !== 'admin']).toEqual([
        ...[route.method, route.url],
        false,
      ]);
    }
  });

  it('a list outside of courses is refused, or holds nothing of a foreign course', async () => {
    for (const route of routes.filter(
      ({ method, url }) => method === 'GET' && !url.includes(':'),
    )) {
      const answer = await ask(route, own, tokens[role]);
      const may = route.rule === 'any-token' || rightTo(route.rule) !== undefined;
      if (!may) expect([route.url, refuses(answer)]).toEqual([route.url, true]);
      if (role !== 'admin') expect(answer.text).not.toContain(foreign.course);
    }
  });
});
