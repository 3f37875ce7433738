import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { gradebook, partGrade, progress } from '../../src/http/schemas/gradebook.ts';
import { answer } from '../../src/http/schemas/playground.ts';
import {
  acceptance,
  submissionDetail,
  submissionResult,
} from '../../src/http/schemas/submission.ts';
import { buildLab, type TestLab } from '../support/lab.ts';

/** These answers pass the serializer by, so that a schema that lies would not be noticed there. */
describe('what is sent as made is what the schema documents', () => {
  let lab: TestLab;
  let course: string;
  let assignment: string;
  let learner: string;

  beforeAll(async () => {
    lab = await buildLab();
    course = `/v1/courses/${lab.demo.courseId}`;
    assignment = `${course}/assignments/${lab.demo.assignments[0]?.id}`;
    learner = lab.demo.learners[0]?.secret ?? '';
  });
  afterAll(() => lab.close());

  it.each([
    ['a graded answer', 'spec: {selector: {app: wbe}, ports: [{port: 80}]}'],
    ['an accepted one', 'spec: {selector: {app: web}, ports: [{port: 80}]}'],
    ['a refused one', 'spec: {ports: [{port: 0}], nope: 1}'],
    ['no YAML', 'a: ['],
  ])('%s', async (_name, spec) => {
    const manifest = `apiVersion: v1\nkind: Service\nmetadata: {name: web-service}\n${spec}\n`;
    const body = { part: 'service', answer: { manifest } };
    const ask = { method: 'POST', token: learner, body } as const;
    const handed = await lab.send({ ...ask, url: `${assignment}/submissions` });
    expectDocumented(submissionResult, handed.body);
    expectDocumented(acceptance, (await lab.send({ ...ask, url: `${assignment}/check` })).body);
    const read = await lab.send({ url: `/v1/submissions/${handed.body.id}`, token: learner });
    expectDocumented(submissionDetail, read.body);
  });

  it('progress, gradebook and marks', async () => {
    const mine = (await lab.send({ url: `${course}/progress`, token: learner })).body;
    expectDocumented(progress, mine);
    const token = lab.demo.instructor;
    expectDocumented(gradebook, (await lab.send({ url: `${course}/gradebook`, token })).body);
    const body = { learnerId: mine.learner.id, part: 'service', points: 2 };
    const url = `${assignment}/marks`;
    expectDocumented(partGrade, (await lab.send({ method: 'POST', url, token, body })).body);
  });

  it('the playground', async () => {
    const body = {
      world: {
        manifests:
          'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: nginx}]}\n',
      },
      steps: [
        { verb: 'run', args: ['x', '--image=nginx'] },
        { verb: 'apply', text: 'a: [' },
      ],
      ask: {
        objects: ['pods', 'nope'],
        traffic: [{ from: 'outside', ask: [{ proto: 'tcp', addr: '10.96.0.1:443' }] }],
        dns: [['nope.example', 'A']],
        kubectl: ['get pods'],
      },
    };
    const ask = { method: 'POST', url: '/v1/simulate', token: learner, body } as const;
    expectDocumented(answer, (await lab.send(ask)).body);
  });
});

/** Nothing is missing, and nothing is there that the schema would drop. */
function expectDocumented(schema: z.ZodType, body: unknown): void {
  expect(schema.parse(body)).toEqual(body);
}
