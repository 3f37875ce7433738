import type { Contest, ContestFilter, ContestMessage } from '../gradebook/contest.ts';
import type { Placed, Slice } from '../gradebook/ports.ts';
import type { Connection } from './connection.ts';
import { elements, tables } from './dialect.ts';
import { present } from './row.ts';
import type { Schema } from './schema.ts';
import { statement } from './statement.ts';

type Columns = Omit<Schema['contests'], 'place'>;
type Row = Columns & { place: number };
type MessageColumns = Omit<Schema['contest_messages'], 'place'>;

const insert = statement((v: Columns) =>
  tables.insertInto('contests').values({
    id: v.id,
    course_id: v.course_id,
    assignment_id: v.assignment_id,
    learner_id: v.learner_id,
    part: v.part,
    state: v.state,
    revision: v.revision,
    created_at: v.created_at,
  }),
);

const say = statement((v: MessageColumns) =>
  tables
    .insertInto('contest_messages')
    .values({
      id: v.id,
      contest_id: v.contest_id,
      sender: v.sender,
      token_id: v.token_id,
      text: v.text,
      at: v.at,
    })
    .onConflict((conflict) => conflict.column('id').doNothing()),
);

const change = statement((v: Pick<Columns, 'id' | 'state' | 'revision'> & { before: number }) =>
  tables
    .updateTable('contests')
    .set({ state: v.state, revision: v.revision })
    .where('id', '=', v.id)
    .where('revision', '=', v.before),
);

const ofCourse = (courseId: string) =>
  tables.selectFrom('contests').selectAll().where('course_id', '=', courseId);

const find = statement((v: { courseId: string; id: string }) =>
  ofCourse(v.courseId).where('id', '=', v.id),
);

interface Window {
  readonly courseId: string;
  readonly after: number;
  readonly limit: number;
  readonly states: string;
}

const newest = (v: Window) =>
  ofCourse(v.courseId)
    .where((one) => one.cast<string>('state', 'text'), 'in', elements(v.states))
    .where('place', '<', v.after)
    .orderBy('place', 'desc')
    .limit(v.limit);

const page = statement(newest);
const pageOfLearner = statement((v: Window & { learnerId: string }) =>
  newest(v).where('learner_id', '=', v.learnerId),
);

const messages = statement((v: { among: string }) =>
  tables
    .selectFrom('contest_messages')
    .selectAll()
    .where('contest_id', 'in', elements(v.among))
    .orderBy('place'),
);

const allStates = JSON.stringify(['open', 'answered', 'closed']);

export function insertContest(connection: Connection, contest: Contest): void {
  connection.run(insert, {
    id: contest.id,
    course_id: contest.courseId,
    assignment_id: contest.assignmentId,
    learner_id: contest.learnerId,
    part: contest.part ?? null,
    state: contest.state,
    revision: contest.revision,
    created_at: contest.createdAt,
  });
  keepMessages(connection, contest);
}

export function replaceContest(connection: Connection, contest: Contest): boolean {
  const { id, state, revision } = contest;
  if (connection.run(change, { id, state, revision, before: revision - 1 }) !== 1) return false;
  keepMessages(connection, contest);
  return true;
}

export function findContest(
  connection: Connection,
  courseId: string,
  id: string,
): Contest | undefined {
  const row = connection.first(find, { courseId, id });
  return row && withMessages(connection, [row])[0]?.value;
}

/** Newest first. */
export function listContests(
  connection: Connection,
  courseId: string,
  { learnerId, state }: ContestFilter,
  slice: Slice,
): readonly Placed<Contest>[] {
  const states = state === undefined ? allStates : JSON.stringify([state]);
  const after = slice.after ?? Number.MAX_SAFE_INTEGER;
  const window = { courseId, after, limit: slice.limit, states };
  const rows: Row[] =
    learnerId === undefined
      ? connection.all(page, window)
      : connection.all(pageOfLearner, { ...window, learnerId });
  return withMessages(connection, rows);
}

/** Those that are kept already stay as they are. */
function keepMessages(connection: Connection, { id: contest_id, messages: said }: Contest): void {
  for (const { id, sender, tokenId: token_id, text, at } of said) {
    connection.run(say, { id, contest_id, sender, token_id, text, at });
  }
}

function withMessages(connection: Connection, rows: readonly Row[]): readonly Placed<Contest>[] {
  const among = JSON.stringify(rows.map(({ id }) => id));
  const said = new Map<string, ContestMessage[]>(rows.map(({ id }) => [id, []]));
  for (const { id, contest_id, sender, token_id, text, at } of connection.all(messages, {
    among,
  })) {
    said.get(contest_id)?.push({ id, sender, tokenId: token_id, text, at });
  }
  return rows.map((row) => ({ place: row.place, value: toContest(row, said.get(row.id) ?? []) }));
}

function toContest(row: Row, said: readonly ContestMessage[]): Contest {
  const { part } = present(row);
  return {
    id: row.id,
    courseId: row.course_id,
    assignmentId: row.assignment_id,
    learnerId: row.learner_id,
    ...(part !== undefined && { part }),
    state: row.state,
    messages: said,
    revision: row.revision,
    createdAt: row.created_at,
  };
}
