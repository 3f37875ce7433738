import { type RawBuilder, sql } from 'kysely';
import type { AuditEvent } from '../gradebook/event.ts';
import type { KeptRow, LearnerRecord } from '../gradebook/roster/learner-record.ts';
import { auditEvents } from './audit.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import { readLedger } from './events.ts';
import { present } from './row.ts';
import { type Statement, statement } from './statement.ts';
import { listHistory } from './submissions.ts';
import { learnerTokens } from './tokens.ts';

type Of = { readonly id: string };
type Raw = Record<string, string | number | null>;

const rows = (build: (v: Of) => RawBuilder<Raw>): Statement<Of, Raw> =>
  statement((v: Of) => ({ compile: () => build(v).compile(tables) }));

const extensions = rows(
  (v) => sql`SELECT * FROM extensions WHERE learner_id = ${v.id} OR section_id = (
    SELECT section_id FROM enrolments WHERE id = ${v.id}) ORDER BY place`,
);
const overrides = rows(
  (v) => sql`SELECT * FROM overrides WHERE learner_id = ${v.id} ORDER BY place`,
);
const contests = rows((v) => sql`SELECT * FROM contests WHERE learner_id = ${v.id} ORDER BY place`);
const messages = rows(
  (v) => sql`SELECT * FROM contest_messages WHERE contest_id = ${v.id} ORDER BY place`,
);

/** All rows that speak of one person of a course. */
export function readLearnerRecord(
  connection: Connection,
  courseId: string,
  learnerId: string,
): LearnerRecord {
  const everything = { limit: Number.MAX_SAFE_INTEGER };
  const list = (of: Statement<Of, Raw>, id: string) => connection.all(of, { id }).map(toKept);
  return {
    tokens: learnerTokens(connection, learnerId),
    submissions: listHistory(connection, courseId, learnerId, everything).map((one) => one.value),
    events: readLedger(connection, courseId, learnerId).map(({ assignmentId, fact }) => ({
      ...{ assignmentId, fact },
    })),
    extensions: list(extensions, learnerId),
    overrides: list(overrides, learnerId),
    contests: list(contests, learnerId).map((contest) => ({
      contest,
      messages: list(messages, String(contest.id)),
    })),
    audit: auditEvents(connection, { courseId, learner: learnerId }, everything).map(
      (one): AuditEvent => one.value,
    ),
  };
}

/** Column names in camel case, empty columns absent, without the place in the file. */
function toKept(row: Raw): KeptRow {
  const { place: _, ...rest } = present(row) as Record<string, string | number>;
  const camel = (name: string) => name.replace(/_(\w)/g, (_all, letter) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(rest).map(([name, value]) => [camel(name), value]));
}
