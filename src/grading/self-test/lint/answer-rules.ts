import { judge, seedsFor } from '../judge.ts';
import { codesOf, fewestRight, fewestWrong, rightsNeeded } from '../prove-answers.ts';
import type { LintFinding } from './lint-finding.ts';
import type { LintRule } from './lint-subject.ts';

export const enoughAnswers: LintRule = ({ answers, variant, in: within }) => {
  const wrong = answers.filter(({ expected }) => expected);
  const rights = answers.filter(({ expected }) => !expected);
  const few = (folder: string, sort: string, count: number, needed: number): LintFinding[] =>
    count >= needed
      ? []
      : [
          within(
            folder,
            'answers-few',
            `${count} ${sort} answers, ${needed} needed`,
            sort === 'right'
              ? 'write answers that people would give who solve it another way'
              : 'write answers that people really give, each with score, codes and why',
          ),
        ];
  return [
    ...few('answers', 'right', rights.length, fewestRight),
    ...few('answers', 'wrong', wrong.length, fewestWrong),
    ...variant.parts.flatMap((each) => {
      const own = rights.filter(({ part }) => part.id === each.id).length;
      return few(`answers/${each.id}`, 'right', own, rightsNeeded(each));
    }),
  ];
};

export const everyPartIsTried: LintRule = ({ answers, variant, at }) =>
  variant.parts.flatMap(({ id }, index) =>
    answers.some(({ part, expected }) => part.id === id && expected)
      ? []
      : [
          at(
            ['parts', index],
            'part-untried',
            `no wrong answer exercises the part \`${id}\``,
            `write answers/${id}/wrong-…`,
          ),
        ],
  );

/** Files that say the same prove nothing twice. */
export const answersDiffer: LintRule = ({ answers, in: within }) => {
  const first = new Map<string, string>();
  return answers.flatMap(({ file, part, answer, expected }) => {
    const key = `${part.id} ${bare(answer)}`;
    const other = first.get(key);
    first.set(key, other ?? file);
    if (other === undefined) return [];
    const advice = expected ? 'make another mistake in it' : 'solve it in another way';
    return [within(file, 'answers-alike', `it is the same answer as ${other}`, advice)];
  });
};

const bare = (answer: unknown): string =>
  JSON.stringify(answer)
    .replace(/(?<=^|"|\\n)#[^\\"]*/g, '')
    .replace(/\\n|\s+/g, '');

/** A check that every wrong answer passes is not known to fail at all. */
export const everyCheckFails: LintRule = ({ exercise, variant, answers, at }) => {
  const failed = new Set<string>();
  for (const { part, answer, expected } of answers) {
    if (!expected) continue;
    const [seed] = seedsFor(part);
    for (const { check, outcome } of judge(exercise, variant, part, answer, seed).checks) {
      if (outcome !== 'passed') failed.add(`${part.id} ${check}`);
    }
  }
  return variant.parts.flatMap((part, index) => {
    if (!('checks' in part)) return [];
    return part.checks.flatMap(({ id }, at_) =>
      failed.has(`${part.id} ${id}`)
        ? []
        : [
            at(
              ['parts', index, 'checks', at_],
              'check-unfailed',
              `no wrong answer fails the check \`${id}\``,
              `write answers/${part.id}/wrong-… that fails it, or leave it out`,
            ),
          ],
    );
  });
};

/** An answer that was graded and lost points has something to say; its codes are what is stable. */
export const codesAreNamed: LintRule = ({ exercise, variant, answers, in: within }) =>
  answers.flatMap(({ file, part, answer, expected }) => {
    if (!expected || expected.codes.length > 0) return [];
    const raised = codesOf(judge(exercise, variant, part, answer, seedsFor(part)[0]));
    if (raised.length === 0) return [];
    const message = 'its head names no codes';
    return [within(file, 'codes-missing', message, `write \`# codes: [${raised.join(', ')}]\``)];
  });
