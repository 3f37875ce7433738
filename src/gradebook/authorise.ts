import type { Actor, Role } from './actor.ts';
import { notFound, Refusal } from './refusal.ts';

export const actions = [
  'exercise:preview',
  'course:create',
  'course:read',
  'course:update',
  'course:copy',
  'section:manage',
  'section:read',
  'assignment:preview',
  'assignment:create',
  'assignment:update',
  'assignment:read',
  'assignment:release',
  'assignment:start',
  'extension:grant',
  'extension:read',
  'override:give',
  'override:read',
  'grade:explain',
  'marking:read',
  'marking:claim',
  'contest:open',
  'contest:read',
  'contest:reply',
  'contest:close',
  'enrolment:create',
  'enrolment:list',
  'enrolment:read',
  'enrolment:update',
  'enrolment:export',
  'enrolment:erase',
  'roster:import',
  'invitation:manage',
  'token:create',
  'token:read',
  'token:revoke',
  'hint:take',
  'answer:check',
  'submission:create',
  'submission:read',
  'progress:read',
  'grades:read',
  'mark:give',
  'audit:read',
  'submission:replay',
  'analytics:read',
  'analytics:set-rules',
  'sandbox:create',
  'sandbox:create-free',
  'sandbox:use',
  'regrade:run',
  'regrade:read',
  'similarity:read',
  'webhook:manage',
  'webhook:read',
  'launch:create',
] as const;
export type Action = (typeof actions)[number];

/** How far a right reaches: everywhere, the token's courses, the learner's own things there. */
export type Reach = 'any' | 'courses' | 'self';

/** The whole of who may do what. What is not written here is not allowed. */
export const rights: Readonly<Record<Role, Readonly<Partial<Record<Action, Reach>>>>> = {
  admin: everything(),
  instructor: {
    'sandbox:create': 'courses',
    'sandbox:create-free': 'any',
    'sandbox:use': 'courses',
    'exercise:preview': 'any',
    'course:create': 'any',
    'course:read': 'courses',
    'course:update': 'courses',
    'course:copy': 'courses',
    'section:manage': 'courses',
    'section:read': 'courses',
    'assignment:preview': 'courses',
    'assignment:create': 'courses',
    'assignment:update': 'courses',
    'assignment:read': 'courses',
    'assignment:release': 'courses',
    'extension:grant': 'courses',
    'extension:read': 'courses',
    'override:give': 'courses',
    'override:read': 'courses',
    'grade:explain': 'courses',
    'marking:read': 'courses',
    'marking:claim': 'courses',
    'contest:read': 'courses',
    'contest:reply': 'courses',
    'contest:close': 'courses',
    'enrolment:create': 'courses',
    'enrolment:list': 'courses',
    'enrolment:read': 'courses',
    'enrolment:update': 'courses',
    'enrolment:export': 'courses',
    'enrolment:erase': 'courses',
    'roster:import': 'courses',
    'invitation:manage': 'courses',
    'token:create': 'courses',
    'token:read': 'courses',
    'token:revoke': 'courses',
    'answer:check': 'courses',
    'submission:read': 'courses',
    'progress:read': 'courses',
    'grades:read': 'courses',
    'mark:give': 'courses',
    'audit:read': 'courses',
    'submission:replay': 'courses',
    'analytics:read': 'courses',
    'analytics:set-rules': 'courses',
    'regrade:run': 'courses',
    'regrade:read': 'courses',
    'similarity:read': 'courses',
    'webhook:manage': 'courses',
    'webhook:read': 'courses',
    'launch:create': 'courses',
  },
  assistant: {
    'sandbox:create-free': 'any',
    'sandbox:use': 'courses',
    'course:read': 'courses',
    'section:read': 'courses',
    'assignment:preview': 'courses',
    'assignment:read': 'courses',
    'extension:read': 'courses',
    'override:read': 'courses',
    'grade:explain': 'courses',
    'marking:read': 'courses',
    'marking:claim': 'courses',
    'contest:read': 'courses',
    'contest:reply': 'courses',
    'contest:close': 'courses',
    'enrolment:list': 'courses',
    'enrolment:read': 'courses',
    'submission:read': 'courses',
    'progress:read': 'courses',
    'grades:read': 'courses',
    'mark:give': 'courses',
    'regrade:read': 'courses',
    'similarity:read': 'courses',
    'analytics:read': 'courses',
  },
  author: { 'exercise:preview': 'any', 'sandbox:create-free': 'any' },
  lms: {
    'sandbox:create': 'courses',
    'sandbox:create-free': 'any',
    'sandbox:use': 'courses',
    'course:read': 'courses',
    'section:manage': 'courses',
    'section:read': 'courses',
    'assignment:read': 'courses',
    'assignment:start': 'courses',
    'grade:explain': 'courses',
    'contest:open': 'courses',
    'contest:read': 'courses',
    'contest:reply': 'courses',
    'enrolment:create': 'courses',
    'enrolment:list': 'courses',
    'enrolment:read': 'courses',
    'enrolment:update': 'courses',
    'roster:import': 'courses',
    'hint:take': 'courses',
    'answer:check': 'courses',
    'submission:create': 'courses',
    'submission:read': 'courses',
    'progress:read': 'courses',
    'grades:read': 'courses',
    'webhook:manage': 'courses',
    'webhook:read': 'courses',
    'launch:create': 'courses',
  },
  learner: {
    'sandbox:create': 'self',
    'sandbox:create-free': 'any',
    'sandbox:use': 'self',
    'course:read': 'courses',
    'assignment:read': 'courses',
    'assignment:start': 'self',
    'grade:explain': 'self',
    'contest:open': 'self',
    'contest:read': 'self',
    'contest:reply': 'self',
    'enrolment:read': 'self',
    'enrolment:export': 'self',
    'hint:take': 'self',
    'answer:check': 'self',
    'submission:create': 'self',
    'submission:read': 'self',
    'progress:read': 'self',
  },
};

/** Which roles a token of a role may make tokens of. */
export const grantable: Readonly<Record<Role, readonly Role[]>> = {
  admin: ['admin', 'instructor', 'assistant', 'author', 'lms', 'learner'],
  instructor: ['instructor', 'assistant', 'lms', 'learner'],
  assistant: [],
  author: [],
  lms: [],
  learner: [],
};

/** What is acted on. Whoever acts within a course names it, and the learner if there is one. */
export interface Target {
  readonly courseId?: string | undefined;
  readonly learnerId?: string | undefined;
}

/**
 * Passes or throws: `not-found` for a course or a learner the token may not know of, `forbidden`
 * for what its role may not do.
 */
export function authorise(actor: Actor, action: Action, target: Target = {}): void {
  const reach = rights[actor.role][action];
  if (target.courseId !== undefined && !knowsCourse(actor, target.courseId)) {
    throw notFound('course');
  }
  if (reach === undefined) {
    throw new Refusal('forbidden', `A token of the role ${actor.role} may not do this.`);
  }
  if (reach === 'any') return;
  if (target.courseId === undefined) {
    throw new Refusal(
      'forbidden',
      `A token of the role ${actor.role} must name a course for this.`,
    );
  }
  const foreign = target.learnerId !== undefined && target.learnerId !== actor.learnerId;
  if (reach === 'self' && (foreign || actor.learnerId === undefined)) throw notFound('learner');
}

function knowsCourse(actor: Actor, courseId: string): boolean {
  return actor.role === 'admin' || actor.courseIds.includes(courseId);
}

function everything(): Readonly<Partial<Record<Action, Reach>>> {
  return Object.fromEntries(actions.map((action) => [action, 'any' as const]));
}
