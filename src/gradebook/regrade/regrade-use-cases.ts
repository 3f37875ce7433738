import type { Actor } from '../actor.ts';
import type { Enrolment } from '../course.ts';
import type { RegradePolicy } from '../event.ts';
import type { Receipt } from '../gradebook.ts';
import type { Page, PageAsk } from '../ports.ts';
import type { AttemptChange, GradeChange, Regrade, RegradeScope } from './regrade.ts';
import type { JudgedBy } from './regrade-store.ts';

export interface RegradeAsk {
  readonly scope: RegradeScope;
  readonly keep: RegradePolicy;
  readonly reason: string;
  /** Judge by that version of the exercise, and move the assignments to it when applied. */
  readonly toVersion?: number | undefined;
}

/** A regrade as it is now. */
export interface RegradeView extends Regrade {
  /** Why the dry run may not be applied any more; empty while it may. */
  readonly stale: readonly string[];
  /** Of the present state, from 0 to 1. */
  readonly progress: number;
}

/** What becomes of one learner's assignment, and by which attempts. */
export interface ExplainedChange extends GradeChange {
  readonly learner: Enrolment;
  readonly attempts: readonly AttemptChange[];
}

/** The versions an assignment's attempts were judged by, and the one that would judge them now. */
export interface JudgedByNow extends JudgedBy {
  readonly current: boolean;
}

/** Stored answers judged anew: first as a dry run that changes nothing, then applied. */
export interface RegradeUseCases {
  /** Begins a dry run. */
  startRegrade(
    actor: Actor,
    courseId: string,
    ask: RegradeAsk,
    receipt?: Receipt<RegradeView>,
  ): Promise<RegradeView>;
  /** Newest first. */
  regrades(actor: Actor, courseId: string, page?: PageAsk): Promise<Page<RegradeView>>;
  regrade(actor: Actor, courseId: string, regradeId: string): Promise<RegradeView>;
  /** Whose grade becomes what and why; `all`: those too whose grade stays. */
  regradeChanges(
    actor: Actor,
    courseId: string,
    regradeId: string,
    ask: PageAsk & { readonly all?: boolean | undefined },
  ): Promise<Page<ExplainedChange>>;
  /**
   * Makes the dry run count. `digest` names the dry run that was seen; refused as `dry-run-stale`
   * when it is another by now, or does not show any more what would become of the grades.
   */
  applyRegrade(
    actor: Actor,
    courseId: string,
    regradeId: string,
    digest: string,
    receipt?: Receipt<RegradeView>,
  ): Promise<RegradeView>;
  /** Makes the dry run anew. */
  refreshRegrade(
    actor: Actor,
    courseId: string,
    regradeId: string,
    receipt?: Receipt<RegradeView>,
  ): Promise<RegradeView>;
  /** Ends one that was not applied. */
  cancelRegrade(actor: Actor, courseId: string, regradeId: string): Promise<RegradeView>;
  /** Which versions of engine and exercise judged the attempts of a course. */
  judgedBy(
    actor: Actor,
    courseId: string,
  ): Promise<{ readonly engineVersion: string; readonly items: readonly JudgedByNow[] }>;

  /** Goes on with what a stop or a crash left: for the process that owns the store. */
  resumeRegrades(failed?: (error: unknown) => void): void;
  /** Leaves all of it where it is. */
  stopRegrades(): Promise<void>;
  /** Resolves when no regrade is at work. */
  regradesIdle(): Promise<void>;
}
