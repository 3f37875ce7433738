import type { Grader } from '../grading/verdict.ts';
import { assignmentUseCases } from './assignments.ts';
import { auditUseCases } from './audit.ts';
import { Doorkeeper } from './authenticate.ts';
import { checkUseCases } from './check.ts';
import { contestUseCases } from './contests.ts';
import { changeCourseUseCases } from './courses/change-course.ts';
import { copyCourseUseCases } from './courses/copy-course.ts';
import { courseSubmissionUseCases } from './courses/course-submissions.ts';
import { assignmentPreviewUseCases } from './courses/preview-assignment.ts';
import { sectionUseCases } from './courses/sections.ts';
import { courseUseCases } from './courses.ts';
import { enrolmentUseCases } from './enrolments.ts';
import { explainUseCases } from './explain.ts';
import { extensionUseCases } from './extensions.ts';
import type { Gradebook } from './gradebook.ts';
import { hintUseCases } from './hints.ts';
import { idempotencyUseCases } from './idempotency.ts';
import { launchUseCases } from './launch/launches.ts';
import { markingUseCases } from './marking-queue.ts';
import { markUseCases } from './marks.ts';
import { overrideUseCases } from './overrides.ts';
import type { Library, Store } from './ports.ts';
import { previewUseCases } from './preview.ts';
import { regradeUseCases } from './regrade/regrades.ts';
import { replayUseCases } from './replay.ts';
import { courseReportUseCases } from './reporting/report-use-cases.ts';
import { reportUseCases } from './reports.ts';
import { acceptanceUseCases } from './roster/accept-invitation.ts';
import { classTokenUseCases } from './roster/class-tokens.ts';
import { rosterEnrolmentUseCases } from './roster/enrolments-of-course.ts';
import { erasureUseCases } from './roster/erase-learner.ts';
import { importUseCases } from './roster/import-roster.ts';
import { invitationUseCases } from './roster/invitations.ts';
import { exportUseCases } from './roster/learner-export.ts';
import { similarityUseCases } from './similarity/similarities.ts';
import { startUseCases } from './start.ts';
import { submissionUseCases } from './submissions.ts';
import { submitUseCases } from './submit.ts';
import { tokenUseCases } from './tokens.ts';
import { variantUseCases } from './variant.ts';
import { deliveryUseCases } from './webhooks/deliveries.ts';
import { endpointUseCases } from './webhooks/endpoints.ts';
import { forgetOld } from './webhooks/work.ts';

/** What the gradebook is made of; everything that differs from run to run is handed in. */
export interface GradebookParts {
  readonly store: Store;
  readonly grader: Grader;
  readonly library: Library;
  readonly now: () => Date;
  readonly newId: () => string;
  /** A random secret. */
  readonly newToken: () => string;
  /** SHA-256 of a secret, hexadecimal. */
  readonly hash: (secret: string) => string;
  /** Why no webhook may be sent to that address; empty if one may. Absent: to none. */
  readonly webhookAddress?: (url: string) => string;
}

/** How long answers to idempotency keys are kept, in milliseconds: two days. */
const keysKept = 48 * 60 * 60 * 1000;

export function createGradebook(parts: GradebookParts): Gradebook {
  const doorkeeper = new Doorkeeper(parts);
  const regrading = regradeUseCases(parts);
  return {
    ...courseUseCases(parts),
    ...assignmentUseCases(parts),
    ...variantUseCases(parts),
    ...enrolmentUseCases(parts),
    ...tokenUseCases(parts),
    ...hintUseCases(parts),
    ...submitUseCases(parts),
    ...checkUseCases(parts),
    ...submissionUseCases(parts),
    ...reportUseCases(parts),
    ...courseReportUseCases(parts),
    ...markUseCases(parts),
    ...markingUseCases(parts),
    ...startUseCases(parts),
    ...extensionUseCases(parts),
    ...overrideUseCases(parts),
    ...contestUseCases(parts),
    ...explainUseCases(parts),
    ...previewUseCases(parts),
    ...auditUseCases(parts),
    ...replayUseCases(parts),
    ...regrading,
    ...similarityUseCases(parts),
    ...changeCourseUseCases(parts),
    ...copyCourseUseCases(parts),
    ...sectionUseCases(parts),
    ...courseSubmissionUseCases(parts),
    ...assignmentPreviewUseCases(parts),
    ...rosterEnrolmentUseCases(parts),
    ...importUseCases(parts),
    ...exportUseCases(parts),
    ...erasureUseCases(parts),
    ...invitationUseCases(parts),
    ...acceptanceUseCases(parts),
    ...classTokenUseCases(parts),
    ...launchUseCases(parts),
    ...endpointUseCases(parts),
    ...deliveryUseCases(parts),
    ...idempotencyUseCases(parts),
    authenticate: (secret) => doorkeeper.authenticate(secret),
    tidy: async () => {
      await doorkeeper.writeUses();
      regrading.resumeRegrades();
      const before = new Date(parts.now().getTime() - keysKept);
      await parts.store.forgetReceipts(before.toISOString());
      await forgetOld(parts);
    },
  };
}
