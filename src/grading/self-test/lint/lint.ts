import type { Course } from '../../../exercise/course.ts';
import type { Exercise } from '../../../exercise/exercise.ts';
import {
  explanationIsThere,
  misconceptionsAreKnown,
  outlineAgrees,
  schemaIsNamed,
} from './about-rules.ts';
import {
  answersDiffer,
  codesAreNamed,
  enoughAnswers,
  everyCheckFails,
  everyPartIsTried,
} from './answer-rules.ts';
import { checksAreReachable, checksDiffer } from './check-rules.ts';
import { nothingReadsTheSame, optionsStandAlone, reasonsDiffer } from './choice-rules.ts';
import type { LintFinding } from './lint-finding.ts';
import { type LintRule, lintSubject } from './lint-subject.ts';
import {
  hintsGrow,
  hintsLeavePoints,
  scoresArePossible,
  textsAddUp,
  variantsAreWorthTheSame,
} from './point-rules.ts';
import { nothingTellsTheAnswer } from './secret-rules.ts';
import {
  enoughVariants,
  parametersAreUsed,
  placeholdersAreWhole,
  variantsDiffer,
} from './variant-rules.ts';

const rules: readonly LintRule[] = [
  schemaIsNamed,
  explanationIsThere,
  misconceptionsAreKnown,
  outlineAgrees,
  enoughAnswers,
  everyPartIsTried,
  answersDiffer,
  everyCheckFails,
  codesAreNamed,
  checksAreReachable,
  checksDiffer,
  hintsLeavePoints,
  hintsGrow,
  variantsAreWorthTheSame,
  textsAddUp,
  scoresArePossible,
  nothingTellsTheAnswer,
  nothingReadsTheSame,
  reasonsDiffer,
  optionsStandAlone,
  enoughVariants,
  variantsDiffer,
  parametersAreUsed,
  placeholdersAreWhole,
];

/** What an author should look at before learners do, in the order of the files' lines. */
export function lintExercise(
  exercise: Exercise,
  course: Course | undefined,
): readonly LintFinding[] {
  const subject = lintSubject(exercise, course);
  const order = ({ file }: LintFinding) => (file === 'exercise.yaml' ? '' : file);
  return rules
    .flatMap((rule) => rule(subject))
    .sort((a, b) => order(a).localeCompare(order(b)) || a.line - b.line || a.column - b.column);
}
