import type { LintFinding } from './lint-finding.ts';
import type { LintRule } from './lint-subject.ts';

/** The line by which editors find the schema: the first of every exercise.yaml. */
const schemaLine = '# yaml-language-server: $schema=../exercise.schema.json';

export const schemaIsNamed: LintRule = ({ source, at }) =>
  source.startsWith(`${schemaLine}\n`)
    ? []
    : [
        at(
          [],
          'schema-line',
          'the file does not name its schema',
          `begin it with \`${schemaLine}\``,
        ),
      ];

export const explanationIsThere: LintRule = ({ variant, at }) =>
  variant.explanation
    ? []
    : [
        at(
          [],
          'explanation-missing',
          'there is no worked explanation',
          'write `explanation: |`: how one gets from the brief to the answer, and why it works',
        ),
      ];

export const misconceptionsAreKnown: LintRule = ({ exercise, course, at }) => {
  const { misconceptions } = exercise;
  if (misconceptions.length === 0) {
    return [
      at(
        [],
        'misconceptions-missing',
        'no misconception is named',
        'write `misconceptions: [id]` with those that this exercise catches, as course.yaml defines them',
      ),
    ];
  }
  const known = new Set(course?.misconceptions.map(({ id }) => id));
  return misconceptions.flatMap((id, index) =>
    !course || known.has(id)
      ? []
      : [
          at(
            ['misconceptions', index],
            'misconception-unknown',
            `course.yaml defines no misconception \`${id}\``,
            'define it there, or correct its name',
          ),
        ],
  );
};

/** The outline tells learners what to expect: it must say what the exercise says. */
export const outlineAgrees: LintRule = ({ exercise, course, at }) => {
  if (!course) return [];
  const entry = course.modules
    .flatMap(({ exercises }) => exercises)
    .find(({ id }) => id === exercise.id);
  if (!entry) {
    const advice = `give \`${exercise.id}\` its place in a module`;
    return [at(['id'], 'outline-missing', 'course.yaml has no such exercise', advice)];
  }
  const differs = (field: string, here: unknown, there: unknown): LintFinding[] =>
    JSON.stringify(here) === JSON.stringify(there)
      ? []
      : [
          at(
            [field],
            'outline-differs',
            `\`${field}\` is ${JSON.stringify(here)} here and ${JSON.stringify(there)} in course.yaml`,
            'make both say the same',
          ),
        ];
  return [
    ...differs('minutes', exercise.minutes, entry.minutes),
    ...differs('level', exercise.level, entry.level),
    ...differs(
      'misconceptions',
      [...exercise.misconceptions].sort(),
      [...entry.misconceptions].sort(),
    ),
  ];
};
