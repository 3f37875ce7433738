import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answersOf } from '../../src/exercise/answers.ts';
import type { Exercise, Variant } from '../../src/exercise/exercise.ts';
import { loadExercises } from '../../src/exercise/load.ts';
import { questionsOf } from '../../src/exercise/part-format.ts';
import { exercisesFolder } from '../../src/lab.ts';
import { buildLab, type TestLab } from '../support/lab.ts';

/** Everything that a learner was sent, or that stands in a log, since the lab was opened. */
const seen: string[] = [];
const library = loadExercises(exercisesFolder);
let lab: TestLab;
let token: string;

beforeAll(async () => {
  const stream = { write: (line: string) => seen.push(line) };
  lab = await buildLab({ logger: { level: 'trace', stream } });
  token = lab.demo.learners[0]?.secret ?? '';
});
afterAll(() => lab.close());

async function ask(url: string, body?: unknown): Promise<number> {
  const method = body === undefined ? 'GET' : 'POST';
  const answer = await lab.send({ method, url, token, body });
  seen.push(answer.text);
  return answer.status;
}

const assignmentOf = ({ id }: Exercise): string => {
  const found = lab.demo.assignments.find(({ exerciseId }) => exerciseId === id);
  return `/v1/courses/${lab.demo.courseId}/assignments/${found?.id}`;
};

async function variantOf(exercise: Exercise): Promise<Variant> {
  const actor = await lab.lab.gradebook.authenticate(token);
  if (!actor) throw new Error('nobody has this token');
  const assignmentId = assignmentOf(exercise).split('/').at(-1) ?? '';
  const { courseId } = lab.demo;
  const drawn = await lab.lab.gradebook.variant(actor, courseId, assignmentId);
  expect(drawn.explained).toBe(false);
  return exercise.variantOf(drawn.seed);
}

const plain = (text: string): string =>
  text
    .replace(/\\n/g, ' ')
    .replace(/[\s"\\]+/g, ' ')
    .trim();

/** What of a variant no learner may find anywhere before full marks, by what it is. */
function secretsOf(exercise: Exercise, variant: Variant): (readonly [string, string])[] {
  const right = answersOf(exercise, variant).filter(({ expected }) => !expected);
  return [
    ['explanation', variant.explanation ?? ''] as const,
    ...right.map(({ file, answer }) => [file, answerText(answer)] as const),
    ...variant.parts.flatMap((part) => [
      ...part.hints.map(({ text }) => ['a hint', text] as const),
      ...expectationsOf(part),
    ]),
  ].filter(([, text]) => text.length >= shortest);
}

/** Shorter texts are words of the brief as well. */
const shortest = 12;

/** The answer as a text where it is one; what is made of options is looked for in its data. */
function answerText(answer: Readonly<Record<string, unknown>>): string {
  if (typeof answer.manifest === 'string') return answer.manifest;
  if (typeof answer.text === 'string') return answer.text;
  const { match } = answer;
  return match === undefined ? '' : JSON.stringify(match);
}

function expectationsOf(part: Variant['parts'][number]): (readonly [string, string])[] {
  switch (part.kind) {
    case 'manifest':
    case 'commands':
      return part.checks.flatMap((check) => [
        ...(check.hidden ? [['a hidden check', check.title] as const] : []),
        ...(check.kind === 'expression' ? [['an expression', check.expression] as const] : []),
        ...(check.kind === 'shows'
          ? [['what is shown', JSON.stringify(check.contains)] as const]
          : []),
      ]);
    case 'choice':
      return questionsOf(part).flatMap(({ options }) =>
        options.map(({ reason }) => ['a reason', reason] as const),
      );
    case 'match':
      return [['pairs', JSON.stringify(part.pairs)]];
    case 'predict':
      return part.questions.map(({ truth }) => ['a truth', JSON.stringify(truth)] as const);
    case 'text':
      return part.coverage.flatMap(({ any = [], all = [], near }) =>
        [any, all, near?.phrases ?? []].map((each) => ['phrases', JSON.stringify(each)] as const),
      );
  }
}

describe.each(library.exercises.map((exercise) => [exercise.folder, exercise] as const))(
  '%s',
  (_folder, exercise) => {
    it('is answered wrongly in every way, and tells nothing', async () => {
      seen.length = 0;
      const variant = await variantOf(exercise);
      const own = assignmentOf(exercise);
      for (const url of [`${own}/exercise`, own, `/v1/exercises/${exercise.id}`]) {
        expect(await ask(url)).toBe(200);
      }
      for (const { part, answer, expected } of answersOf(exercise, variant)) {
        const body = { part: part.id, answer: dealtOnly(answer, part) };
        await ask(`${own}/check`, { ...body, answer: { text: 'x' } });
        if (expected === undefined || fills(expected.score, part)) continue;
        expect(await ask(`${own}/submissions`, body)).toBe(201);
        expect(await ask(`${own}/check`, body)).toBe(200);
      }
      for (const odd of [{ part: 'nowhere', answer: { text: 'x' } }, { part: 7 }, []]) {
        expect(await ask(`${own}/submissions`, odd)).toBe(422);
      }
      const told = plain(seen.join('\n'));
      const found = secretsOf(exercise, variant).filter(([, text]) => told.includes(plain(text)));
      expect(found).toEqual([]);
    });
  },
);

/** A wrong answer that leaves nothing open in its part would be told the reasons. */
const fills = (score: number, part: Variant['parts'][number]) =>
  part.kind === 'choice' && score === part.points;

function dealtOnly(answer: Readonly<Record<string, unknown>>, part: Variant['parts'][number]) {
  if (part.kind !== 'choice' || !part.questions) return answer;
  const dealt = new Set(part.questions.map(({ id }) => id));
  const choices = Object.entries((answer.choices ?? {}) as Record<string, unknown>);
  return { choices: Object.fromEntries(choices.filter(([id]) => dealt.has(id))) };
}

it('the lists, the reports and the documents tell nothing either', async () => {
  seen.length = 0;
  const course = `/v1/courses/${lab.demo.courseId}`;
  for (const url of ['/v1/exercises', course, `${course}/assignments`, `${course}/submissions`]) {
    expect(await ask(url)).toBe(200);
  }
  await ask(`${course}/progress`);
  expect(await ask('/openapi.json')).toBe(200);
  const told = plain(seen.join('\n'));
  for (const exercise of library.exercises) {
    const secrets = secretsOf(exercise, await variantOf(exercise));
    expect(secrets.filter(([, text]) => told.includes(plain(text)))).toEqual([]);
  }
});

it('the learner’s view has no member that says what is right', async () => {
  for (const exercise of library.exercises) {
    const { text } = await lab.send({ url: `${assignmentOf(exercise)}/exercise`, token });
    expect(text).not.toMatch(
      /"(truth|pairs|reason|reasons|explanation|expression|coverage|phrases|mutants|hints)":|"right":(true|false)/,
    );
  }
});
