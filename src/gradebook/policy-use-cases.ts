import type { Actor } from './actor.ts';
import type { Contest, ContestState } from './contest.ts';
import type { Assignment, Enrolment, Instant, Window } from './course.ts';
import type { Extension } from './extension.ts';
import type { Grade } from './grade.ts';
import type { LearnerName, Receipt } from './gradebook.ts';
import type { MarkingCandidate, MarkingClaim, MarkingTask } from './marking.ts';
import type { Override } from './override.ts';
import type { Page, PageAsk } from './ports.ts';

export interface StartAsk {
  readonly learner?: LearnerName | undefined;
}

/** A timed assignment that runs. */
export interface Started {
  readonly learnerId: string;
  readonly startedAt: Instant;
  /** When the last answer is taken: the end of the time, or the close if that is earlier. */
  readonly endsAt: Instant;
}

/** For each of the learners and sections, in each of the assignments. */
export interface ExtensionAsk {
  readonly assignmentIds: readonly string[];
  readonly learnerIds?: readonly string[] | undefined;
  readonly sectionIds?: readonly string[] | undefined;
  /** Instants or local times of the course. */
  readonly dueAt?: string | undefined;
  readonly closesAt?: string | undefined;
  readonly extraMinutes?: number | undefined;
  readonly extraAttempts?: number | undefined;
  readonly reason: string;
}

export interface OverrideAsk {
  readonly learnerId: string;
  /** The whole assignment if absent. */
  readonly part?: string | undefined;
  readonly points?: number | undefined;
  readonly excused?: boolean | undefined;
  readonly comment?: string | undefined;
  readonly reason: string;
}

export interface ContestAsk {
  readonly part?: string | undefined;
  readonly text: string;
  readonly learner?: LearnerName | undefined;
}

export interface ReplyAsk {
  readonly text: string;
  /** For staff: whether the thread ends with this. */
  readonly close?: boolean | undefined;
}

/** A grade with all it was made of. */
export interface Explanation {
  readonly learner: Enrolment;
  readonly assignment: Assignment;
  readonly grade: Grade;
  /** The dates that hold for this learner. */
  readonly window: Window;
  /** Those in force. */
  readonly extensions: readonly Extension[];
}

/** What is granted to and decided for single learners, and the talk about their grades. */
export interface PolicyUseCases {
  /** Begins a timed assignment; whoever began already gets that start again. */
  start(
    actor: Actor,
    courseId: string,
    assignmentId: string,
    ask: StartAsk,
    receipt?: Receipt<Started>,
  ): Promise<Started>;
  /** All or none of them. */
  grantExtensions(
    actor: Actor,
    courseId: string,
    ask: ExtensionAsk,
    receipt?: Receipt<readonly Extension[]>,
  ): Promise<readonly Extension[]>;
  extensions(actor: Actor, courseId: string, page?: PageAsk): Promise<Page<Extension>>;
  revokeExtension(
    actor: Actor,
    courseId: string,
    extensionId: string,
    reason: string,
  ): Promise<Extension>;
  giveOverride(
    actor: Actor,
    courseId: string,
    assignmentId: string,
    ask: OverrideAsk,
    receipt?: Receipt<Override>,
  ): Promise<Override>;
  overrides(actor: Actor, courseId: string, page?: PageAsk): Promise<Page<Override>>;
  removeOverride(
    actor: Actor,
    courseId: string,
    overrideId: string,
    reason: string,
  ): Promise<Override>;
  /** What a person has to look at, oldest first. A page may hold fewer than it asked for. */
  markingQueue(
    actor: Actor,
    courseId: string,
    ask: PageAsk & { readonly assignmentId?: string | undefined },
  ): Promise<Page<MarkingCandidate>>;
  /** Refused as `conflict` while it is another's. */
  claimMarking(actor: Actor, courseId: string, task: MarkingTask): Promise<MarkingClaim>;
  releaseMarking(actor: Actor, courseId: string, task: MarkingTask): Promise<void>;
  openContest(
    actor: Actor,
    courseId: string,
    assignmentId: string,
    ask: ContestAsk,
    receipt?: Receipt<Contest>,
  ): Promise<Contest>;
  /** Newest first; a learner's token sees its own. */
  contests(
    actor: Actor,
    courseId: string,
    ask: PageAsk & {
      readonly learnerId?: string | undefined;
      readonly state?: ContestState | undefined;
    },
  ): Promise<Page<Contest>>;
  contest(actor: Actor, courseId: string, contestId: string): Promise<Contest>;
  reply(
    actor: Actor,
    courseId: string,
    contestId: string,
    ask: ReplyAsk,
    receipt?: Receipt<Contest>,
  ): Promise<Contest>;
  /** Closes a thread, or opens it again. */
  changeContest(
    actor: Actor,
    courseId: string,
    contestId: string,
    state: 'open' | 'closed',
    revision?: number,
  ): Promise<Contest>;
  explain(
    actor: Actor,
    courseId: string,
    learnerId: string,
    assignmentId: string,
  ): Promise<Explanation>;
}
