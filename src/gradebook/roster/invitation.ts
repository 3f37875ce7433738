import type { EnrolmentRole, Instant } from '../course.ts';

/** A code that lets whoever has it enrol themselves; the code itself is kept only as a hash. */
export interface Invitation {
  readonly id: string;
  readonly courseId: string;
  readonly label: string;
  readonly role: EnrolmentRole;
  readonly sectionId?: string;
  readonly uses: number;
  /** Absent: as often as one likes. */
  readonly mostUses?: number;
  readonly expiresAt?: Instant;
  readonly revokedAt?: Instant;
  readonly tokenId: string;
  readonly createdAt: Instant;
}
