import { limits } from '../../limits.ts';
import { findAssignment } from '../assignments.ts';
import { auditOf } from '../audit.ts';
import { authorise } from '../authorise.ts';
import type { Enrolment } from '../course.ts';
import { besideOf, findOpenCourse } from '../courses.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import { actingLearner, findEnrolment } from '../enrolments.ts';
import type { TokenRow } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import type { Launch, LaunchAsk, LaunchRow, LaunchUseCases } from './launch.ts';

const minuteMs = 60_000;

/** Links by which an LMS sends its learners here, without a password of ours. */
export function launchUseCases(parts: GradebookParts): LaunchUseCases {
  const { store } = parts;
  return {
    createLaunch: async (actor, courseId, assignmentId, ask, receipt) => {
      authorise(actor, 'launch:create', { courseId });
      await findOpenCourse(store, courseId);
      const assignment = await findAssignment(store, courseId, assignmentId);
      const learner = await actingLearner(parts, actor, courseId, ask.learner);
      const launch = newLaunch(parts, { courseId, assignmentId: assignment.id, learner, ask });
      const code = parts.newToken();
      const note = { action: 'launch:create', courseId, subject: launch.id, after: launch };
      const audit = auditOf(parts, actor, note);
      const row = { ...launch, hash: parts.hash(code), tokenId: actor.tokenId };
      await store.addLaunch(row, besideOf(audit, { launch, code: '' }, receipt));
      return { launch, code };
    },
    launch: async (code) => view(parts, await findLaunch(parts, code)),
    openLaunch: async (code, requestId) => {
      const row = await findLaunch(parts, code);
      const { launch, course, assignment } = await view(parts, row);
      const learner = await findEnrolment(store, row.courseId, row.learnerId);
      refuseLeft(learner, course.archivedAt !== undefined);
      const secret = parts.newToken();
      const token = learnerToken(parts, row, secret);
      const { hash: _hash, ...after } = token;
      const actor = { tokenId: row.tokenId, role: 'lms', courseIds: [], requestId } as const;
      const note = { action: 'launch:open', courseId: row.courseId, subject: row.id, after };
      const audit = auditOf(parts, actor, note);
      if (!(await store.openLaunch(row.hash, token.createdAt, token, { audit }))) throw over();
      return { launch, course, assignment, learner, secret, expiresAt: token.expiresAt };
    },
  };
}

interface Asked {
  readonly courseId: string;
  readonly assignmentId: string;
  readonly learner: Enrolment;
  readonly ask: LaunchAsk;
}

function newLaunch(parts: GradebookParts, { courseId, assignmentId, learner, ask }: Asked): Launch {
  const now = parts.now();
  const linkMs = (ask.linkMinutes ?? limits.launch.linkMinutes) * minuteMs;
  return {
    ...{ id: parts.newId(), courseId, assignmentId, learnerId: learner.id },
    tokenMinutes: ask.tokenMinutes ?? limits.launch.tokenMinutes,
    expiresAt: new Date(now.getTime() + linkMs).toISOString(),
    createdAt: now.toISOString(),
  };
}

async function findLaunch(parts: GradebookParts, code: string): Promise<LaunchRow> {
  const found = await parts.store.launch(parts.hash(code), parts.now().toISOString());
  if (found === undefined) throw over();
  return found;
}

async function view({ store }: GradebookParts, row: LaunchRow) {
  const { hash: _hash, tokenId: _tokenId, ...launch } = row;
  const course = await store.course(row.courseId);
  const assignment = await findAssignment(store, row.courseId, row.assignmentId);
  if (course === undefined) throw over();
  return { launch, course, assignment };
}

function refuseLeft({ deactivatedAt, erasedAt }: Enrolment, archived: boolean): void {
  if (deactivatedAt !== undefined || erasedAt !== undefined || archived) throw over();
}

function learnerToken(parts: GradebookParts, row: LaunchRow, secret: string) {
  const now = parts.now();
  return {
    ...{ id: parts.newId(), hash: parts.hash(secret), label: `launch ${row.id}` },
    ...{ role: 'learner', courseIds: [row.courseId], learnerId: row.learnerId },
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + row.tokenMinutes * minuteMs).toISOString(),
  } satisfies TokenRow;
}

const over = () =>
  new Refusal(
    'not-found',
    'The link is unknown, was opened already, or has expired: ask for a new one.',
  );
