import { questionsOf } from '../../../exercise/part-format.ts';
import type { LintFinding } from './lint-finding.ts';
import type { LintRule } from './lint-subject.ts';
import { plain } from './told.ts';

type Path = (string | number)[];

interface Listed {
  readonly path: Path;
  readonly what: string;
  readonly texts: readonly string[];
}

/** Two that read the same cannot be told apart, whichever of them is right. */
export const nothingReadsTheSame: LintRule = ({ variant, at }) =>
  variant.parts.flatMap((part, index) =>
    listsOf(part, ['parts', index]).flatMap(({ path, what, texts }) =>
      twice(texts).map((n) =>
        at(
          [...path, n],
          'choice-ambiguous',
          `this ${what} reads the same as another: ${texts[n]}`,
          'say what tells them apart, or leave one out',
        ),
      ),
    ),
  );

const twice = (texts: readonly string[]): number[] => {
  const plains = texts.map(bare);
  return plains.flatMap((text, n) => (plains.indexOf(text) < n ? [n] : []));
};

const bare = (text: string): string => plain(text).replace(/[.`'"]/g, '');

type Part = Parameters<LintRule>[0]['variant']['parts'][number];

function listsOf(part: Part, path: Path): Listed[] {
  const texts = (items: readonly { readonly text: string }[]) => items.map(({ text }) => text);
  switch (part.kind) {
    case 'choice':
      return [
        ...(part.questions
          ? [{ path: [...path, 'questions'], what: 'question', texts: texts(part.questions) }]
          : []),
        ...questionPlaces(part, path).map(([at, question]) => ({
          path: [...at, 'options'],
          what: 'option',
          texts: texts(question.options),
        })),
      ];
    case 'match':
      return (['left', 'right'] as const).map((side) => ({
        path: [...path, side],
        what: `item of \`${side}\``,
        texts: texts(part[side]),
      }));
    case 'predict':
      return [
        { path: [...path, 'questions'], what: 'question', texts: texts(part.questions) },
        ...part.questions.map(({ options = [] }, n) => ({
          path: [...path, 'questions', n, 'options'],
          what: 'option',
          texts: options,
        })),
      ];
    default:
      return [];
  }
}

type Choice = Extract<Part, { kind: 'choice' }>;
type Question = ReturnType<typeof questionsOf>[number];

const questionPlaces = (part: Choice, path: Path): (readonly [Path, Question])[] =>
  questionsOf(part).map((question, n) => [
    part.questions ? [...path, 'questions', n] : path,
    question,
  ]);

/** A reason answers one option; the same words for two of them answer neither. */
export const reasonsDiffer: LintRule = ({ variant, at }) =>
  variant.parts.flatMap((part, index) =>
    part.kind !== 'choice'
      ? []
      : questionPlaces(part, ['parts', index]).flatMap(([path, { options }]) =>
          twice(options.map(({ reason }) => reason)).map((n) =>
            at(
              [...path, 'options', n, 'reason'],
              'reason-twice',
              'the reason is that of another option',
              'say why this very option is right or wrong',
            ),
          ),
        ),
  );

/** Options are shuffled: one that speaks of the others' places speaks of nothing. */
export const optionsStandAlone: LintRule = ({ variant, at }) =>
  variant.parts.flatMap((part, index): LintFinding[] =>
    part.kind !== 'choice'
      ? []
      : questionPlaces(part, ['parts', index]).flatMap(([path, { options }]) =>
          options.flatMap(({ text }, n) =>
            /\b(all|none|both|neither) of (the|these) (above|options|others)\b|\b(above|below)\s*$/i.test(
              text,
            )
              ? [
                  at(
                    [...path, 'options', n, 'text'],
                    'choice-ambiguous',
                    `the option speaks of other options' places: ${text}`,
                    'say what it means: options are shuffled for every learner',
                  ),
                ]
              : [],
          ),
        ),
  );
