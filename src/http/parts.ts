import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Answer, Question } from '../cluster/playground/question.ts';
import type { ExerciseKey, ExerciseSummary } from '../exercise/exercise.ts';
import type { Gradebook, ReportDesk } from '../gradebook/index.ts';
import type { Sandboxes } from '../sandboxes/index.ts';
import type { Metrics } from './metrics.ts';

/** The exercises as the API shows them. */
export interface ExerciseShelf {
  list(): readonly ExerciseSummary[];
  /**
   * A learner's view: never an answer, never what a hidden check expects; the worked explanation
   * only if `explained`. Of the newest version unless another is named.
   */
  view(exercise: string | ExerciseKey, seed: string, explained: boolean): object | undefined;
}

/** Whether the process can do its work; rejects with the reason when it cannot. */
export type Readiness = () => Promise<void>;

/** What the HTTP room is joined to. */
export interface HttpParts {
  readonly gradebook: Gradebook;
  readonly exercises: ExerciseShelf;
  readonly sandboxes: Sandboxes;
  readonly reports: ReportDesk;
  readonly simulate: (question: Question) => Answer;
  readonly ready: Readiness;
  readonly metrics: Metrics;
  readonly version: string;
}

/** A Fastify instance whose routes are typed by their zod schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;
