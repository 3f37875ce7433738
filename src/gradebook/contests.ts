import { limits } from '../limits.ts';
import type { Actor } from './actor.ts';
import { findAssignment, partOf } from './assignments.ts';
import { auditOf } from './audit.ts';
import { authorise } from './authorise.ts';
import type { Contest, ContestMessage, ContestState } from './contest.ts';
import { besideOf, findCourse } from './courses.ts';
import type { GradebookParts } from './create-gradebook.ts';
import { actingLearner } from './enrolments.ts';
import type { Gradebook } from './gradebook.ts';
import { pageOf, sliceOf } from './paging.ts';
import type { ContestAsk } from './policy-use-cases.ts';
import type { Store } from './ports.ts';
import { notFound, Refusal } from './refusal.ts';

type ContestUseCases = Pick<
  Gradebook,
  'openContest' | 'contests' | 'contest' | 'reply' | 'changeContest'
>;

export function contestUseCases(parts: GradebookParts): ContestUseCases {
  return { ...readContests(parts), ...writeContests(parts) };
}

function readContests({ store }: GradebookParts): Pick<ContestUseCases, 'contests' | 'contest'> {
  return {
    contests: async (actor, courseId, { learnerId, state, ...page }) => {
      const whose = learnerId ?? (actor.role === 'learner' ? actor.learnerId : undefined);
      authorise(actor, 'contest:read', { courseId, learnerId: whose });
      await findCourse(store, courseId);
      const slice = sliceOf(page);
      const filter = { ...(whose && { learnerId: whose }), ...(state && { state }) };
      return pageOf(await store.contests(courseId, filter, slice), slice);
    },
    contest: (actor, courseId, contestId) => findContest(store, actor, courseId, contestId),
  };
}

function writeContests(
  parts: GradebookParts,
): Pick<ContestUseCases, 'openContest' | 'reply' | 'changeContest'> {
  const { store } = parts;
  return {
    openContest: async (actor, courseId, assignmentId, ask, receipt) => {
      authorise(actor, 'contest:open', { courseId, learnerId: actor.learnerId });
      const contest = await newContest(parts, actor, courseId, assignmentId, ask);
      const note = { action: 'contest:open', courseId, subject: contest.id, after: contest };
      await store.addContest(contest, besideOf(auditOf(parts, actor, note), contest, receipt));
      return contest;
    },
    reply: async (actor, courseId, contestId, { text, close = false }, receipt) => {
      const before = await findContest(store, actor, courseId, contestId);
      authorise(actor, 'contest:reply', before);
      const message = messageOf(parts, actor, text);
      const staff = message.sender === 'staff';
      if (close) authorise(actor, 'contest:close', { courseId });
      if (before.state === 'closed' && !staff) throw closed();
      const full = before.messages.length >= limits.contestMessages;
      if (full) throw new Refusal('conflict', 'This thread is full: open another.');
      const state: ContestState = close ? 'closed' : staff ? 'answered' : 'open';
      const messages = [...before.messages, message];
      const after = { ...before, state, messages, revision: before.revision + 1 };
      return keep(parts, actor, 'contest:reply', before, after, receipt?.(after));
    },
    changeContest: async (actor, courseId, contestId, state, revision) => {
      const before = await findContest(store, actor, courseId, contestId);
      authorise(actor, 'contest:close', { courseId });
      if (revision !== undefined && revision !== before.revision) throw stale();
      if (before.state === state) return before;
      const after = { ...before, state, revision: before.revision + 1 };
      return keep(parts, actor, 'contest:close', before, after);
    },
  };
}

async function keep(
  parts: GradebookParts,
  actor: Actor,
  action: string,
  before: Contest,
  after: Contest,
  receipt?: ReturnType<NonNullable<Parameters<Gradebook['reply']>[4]>>,
): Promise<Contest> {
  const { courseId, id: subject } = before;
  const state = ({ state: said, revision }: Contest) => ({ state: said, revision });
  const note = { action, courseId, subject, before: state(before), after: state(after) };
  const audit = auditOf(parts, actor, note);
  const kept = await parts.store.changeContest(after, { audit, ...(receipt && { receipt }) });
  if (!kept) throw stale();
  return after;
}

async function newContest(
  parts: GradebookParts,
  actor: Actor,
  courseId: string,
  assignmentId: string,
  ask: ContestAsk,
): Promise<Contest> {
  const assignment = await findAssignment(parts.store, courseId, assignmentId);
  if (ask.part !== undefined) partOf(assignment, ask.part);
  const { id: learnerId } = await actingLearner(parts, actor, courseId, ask.learner);
  const message = messageOf(parts, actor, ask.text);
  return {
    ...{ id: parts.newId(), courseId, assignmentId, learnerId },
    ...(ask.part !== undefined && { part: ask.part }),
    ...{ state: 'open', messages: [message], revision: 1, createdAt: message.at },
  };
}

function messageOf(parts: GradebookParts, actor: Actor, text: string): ContestMessage {
  const sender = actor.role === 'learner' || actor.role === 'lms' ? 'learner' : 'staff';
  const at = parts.now().toISOString();
  return { id: parts.newId(), sender, tokenId: actor.tokenId, text, at };
}

/** Whose it is decides who may know of it: to all others it does not exist. */
async function findContest(
  store: Store,
  actor: Actor,
  courseId: string,
  contestId: string,
): Promise<Contest> {
  authorise(actor, 'contest:read', { courseId, learnerId: actor.learnerId });
  const found = await store.contest(courseId, contestId);
  const foreign = actor.role === 'learner' && found?.learnerId !== actor.learnerId;
  if (found === undefined || foreign) throw notFound('contest');
  return found;
}

function closed(): Refusal {
  return new Refusal('conflict', 'This thread is closed: staff can open it again.');
}

function stale(): Refusal {
  return new Refusal('stale', 'The contest was changed meanwhile: read it again.');
}
