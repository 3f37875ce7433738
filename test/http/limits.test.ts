import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildLab, type TestLab } from '../support/lab.ts';

const deployment = (key: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: big}
spec:
  ${key}: 1000000
  selector: {matchLabels: {a: b}}
  template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: nginx}]}}
`;
const services = [...Array(200).keys()]
  .map((at) => {
    return `---\napiVersion: v1\nkind: Service\nmetadata: {name: s${at}}\nspec: {selector: {a: b}, ports: [{port: 80}]}\n`;
  })
  .join('');

let lab: TestLab;
beforeAll(async () => {
  lab = await buildLab();
});
afterAll(() => lab.close());

const submit = (manifest: string) => {
  const { courseId, assignments, learners } = lab.demo;
  const url = `/v1/courses/${courseId}/assignments/${assignments[0]?.id}/submissions`;
  const body = { part: 'service', answer: { manifest } };
  return lab.send({ method: 'POST', url, token: learners[0]?.secret, body });
};

it('an answer that asks for too many Pods is told where, and nothing is run', async () => {
  const { status, text, body } = await submit(deployment('replicas') + services);
  expect(status).toBeLessThan(300);
  expect(body.outcome).toBe('rejected');
  expect(text).toContain('limit-pods');
  expect(text).toContain('Line 5:');
});

it('an answer that hides it is stopped by the controllers', async () => {
  const { body, text } = await submit(deployment('"repl\\u0069cas"') + services);
  expect(body.outcome).toBe('rejected');
  expect(text).toContain('limit-endpoints');
});

it('the server answers the next request', async () => {
  expect((await lab.send({ url: '/healthz' })).status).toBe(200);
});
