import type { Counting, LatePolicy, Mode, Prerequisite } from './policy/policy.ts';

/** What is named is changed; null takes it away. */
export interface PolicyChange {
  readonly counts?: Counting | undefined;
  readonly attempts?: number | null | undefined;
  readonly coolDownMinutes?: number | null | undefined;
  readonly hintsCost?: boolean | undefined;
  readonly late?: LatePolicy | null | undefined;
  readonly durationMinutes?: number | null | undefined;
}

/** What is named is changed; null takes it away. Times are instants or the course's local times. */
export interface AssignmentSettings {
  /** The exercise's own title if never named. */
  readonly title?: string | undefined;
  /** The exercise's own points if never named. */
  readonly points?: number | undefined;
  readonly weight?: number | null | undefined;
  readonly mode?: Mode | undefined;
  readonly opensAt?: string | null | undefined;
  readonly dueAt?: string | null | undefined;
  readonly closesAt?: string | null | undefined;
  readonly policy?: PolicyChange | undefined;
  /** All of them: those not named are none any more. */
  readonly prerequisites?: readonly Prerequisite[] | undefined;
  /** `at-once`, `manual`, an instant or a local time. */
  readonly release?:
    | { readonly grades?: string | undefined; readonly explanations?: string | undefined }
    | undefined;
}

export interface NewAssignment extends AssignmentSettings {
  /** Its newest version is assigned. */
  readonly exercise: string;
}

export interface AssignmentChange extends AssignmentSettings {
  /**
   * Another version of the exercise. Where there are attempts, `attempts: 'keep'` says that it is
   * meant: each keeps its share of its part's points until a regrade judges it anew, and parts the
   * version does not have count no more.
   */
  readonly exercise?:
    | { readonly version: number; readonly attempts?: 'keep' | undefined }
    | undefined;
  /** For the audit. */
  readonly reason?: string | undefined;
}

/** What to show learners from now on. */
export interface ReleaseAsk {
  readonly grades?: boolean | undefined;
  readonly explanations?: boolean | undefined;
  readonly reason?: string | undefined;
}
