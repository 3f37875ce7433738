/** What a token may be: each role's rights stand in authorise.ts. */
export const roles = ['admin', 'instructor', 'assistant', 'author', 'lms', 'learner'] as const;
export type Role = (typeof roles)[number];

/** Who asks: a token, and how far it reaches. */
export interface Actor {
  readonly tokenId: string;
  readonly role: Role;
  /** The courses the token is scoped to; an admin's token reaches all and names none. */
  readonly courseIds: readonly string[];
  /** The enrolment a learner's token stands for. */
  readonly learnerId?: string;
  /** The HTTP request they ask by, for the audit. */
  readonly requestId?: string;
}
