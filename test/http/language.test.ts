import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildLab, type TestLab } from '../support/lab.ts';

let lab: TestLab;
let url: string;
beforeAll(async () => {
  lab = await buildLab();
  const found = lab.demo.assignments.find(({ exerciseId }) => exerciseId === 'first-clusterip');
  url = `/v1/courses/${lab.demo.courseId}/assignments/${found?.id}/submissions`;
});
afterAll(() => lab.close());

const manifest =
  '{apiVersion: v1, kind: Service, metadata: {name: x}, spec: {selector: {app: nobody}, ports: [{port: 80}]}}';

const submit = (language: string | undefined, headers: Record<string, string> = {}) =>
  lab.send({
    method: 'POST',
    url,
    token: lab.demo.learners[0]?.secret,
    headers: { ...(language !== undefined && { 'accept-language': language }), ...headers },
    body: { part: 'service', answer: { manifest } },
  });

describe('feedback is in the language asked for', () => {
  const asked: readonly (readonly [string | undefined, string])[] = [
    [undefined, 'en'],
    ['de', 'de'],
    ['de-AT', 'de'],
    ['fr-CH, de-CH;q=0.8, en;q=0.5', 'de'],
    ['en-GB, de;q=0.3', 'en'],
    ['fr', 'en'],
    ['*', 'en'],
    [';;q=nonsense,,', 'en'],
  ];
  it.each(asked)('%s', async (language, expected) => {
    const { headers, text } = await submit(language);
    expect(headers['content-language']).toBe(expected);
    expect(String(headers.vary)).toMatch(/accept-language/i);
    expect(text.includes('passt auf keinen')).toBe(expected === 'de');
    expect(text.includes('matches none')).toBe(expected === 'en');
  });

  it('also when a submission is read again', async () => {
    const { body } = await submit('en');
    const again = await lab.send({
      url: `/v1/submissions/${body.id}`,
      token: lab.demo.learners[0]?.secret,
      headers: { 'accept-language': 'de' },
    });
    expect(again.headers['content-language']).toBe('de');
    expect(again.text).toContain('passt auf keinen');
  });

  it('and a repeated request is answered as it was the first time', async () => {
    const first = await submit('de', { 'idempotency-key': 'language' });
    const again = await submit('en', { 'idempotency-key': 'language' });
    expect(again.text).toBe(first.text);
    expect(again.headers['content-language']).toBeUndefined();
  });
});
