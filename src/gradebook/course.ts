import type { PartKind } from '../exercise/exercise.ts';
import type { Mode, Policy, Prerequisite, Release } from './policy/policy.ts';

/** An instant, ISO 8601 in UTC with milliseconds, as Date.toISOString writes it. */
export type Instant = string;

export interface Course {
  readonly id: string;
  readonly title: string;
  /** An IANA name, such as Europe/Berlin: what local times of the course are told in. */
  readonly timeZone: string;
  /** When it is held, in its people's own words: `Autumn 2026`. */
  readonly term?: string;
  /** Since when it takes no writes; it stays readable. */
  readonly archivedAt?: Instant;
  /** Grows by one at every change: the entity tag. */
  readonly revision: number;
  readonly createdAt: Instant;
}

/** A group of a course's people, such as a class or a lab hour. */
export interface Section {
  readonly id: string;
  readonly courseId: string;
  /** Unique in its course. */
  readonly name: string;
  readonly createdAt: Instant;
}

/** The part of an exercise version that an assignment pins. */
export interface AssignedPart {
  readonly id: string;
  readonly title: string;
  readonly kind: PartKind;
  readonly points: number;
}

/** When an assignment takes answers; due marks an answer late, close refuses it. */
export interface Window {
  readonly opensAt?: Instant;
  readonly dueAt?: Instant;
  readonly closesAt?: Instant;
}

/** The times of an assignment that may be told as local times of the course's zone. */
export type LocalTimes = Readonly<
  Partial<Record<'opensAt' | 'dueAt' | 'closesAt' | 'gradesAt' | 'explanationsAt', string>>
>;

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
  readonly mode: Mode;
  /** Its share in the course's total; absent: as much as its points. */
  readonly weight?: number;
  readonly prerequisites: readonly Prerequisite[];
  readonly release: Release;
  /** The course's. */
  readonly timeZone: string;
  /** Of the instants above, those that were given as local times: `2026-12-01T23:59`. */
  readonly local: LocalTimes;
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
  /** The section of the course the person is in. */
  readonly sectionId?: string;
  /** Since when the person is no longer in the course; what they did stays. */
  readonly deactivatedAt?: Instant;
  /** When name, external id and words were taken away; only numbers are left. */
  readonly erasedAt?: Instant;
  /** Grows by one at every change: the entity tag. */
  readonly revision: number;
  readonly createdAt: Instant;
}
