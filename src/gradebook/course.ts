import type { PartKind } from '../exercise/exercise.ts';

/** An instant, ISO 8601 in UTC with milliseconds, as Date.toISOString writes it. */
export type Instant = string;

export interface Course {
  readonly id: string;
  readonly title: string;
  readonly createdAt: Instant;
}

/** The part of an exercise version that an assignment pins. */
export interface AssignedPart {
  readonly id: string;
  readonly title: string;
  readonly kind: PartKind;
  readonly points: number;
}

/** How an assignment's attempts and hints make its grade. */
export interface Policy {
  /** Which attempt of a part counts. */
  readonly counts: 'best' | 'last';
  /** Graded attempts each part allows; absent: as many as one likes. */
  readonly attempts?: number;
  /** Whether a hint lowers the attempts that follow it. */
  readonly hintsCost: boolean;
}

/** When an assignment takes answers; due marks an answer late, close refuses it. */
export interface Window {
  readonly opensAt?: Instant;
  readonly dueAt?: Instant;
  readonly closesAt?: Instant;
}

/** An exercise version in a course. */
export interface Assignment extends Window {
  readonly id: string;
  readonly courseId: string;
  readonly exercise: { readonly id: string; readonly version: number; readonly digest: string };
  readonly title: string;
  /** What full marks are worth in the course's gradebook. */
  readonly points: number;
  readonly parts: readonly AssignedPart[];
  readonly policy: Policy;
  /** Grows by one at every change: the entity tag. */
  readonly revision: number;
  readonly createdAt: Instant;
}

export type EnrolmentRole = 'learner' | 'instructor' | 'assistant';

/** A person in a course, under the id their own system gives them. */
export interface Enrolment {
  readonly id: string;
  readonly courseId: string;
  /** Unique in its course. */
  readonly externalId: string;
  readonly name?: string;
  readonly role: EnrolmentRole;
  readonly createdAt: Instant;
}
