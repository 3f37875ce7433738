import { type RawBuilder, sql } from 'kysely';
import type { Instant } from '../gradebook/course.ts';
import type { Erasure } from '../gradebook/roster/learner-record.ts';
import type { Connection } from './connection.ts';
import { tables } from './dialect.ts';
import { type Statement, statement } from './statement.ts';

interface Forgotten {
  readonly learnerId: string;
  readonly pseudonym: string;
  readonly at: Instant;
  readonly tokenId: string;
}

const place = (v: Forgotten) => sql`(SELECT place FROM enrolments WHERE id = ${v.learnerId})`;

const raw = (build: (v: Forgotten) => RawBuilder<unknown>): Statement<Forgotten, unknown> =>
  statement((v: Forgotten) => ({ compile: () => build(v).compile(tables) }));

/** While it is not done, the triggers let this person's rows be blanked. */
const begin = raw(
  (v) => sql`INSERT INTO erasures (learner, pseudonym, at, token_id, done)
    VALUES (${place(v)}, ${v.pseudonym}, ${v.at}, ${v.tokenId}, 0)`,
);

/** Entries that name the person somewhere inside, and were not found by it until now. */
const findAudited = raw(
  (v) => sql`INSERT OR IGNORE INTO audit_learners (learner_id, event)
    SELECT ${v.learnerId}, place FROM audit_events
    WHERE instr(before, ${v.learnerId}) > 0 OR instr(after, ${v.learnerId}) > 0`,
);

const finish = raw((v) => sql`UPDATE erasures SET done = 1 WHERE learner = ${place(v)}`);

/** Entries that concern this person and nobody else. */
const ownEvents = (v: Forgotten) => sql`(
  SELECT event FROM audit_learners AS own WHERE learner_id = ${v.learnerId}
    AND NOT EXISTS (SELECT 1 FROM audit_learners
      WHERE event = own.event AND learner_id <> own.learner_id)
)`;

const blankState = sql`'{"erased":true}'`;

/**
 * Where names and words of a person stand, and what takes them away. Whoever keeps such words in a
 * table of their own adds a line. Numbers, outcomes and times stay: the statistics are made of them.
 */
const personal: readonly Statement<Forgotten, unknown>[] = [
  raw((v) => sql`DELETE FROM sandboxes WHERE learner_id = ${v.learnerId}`),
  raw(
    (v) => sql`UPDATE submissions SET answer = '{}', seed = '', error = NULL,
      verdict = CASE WHEN verdict IS NULL THEN NULL ELSE json_set(verdict,
        '$.transcript', '', '$.findings', json('[]'), '$.checks', json((
          SELECT json_group_array(json(json_remove(
            json_set(value, '$.findings', json('[]')), '$.hops')))
          FROM json_each(submissions.verdict, '$.checks')))) END
      WHERE learner = ${place(v)}`,
  ),
  raw(
    (v) => sql`UPDATE grade_events SET comment = NULL
      WHERE course = (SELECT courses.place FROM courses JOIN enrolments
        ON enrolments.course_id = courses.id WHERE enrolments.id = ${v.learnerId})
        AND learner = ${place(v)} AND comment IS NOT NULL`,
  ),
  raw(
    (v) => sql`UPDATE overrides SET reason = '', comment = CASE
      WHEN comment IS NULL THEN NULL ELSE '' END WHERE learner_id = ${v.learnerId}`,
  ),
  raw((v) => sql`UPDATE extensions SET reason = '' WHERE learner_id = ${v.learnerId}`),
  raw(
    (v) => sql`UPDATE contest_messages SET text = ''
      WHERE contest_id IN (SELECT id FROM contests WHERE learner_id = ${v.learnerId})`,
  ),
  raw((v) => sql`DELETE FROM marking_claims WHERE learner_id = ${v.learnerId}`),
  raw(
    (v) => sql`UPDATE tokens SET label = ${v.pseudonym},
      revoked_at = coalesce(revoked_at, ${v.at}) WHERE learner_id = ${v.learnerId}`,
  ),
  raw(
    (v) => sql`UPDATE audit_events SET reason = NULL,
      before = CASE WHEN before IS NULL THEN NULL ELSE ${blankState} END,
      after = CASE WHEN after IS NULL THEN NULL ELSE ${blankState} END
      WHERE place IN ${ownEvents(v)}`,
  ),
  // Answers to idempotency keys hold whatever was answered.
  raw(
    (v) => sql`DELETE FROM receipts WHERE instr(body, ${v.learnerId}) > 0 OR token_id IN (
      SELECT id FROM tokens WHERE learner_id = ${v.learnerId})`,
  ),
  raw(
    (v) => sql`UPDATE enrolments SET external_id = ${v.pseudonym}, name = NULL, section_id = NULL,
      erased_at = ${v.at}, deactivated_at = coalesce(deactivated_at, ${v.at}),
      revision = revision + 1 WHERE id = ${v.learnerId}`,
  ),
];

const find = statement((v: { learnerId: string }) =>
  tables
    .selectFrom('erasures')
    .innerJoin('enrolments', 'enrolments.place', 'erasures.learner')
    .select(['pseudonym', 'at'])
    .where('enrolments.id', '=', v.learnerId),
);

/** Inside a transaction: what is half done must never be seen. */
export function eraseLearner(
  connection: Connection,
  learnerId: string,
  erasure: Omit<Forgotten, 'learnerId'>,
): void {
  const forgotten = { ...erasure, learnerId };
  for (const step of [begin, findAudited, ...personal, finish]) connection.run(step, forgotten);
}

export function findErasure(connection: Connection, learnerId: string): Erasure | undefined {
  return connection.first(find, { learnerId });
}
