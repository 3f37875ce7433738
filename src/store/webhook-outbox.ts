import { sql } from 'kysely';
import type { Instant } from '../gradebook/course.ts';
import type {
  Announcement,
  Change,
  Decision,
  WebhookMessage,
} from '../gradebook/webhooks/webhook.ts';
import { findAssignment } from './assignments.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import { listFacts } from './events.ts';
import { exceptionsFor } from './policy-methods.ts';
import type { Schema } from './schema.ts';
import { statement } from './statement.ts';

type Note = Omit<Schema['webhook_changes'], 'place'> & {
  place: number;
  course_id: string;
  learner_id: string | null;
  assignment_id: string | null;
};

const due = statement((v: { now: Instant; limit: number }) =>
  tables
    .selectFrom('webhook_changes')
    .innerJoin('courses', 'courses.place', 'webhook_changes.course')
    .leftJoin('enrolments', 'enrolments.place', 'webhook_changes.learner')
    .leftJoin('assignments', 'assignments.place', 'webhook_changes.assignment')
    .selectAll('webhook_changes')
    .select([
      'courses.id as course_id',
      'enrolments.id as learner_id',
      'assignments.id as assignment_id',
    ])
    .where('not_before', '<=', v.now)
    .orderBy('not_before')
    .orderBy('webhook_changes.place')
    .limit(v.limit),
);

type EventKey = Pick<Note, 'course' | 'learner' | 'assignment'> & { seq: number };

const attempt = statement((v: EventKey) =>
  tables
    .selectFrom('grade_events')
    .innerJoin('submissions', 'submissions.place', 'grade_events.submission')
    .select(['submissions.id', 'grade_events.part', 'grade_events.awaits_marking'])
    .where('grade_events.course', '=', v.course)
    .where('grade_events.learner', '=', v.learner)
    .where('grade_events.assignment', '=', v.assignment)
    .where('seq', '=', v.seq),
);

const toldBefore = statement((v: Pick<Note, 'course' | 'learner' | 'assignment'>) =>
  tables
    .selectFrom('webhook_grades')
    .select('told')
    .where('course', '=', v.course)
    .where('learner', '=', v.learner)
    .where('assignment', '=', v.assignment),
);

const tell = statement((v: Schema['webhook_grades']) =>
  tables
    .insertInto('webhook_grades')
    .values({ course: v.course, learner: v.learner, assignment: v.assignment, told: v.told })
    .onConflict((conflict) => conflict.doUpdateSet({ told: v.told })),
);

const assignmentsOfRegrade = statement((v: { regrade: string }) =>
  tables
    .selectFrom(
      sql<{ id: string }>`(
        select distinct assignments.id from regrade_changes
        join assignments on assignments.place = regrade_changes.assignment
        join regrades on regrades.place = regrade_changes.regrade
        where regrades.id = ${v.regrade})`.as('concerned'),
    )
    .select('id'),
);

const hold = statement((v: { place: number; until: string }) =>
  tables.updateTable('webhook_changes').set({ not_before: v.until }).where('place', '=', v.place),
);

const drop = statement((v: { among: string }) =>
  tables
    .deleteFrom('webhook_changes')
    .where('place', 'in', sql<number>`(select value from json_each(${v.among}))`),
);

const insertMessage = statement((v: WebhookMessage) =>
  tables.insertInto('webhook_messages').values(({ selectFrom }) => ({
    id: v.id,
    course: selectFrom('courses').select('place').where('id', '=', v.courseId),
    event: v.event,
    body: v.body,
    at: v.at,
  })),
);

const listeners = statement((v: { courseId: string; event: string }) =>
  tables
    .selectFrom('webhook_endpoints')
    .innerJoin('courses', 'courses.place', 'webhook_endpoints.course')
    .select('webhook_endpoints.place')
    .where('courses.id', '=', v.courseId)
    .where('disabled_at', 'is', null)
    .where(sql<boolean>`${v.event} in (select value from json_each(events))`),
);

type NewDelivery = Omit<Schema['webhook_deliveries'], 'place' | 'state' | 'tries'>;

/** On its way from now on, to one endpoint. */
export const insertDelivery = statement((v: NewDelivery) =>
  tables.insertInto('webhook_deliveries').values({
    id: v.id,
    endpoint: v.endpoint,
    message: v.message,
    state: 'pending',
    tries: 0,
    due_at: v.due_at,
    created_at: v.created_at,
  }),
);

/** Later than every instant: what is held until somebody changes something. */
const untilChanged = '~';

/** Turns the oldest notes into messages and deliveries; call it inside a transaction. */
export function announce(
  connection: Connection,
  { now, limit }: { readonly now: Instant; readonly limit: number },
  decide: (changes: readonly Change[]) => Announcement,
  newId: () => string,
): number {
  const notes = connection.all(due, { now, limit });
  if (notes.length === 0) return 0;
  const known = notes.map((note) => ({ note, change: changeOf(connection, note) }));
  const meant = known.flatMap(({ note, change }) => (change ? [{ note, change }] : []));
  const { decisions, messages } = decide(meant.map(({ change }) => change));
  const held = keepDecisions(
    connection,
    meant.map(({ note }) => note),
    decisions,
  );
  const over = notes.filter(({ place }) => !held.has(place)).map(({ place }) => place);
  connection.run(drop, { among: JSON.stringify(over) });
  for (const message of messages) {
    sendTo(connection, message, connection.all(listeners, message), newId);
  }
  return notes.length;
}

/** Keeps a message with a delivery to each of these endpoints. */
export function sendTo(
  connection: Connection,
  message: WebhookMessage,
  to: readonly { readonly place: number }[],
  newId: () => string,
): void {
  const place = connection.insert(insertMessage, message);
  for (const endpoint of to) {
    const times = { due_at: message.at, created_at: message.at };
    connection.run(insertDelivery, {
      id: newId(),
      endpoint: endpoint.place,
      message: place,
      ...times,
    });
  }
}

/** The places of those that are looked at again. */
function keepDecisions(
  connection: Connection,
  notes: readonly Note[],
  decisions: readonly Decision[],
): ReadonlySet<number> {
  const held = new Set<number>();
  for (const [index, decision] of decisions.entries()) {
    const note = notes[index];
    if (note === undefined) continue;
    if ('holdUntil' in decision) {
      const until = decision.holdUntil === 'changed' ? untilChanged : decision.holdUntil;
      connection.run(hold, { place: note.place, until });
      held.add(note.place);
    } else if (decision.told !== undefined) {
      const { course, learner, assignment } = note;
      connection.run(tell, { course, learner, assignment, told: decision.told });
    }
  }
  return held;
}

/** What a note is about; undefined when that is no longer there. */
function changeOf(connection: Connection, note: Note): Change | undefined {
  const { kind, course_id: courseId, learner_id: learnerId, assignment_id: assignmentId } = note;
  if (kind === 'regrade') return regradeOf(connection, note);
  if (learnerId === null) return undefined;
  if (kind === 'person') return { kind, courseId, learnerId };
  if (assignmentId === null) return undefined;
  const scope = { courseId, learnerId, assignmentId };
  if (kind === 'attempt') {
    const row = connection.first(attempt, { ...note, seq: Number(note.subject) });
    if (row === undefined) return undefined;
    const awaitsMarking = row.awaits_marking === 1;
    return { kind, ...scope, submissionId: row.id, part: row.part, awaitsMarking };
  }
  const assignment = findAssignment(connection, courseId, assignmentId);
  if (assignment === undefined) return undefined;
  const facts = listFacts(connection, note);
  const exceptions = exceptionsFor(connection, scope);
  const told = connection.first(toldBefore, note)?.told;
  return { kind, courseId, learnerId, assignment, facts, exceptions, told };
}

function regradeOf(connection: Connection, { subject, course_id: courseId }: Note): Change {
  const ids = connection.all(assignmentsOfRegrade, { regrade: subject });
  const assignments = ids.flatMap(({ id }) => findAssignment(connection, courseId, id) ?? []);
  return { kind: 'regrade', courseId, regradeId: subject, assignments };
}
