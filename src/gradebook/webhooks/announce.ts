import { limits } from '../../limits.ts';
import type { Assignment, Instant } from '../course.ts';
import { deriveGrade } from '../grade.ts';
import { shownAt } from '../policy/release.ts';
import type { Announcement, Change, Decision, SentEvent, WebhookMessage } from './webhook.ts';

type Grading = Extract<Change, { kind: 'grade' }>;
type Person = Extract<Change, { kind: 'person' }>;

interface Spoken {
  readonly decision: Decision;
  readonly event?: SentEvent;
  readonly data?: Data;
}

type Data = { readonly courseId: string } & Readonly<Record<string, unknown>>;

/**
 * What notes of the outbox mean: which are told now, and in which words. A grade is told of when
 * it differs from what was told last, and not before learners may see it; people who changed
 * together are one message. Nothing but ids leaves.
 */
export function announcementOf(
  changes: readonly Change[],
  now: Instant,
  newId: () => string,
): Announcement {
  const spoken = changes.map((change) => speak(change, now));
  const messages = [
    ...spoken.flatMap(({ event, data }) =>
      event && data ? [messageOf(event, data, now, newId)] : [],
    ),
    ...rosterMessages(changes, now, newId),
  ];
  return { decisions: spoken.map(({ decision }) => decision), messages };
}

/** An event in the envelope of Standard Webhooks: type, timestamp, data. */
export function messageOf(
  event: SentEvent,
  data: Data,
  at: Instant,
  newId: () => string,
): WebhookMessage {
  const body = JSON.stringify({ type: event, timestamp: at, data });
  return { id: `msg_${newId()}`, courseId: data.courseId, event, body, at };
}

const done: Decision = { done: true };

function speak(change: Change, now: Instant): Spoken {
  switch (change.kind) {
    case 'attempt': {
      const { kind: _kind, ...data } = change;
      return { decision: done, event: 'submission.graded', data };
    }
    case 'grade':
      return speakOfGrade(change, now);
    case 'regrade': {
      const holdUntil = shownFrom(change.assignments, now);
      if (holdUntil !== undefined) return { decision: { holdUntil } };
      const { courseId, regradeId } = change;
      return { decision: done, event: 'regrade.finished', data: { courseId, regradeId } };
    }
    case 'person':
      return { decision: done };
  }
}

function speakOfGrade(
  { assignment, facts, exceptions, told, ...change }: Grading,
  now: Instant,
): Spoken {
  const holdUntil = shownFrom([assignment], now);
  if (holdUntil !== undefined) return { decision: { holdUntil } };
  const { score, outOf, attempted, excused, overridden, awaitsMarking, late } = deriveGrade(
    facts,
    assignment,
    exceptions,
  );
  if (told === undefined && !attempted && !overridden && !excused) return { decision: done };
  const is = JSON.stringify([score, outOf, attempted, excused, overridden, awaitsMarking, late]);
  if (is === told) return { decision: done };
  const { courseId, learnerId } = change;
  const data = { courseId, assignmentId: assignment.id, learnerId };
  return { decision: { done: true, told: is }, event: 'grade.changed', data };
}

/** When all of them show their grades; undefined for now, `changed` for when somebody says so. */
function shownFrom(
  assignments: readonly Assignment[],
  now: Instant,
): Instant | 'changed' | undefined {
  const times = assignments.map((one) => shownAtOf(one, now)).filter((time) => time !== '');
  return times.includes('changed') ? 'changed' : times.sort().at(-1);
}

function shownAtOf(assignment: Assignment, now: Instant): Instant | 'changed' | '' {
  if (shownAt(assignment, now).grades) return '';
  const { grades } = assignment.release;
  return grades === 'manual' || grades === 'at-once' ? 'changed' : grades;
}

function rosterMessages(
  changes: readonly Change[],
  now: Instant,
  newId: () => string,
): readonly WebhookMessage[] {
  const people = changes.filter((change): change is Person => change.kind === 'person');
  const courses = new Map<string, string[]>();
  for (const { courseId, learnerId } of people) {
    courses.set(courseId, [...(courses.get(courseId) ?? []), learnerId]);
  }
  return [...courses].map(([courseId, enrolmentIds]) =>
    messageOf('roster.changed', { courseId, enrolmentIds }, now, newId),
  );
}

/** Notes decided on in one transaction: also the most people one message names. */
export const changesAtOnce = limits.webhooks.changesAtOnce;
