import { isNode, LineCounter, parseDocument } from 'yaml';
import { answersOf, type ProvingAnswer } from '../../../exercise/answers.ts';
import type { Course } from '../../../exercise/course.ts';
import type { Exercise, Variant } from '../../../exercise/exercise.ts';
import type { LintFinding } from './lint-finding.ts';

/** What a rule looks at, and how it says where. */
export interface LintSubject {
  readonly exercise: Exercise;
  /** The first variant: what a rule says of it, it says of all. */
  readonly variant: Variant;
  readonly answers: readonly ProvingAnswer[];
  /** exercise.yaml as its author wrote it. */
  readonly source: string;
  /** The outline that the exercise belongs to, where there is one. */
  readonly course: Course | undefined;
  /** A finding at a field of exercise.yaml, or at the nearest parent that stands there. */
  at(
    path: readonly (string | number)[],
    rule: string,
    message: string,
    advice: string,
  ): LintFinding;
  /** A finding at another place of the folder. */
  in(file: string, rule: string, message: string, advice: string, line?: number): LintFinding;
}

/** One thing that is looked for; `rules.ts` lists them all. */
export type LintRule = (subject: LintSubject) => readonly LintFinding[];

const definitionFile = 'exercise.yaml';

export function lintSubject(exercise: Exercise, course: Course | undefined): LintSubject {
  const variant = exercise.variants[0] as Variant;
  const source = exercise.files.get(definitionFile)?.toString('utf8') ?? '';
  const place = placesIn(source);
  return {
    ...{ exercise, variant, source, course, answers: answersOf(exercise, variant) },
    at: (path, rule, message, advice) => {
      return { file: definitionFile, ...place(path), rule, message, advice };
    },
    in: (file, rule, message, advice, line = 1) => {
      return { file, line, column: 1, rule, message, advice };
    },
  };
}

type Place = { readonly line: number; readonly column: number };

/** A placeholder becomes a word of the same length, so that every field keeps its place. */
function placesIn(source: string): (path: readonly (string | number)[]) => Place {
  const lines = new LineCounter();
  const readable = source.replace(/\{\{[^{}]*\}\}/g, (whole) => '_'.repeat(whole.length));
  const document = parseDocument(readable, { lineCounter: lines, prettyErrors: false });
  return (path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) {
        const { line, col } = lines.linePos(node.range[0]);
        return { line, column: col };
      }
    }
    return { line: 1, column: 1 };
  };
}
