import type { Instant } from './course.ts';
import type { Beside, Placed, Slice } from './ports.ts';

/** More time or attempts at an assignment, for one learner or one section. */
export interface Extension {
  readonly id: string;
  readonly courseId: string;
  readonly assignmentId: string;
  /** Either the learner or the section is named. */
  readonly learnerId?: string;
  readonly sectionId?: string;
  /** The latest of all that apply holds; none ever makes a date earlier. */
  readonly dueAt?: Instant;
  readonly closesAt?: Instant;
  /** Added to the duration of a timed exam. */
  readonly extraMinutes?: number;
  readonly extraAttempts?: number;
  /** The local times of the course's zone that were asked for, where they were. */
  readonly local?: { readonly dueAt?: string; readonly closesAt?: string };
  readonly reason: string;
  readonly tokenId: string;
  readonly createdAt: Instant;
  readonly revokedAt?: Instant;
}

export interface ExtensionStore {
  /** All or none of them. */
  addExtensions(extensions: readonly Extension[], beside: Beside): Promise<void>;
  extension(courseId: string, id: string): Promise<Extension | undefined>;
  /** In the order of creation, revoked ones too. */
  extensions(courseId: string, slice: Slice): Promise<readonly Placed<Extension>[]>;
  /** False when it was revoked already. */
  revokeExtension(id: string, at: Instant, beside: Beside): Promise<boolean>;
}
