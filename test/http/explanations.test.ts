import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answersOf } from '../../src/exercise/answers.ts';
import { loadExercises } from '../../src/exercise/load.ts';
import { exercisesFolder } from '../../src/lab.ts';
import { buildLab, type TestLab } from '../support/lab.ts';

const id = 'first-clusterip';
let lab: TestLab;
let assignment: string;
let token: string;

beforeAll(async () => {
  lab = await buildLab();
  const found = lab.demo.assignments.find(({ exerciseId }) => exerciseId === id);
  assignment = `/v1/courses/${lab.demo.courseId}/assignments/${found?.id}`;
  token = lab.demo.learners[0]?.secret ?? '';
});
afterAll(() => lab.close());

const explanationFor = async (url: string, who: string) => {
  const { status, body } = await lab.send({ url, token: who });
  expect(status).toBe(200);
  return body.explanation;
};

describe('the worked explanation', () => {
  it('is shown to nobody who learns, before', async () => {
    expect(await explanationFor(`${assignment}/exercise`, token)).toBeUndefined();
    expect(await explanationFor(`/v1/exercises/${id}`, token)).toBeUndefined();
  });

  it('is shown to whoever teaches', async () => {
    expect(await explanationFor(`/v1/exercises/${id}`, lab.demo.instructor)).toMatch(/\w/);
  });

  it('is shown after full marks in every part, to this learner alone', async () => {
    const exercise = loadExercises(exercisesFolder).get(id);
    if (!exercise) throw new Error('the exercise is gone');
    const actor = await lab.lab.gradebook.authenticate(token);
    if (!actor) throw new Error('nobody has this token');
    const [courseId = '', , assignmentId = ''] = assignment.split('/').slice(3);
    const { seed } = await lab.lab.gradebook.variant(actor, courseId, assignmentId);
    const right = answersOf(exercise, exercise.variantOf(seed)).filter((each) => !each.expected);
    for (const { id: part } of exercise.parts) {
      expect(await explanationFor(`${assignment}/exercise`, token)).toBeUndefined();
      const answer = right.find((each) => each.part.id === part)?.answer;
      const url = `${assignment}/submissions`;
      const { body } = await lab.send({ method: 'POST', url, token, body: { part, answer } });
      expect(body.score.net).toBe(body.score.maximum);
    }
    expect(await explanationFor(`${assignment}/exercise`, token)).toMatch(/\w/);
    const other = lab.demo.learners[1]?.secret ?? '';
    expect(await explanationFor(`${assignment}/exercise`, other)).toBeUndefined();
  });
});
