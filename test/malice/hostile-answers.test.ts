import { afterAll, beforeAll, expect, it } from 'vitest';
import { adminToken, buildLab, type TestLab } from '../support/lab.ts';
import { hostileBodies, hostileTexts, hostileValues } from './hostile-texts.ts';

let lab: TestLab;
let logged = '';
let asked = 0;
let course: string;
/** By the kind of a part, where one stands. */
const parts = new Map<string, { readonly address: string; readonly part: string }>();

beforeAll(async () => {
  const stream = {
    write(line: string) {
      logged += line;
    },
  };
  lab = await buildLab({ logger: { level: 'info', stream } });
  const made = await lab.send({ ...post('/v1/courses', { title: 'Malice' }) });
  course = made.body.id;
  for (const exercise of ['first-clusterip', 'selector-mismatch', 'which-type', 'try-with-ai']) {
    const one = await lab.send(post(`/v1/courses/${course}/assignments`, { exercise }));
    const address = `/v1/courses/${course}/assignments/${one.body.id}/submissions`;
    for (const { id, kind } of one.body.parts) parts.set(kind, { address, part: id });
  }
});
afterAll(() => lab.close());

const post = (url: string, body: unknown) =>
  ({ method: 'POST', url, token: adminToken, body }) as const;

/** An answer that is no answer is refused plainly; nothing is the server's own fault. */
async function handIn(kind: string, answer: unknown, learner = 'mallory'): Promise<void> {
  const place = parts.get(kind);
  if (place === undefined) throw new Error(`no part of the kind ${kind}`);
  const body = { part: place.part, answer, learner: { id: learner } };
  hold(
    await lab.send(post(place.address, body)),
    `${kind} ${JSON.stringify(answer)?.slice(0, 80)}`,
  );
}

function hold(reply: Awaited<ReturnType<TestLab['send']>>, about: string): void {
  asked += 1;
  if (reply.status >= 500) expect.fail(`${about}: ${reply.status} ${reply.text}`);
  if (reply.body === undefined) expect.fail(`${about}: no JSON: ${reply.text}`);
  if (reply.body.outcome === 'fault') expect.fail(`${about}: ${reply.text}`);
  if (reply.headers['set-cookie'] !== undefined) expect.fail(`${about}: a header was injected`);
}

it('hostile texts are answered, as a manifest, in it, and as command lines', async () => {
  for (const text of hostileTexts) {
    await handIn('manifest', { manifest: text });
    await handIn('manifest', {
      manifest: `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${text}`,
    });
    await handIn('manifest', {
      manifest: `{"apiVersion":"v1","kind":"Service","metadata":{"name":"a"},"spec":{"selector":{${JSON.stringify(text)}:"x"},"ports":[{"port":80}]}}`,
    });
    await handIn('commands', { commands: [text] });
    await handIn('commands', { commands: [`kubectl get ${text}`, `kubectl label pod a=${text}`] });
    await handIn('text', { text });
    await handIn('choice', { choice: [text] });
    await handIn('predict', { predict: { [text]: text } });
  }
});

it('values of every type are answered in place of every kind of answer', async () => {
  for (const value of hostileValues) {
    for (const kind of parts.keys()) {
      await handIn(kind, value);
      await handIn(kind, { [kind]: value });
      await handIn(kind, { [kind]: [value] });
    }
  }
});

it('bodies that are no JSON are refused as such', async () => {
  const place = parts.get('manifest');
  for (const [name, payload] of hostileBodies) {
    for (const type of ['application/json', 'application/json; charset=utf-16', 'text/yaml']) {
      const reply = await lab.app.inject({
        method: 'POST',
        url: place?.address ?? '',
        headers: { authorization: `Bearer ${adminToken}`, 'content-type': type },
        payload,
      });
      asked += 1;
      if (reply.statusCode < 400 || reply.statusCode >= 500) {
        expect.fail(`${name} as ${type}: ${reply.statusCode} ${reply.body}`);
      }
      expect(reply.headers['content-type']).toContain('application/problem+json');
    }
  }
});

it('names of learners are names, in addresses, reports and logs', async () => {
  for (const text of hostileTexts) {
    const enrolment = { externalId: `m-${text}`, name: text, role: 'learner' };
    hold(await lab.send(post(`/v1/courses/${course}/enrolments`, enrolment)), `name ${text}`);
    await handIn('manifest', { manifest: 'x' }, text);
    const url = `/v1/courses/${encodeURIComponent(text.toWellFormed())}/assignments`;
    hold(await lab.send({ url, token: adminToken }), `course ${text}`);
  }
  const csv = await lab.send({ url: `/v1/courses/${course}/gradebook.csv`, token: adminToken });
  expect(
    csv.status,
    logged.split('\n').findLast((line) => line.includes('stack')),
  ).toBe(200);
  for (const cell of csv.text.split(/[,\r\n]/)) expect(cell).not.toMatch(/^"?[=+@\t]/);
});

it('that were more than five hundred, nothing was polluted, and no log line was forged', () => {
  expect(asked).toBeGreaterThan(500);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  for (const line of logged.split('\n').filter(Boolean)) {
    expect(JSON.parse(line).msg).not.toBe('forged');
  }
  expect(logged).not.toContain(adminToken);
});
