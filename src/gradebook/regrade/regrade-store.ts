import type { Assignment } from '../course.ts';
import type { AuditEvent, GradeEvent, GradeFact, RegradeFact } from '../event.ts';
import type { Beside, Placed, Slice } from '../ports.ts';
import type {
  AttemptChange,
  CheckMark,
  GradeChange,
  GradedAttempt,
  Judgement,
  Regrade,
} from './regrade.ts';

/** A page of attempts in the order they came; `next` is where to go on, absent at the end. */
export interface AttemptWindow {
  readonly attempts: readonly GradedAttempt[];
  readonly next?: number;
}

/** What a stretch of judging found, kept at once with how far it came. */
export interface JudgedStretch {
  readonly judgements: readonly Judgement[];
  readonly attempts: readonly (Omit<AttemptChange, 'judgement'> & { readonly digest: string })[];
}

/** One learner's assignment whose events are to be written. */
export interface CellToApply {
  readonly change: GradeChange;
  readonly attempts: readonly AttemptChange[];
  readonly facts: readonly GradeFact[];
}

/** How many attempts a version of the engine judged, under a version of the exercise. */
export interface JudgedBy {
  readonly assignmentId: string;
  readonly exerciseVersion: number;
  readonly engineVersion: string;
  readonly attempts: number;
}

export interface RegradeStore {
  addRegrade(regrade: Regrade, beside: Beside): Promise<void>;
  regrade(courseId: string, id: string): Promise<Regrade | undefined>;
  /** Newest first. */
  regrades(courseId: string, slice: Slice): Promise<readonly Placed<Regrade>[]>;
  /** Those that are to be gone on with, oldest first. */
  regradesAtWork(): Promise<readonly Regrade[]>;
  /**
   * Replaces the one with the revision before; false when it was changed meanwhile. `forget`: what
   * it had found goes. `moves`: assignments that are replaced with it, or nothing is done.
   * `basis`: what must still be true of the course, or nothing is done.
   */
  changeRegrade(
    regrade: Regrade,
    more?: Beside & {
      readonly forget?: boolean;
      readonly moves?: readonly Assignment[];
      readonly basis?: string;
    },
  ): Promise<boolean>;
  /** What the regrade rests on, as text: it changes with whatever a grade in it depends on. */
  basis(regrade: Regrade): Promise<string>;

  /** How far its present state has come, from 0 to 1. */
  regradeProgress(regrade: Regrade): Promise<number>;

  /** The attempts in the scope after that place; reads a bounded number of rows. */
  attemptsToJudge(regrade: Regrade, after: number, limit: number): Promise<AttemptWindow>;
  judgement(regradeId: string, digest: string): Promise<Judgement | undefined>;
  /** The checks of what an earlier regrade said of an attempt. */
  checksOf(
    regradeId: string,
    attempt: Pick<AttemptChange, 'learnerId' | 'assignmentId' | 'attempt'>,
  ): Promise<readonly CheckMark[]>;
  /** Keeps what was found and the regrade's progress; false when it was changed meanwhile. */
  keepJudged(regrade: Regrade, found: JudgedStretch): Promise<boolean>;

  /** Learners whose grades may change, in order, after that one. */
  learnersToCompare(
    regrade: Regrade,
    after: number,
    limit: number,
  ): Promise<readonly Placed<string>[]>;
  /** The attempts of a learner that are judged otherwise. */
  attemptChanges(
    regradeId: string,
    learnerId: string,
    assignmentId?: string,
  ): Promise<readonly AttemptChange[]>;
  keepCompared(regrade: Regrade, changes: readonly GradeChange[]): Promise<boolean>;
  /** In the order of learners; `all`: those too whose grade stays. */
  gradeChanges(
    regradeId: string,
    slice: Slice,
    all: boolean,
  ): Promise<readonly Placed<GradeChange>[]>;

  /**
   * Writes the events of the next learners' assignments, with the audit and the progress, in one
   * transaction. The regrade as it then is; undefined when it is not being applied any more.
   */
  applyNext(
    regradeId: string,
    limit: number,
    decide: (
      cell: CellToApply,
      regrade: Regrade,
    ) => {
      readonly events: readonly (RegradeFact & Pick<GradeEvent, 'tokenId'>)[];
      readonly audit?: AuditEvent;
    },
    ended: (regrade: Regrade) => { readonly regrade: Regrade; readonly audit: AuditEvent },
  ): Promise<Regrade | undefined>;

  judgedBy(courseId: string): Promise<readonly JudgedBy[]>;
}
