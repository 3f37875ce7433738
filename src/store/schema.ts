import type { Generated } from 'kysely';
import type { Role } from '../gradebook/actor.ts';
import type { ContestMessage, ContestState } from '../gradebook/contest.ts';
import type { EnrolmentRole } from '../gradebook/course.ts';
import type { GradeEvent, RegradePolicy } from '../gradebook/event.ts';
import type { Mode } from '../gradebook/policy/policy.ts';
import type { Outcome } from '../gradebook/submission.ts';
import type { DeliveryState, DisabledBecause, SentEvent } from '../gradebook/webhooks/webhook.ts';
import type { CheckResult } from '../grading/verdict.ts';
import type { RegradeSchema } from './regrade-schema.ts';
import type { SandboxTables } from './sandbox-schema.ts';

/** A truth value as SQLite keeps it. */
export type Bit = 0 | 1;

interface ExerciseColumns {
  exercise_id: string;
  exercise_version: number;
  exercise_digest: string;
}

/** The tables as the newest migration leaves them; JSON columns are text. */
export interface Schema extends SandboxTables, RegradeSchema {
  courses: {
    place: Generated<number>;
    id: string;
    title: string;
    time_zone: string;
    term: string | null;
    archived_at: string | null;
    revision: number;
    created_at: string;
  };
  sections: {
    place: Generated<number>;
    id: string;
    course_id: string;
    name: string;
    created_at: string;
  };
  invitations: {
    place: Generated<number>;
    id: string;
    course_id: string;
    hash: string;
    label: string;
    role: EnrolmentRole;
    section_id: string | null;
    uses: number;
    most_uses: number | null;
    expires_at: string | null;
    revoked_at: string | null;
    token_id: string;
    created_at: string;
  };
  audit_learners: { learner_id: string; event: number };
  erasures: { learner: number; pseudonym: string; at: string; token_id: string; done: Bit };
  assignments: ExerciseColumns & {
    place: Generated<number>;
    id: string;
    course_id: string;
    title: string;
    points: number;
    opens_at: string | null;
    due_at: string | null;
    closes_at: string | null;
    parts: string;
    policy: string;
    mode: Mode;
    weight: number | null;
    prerequisites: string;
    release: string;
    revision: number;
    created_at: string;
  };
  enrolments: {
    place: Generated<number>;
    id: string;
    course_id: string;
    external_id: string;
    name: string | null;
    role: EnrolmentRole;
    section_id: string | null;
    deactivated_at: string | null;
    erased_at: string | null;
    revision: number;
    created_at: string;
  };
  tokens: {
    place: Generated<number>;
    id: string;
    hash: string;
    label: string;
    role: Role;
    learner_id: string | null;
    created_at: string;
    expires_at: string | null;
    revoked_at: string | null;
    last_used_at: string | null;
  };
  token_courses: { token_id: string; course_id: string };
  submissions: ExerciseColumns & {
    place: Generated<number>;
    id: string;
    course: number;
    assignment: number;
    learner: number;
    part: string;
    outcome: Outcome;
    attempt: number | null;
    seed: string;
    engine_version: string;
    answer: string;
    verdict: string | null;
    error: string | null;
    points: number;
    maximum: number;
    late: Bit;
    token: number;
    at: string;
  };
  grade_events: {
    course: number;
    learner: number;
    assignment: number;
    seq: number;
    kind: GradeEvent['kind'];
    part: string;
    points: number;
    maximum: number | null;
    hint: number | null;
    awaits_marking: Bit | null;
    comment: string | null;
    attempt: number | null;
    keep: RegradePolicy | null;
    regrade: string | null;
    submission: number | null;
    token: number;
    at: string;
  };
  audit_events: {
    place: Generated<number>;
    id: string;
    at: string;
    token_id: string;
    action: string;
    course_id: string | null;
    subject: string;
    before: string | null;
    after: string | null;
    reason: string | null;
    request_id: string | null;
  };
  extensions: {
    place: Generated<number>;
    id: string;
    course_id: string;
    assignment_id: string;
    learner_id: string | null;
    section_id: string | null;
    due_at: string | null;
    closes_at: string | null;
    extra_minutes: number | null;
    extra_attempts: number | null;
    reason: string;
    token_id: string;
    created_at: string;
    revoked_at: string | null;
  };
  overrides: {
    place: Generated<number>;
    id: string;
    course_id: string;
    assignment_id: string;
    learner_id: string;
    part: string | null;
    points: number | null;
    excused: Bit;
    comment: string | null;
    reason: string;
    token_id: string;
    created_at: string;
    removed_at: string | null;
  };
  marking_claims: {
    assignment_id: string;
    learner_id: string;
    part: string;
    token_id: string;
    until: string;
  };
  contests: {
    place: Generated<number>;
    id: string;
    course_id: string;
    assignment_id: string;
    learner_id: string;
    part: string | null;
    state: ContestState;
    revision: number;
    created_at: string;
  };
  contest_messages: {
    place: Generated<number>;
    id: string;
    contest_id: string;
    sender: ContestMessage['sender'];
    token_id: string;
    text: string;
    at: string;
  };
  verdict_shapes: { place: Generated<number>; shape: string; signature: string };
  shape_checks: {
    shape: number;
    name: string;
    outcome: CheckResult['outcome'];
    points: number;
    maximum: number;
  };
  shape_findings: { shape: number; code: string };
  judged_answers: {
    course: number;
    assignment: number;
    part: string;
    learner: number;
    submission: number;
    attempt: number | null;
    points: number;
    maximum: number;
    shape: number;
    variant: number | null;
    at: number;
  };
  grade_changes: { course: number; learner: number; assignment: number; change: number };
  risk_rules: { course_id: string; rules: string; revision: number };
  receipts: {
    token_id: string;
    route: string;
    key: string;
    digest: string;
    status: number;
    body: string;
    at: string;
  };
  webhook_endpoints: {
    place: Generated<number>;
    id: string;
    course: number;
    url: string;
    description: string | null;
    events: string;
    secret: string;
    old_secret: string | null;
    old_secret_until: string | null;
    disabled_at: string | null;
    disabled_because: DisabledBecause | null;
    failing_since: string | null;
    revision: number;
    created_at: string;
  };
  webhook_changes: {
    place: Generated<number>;
    kind: 'attempt' | 'grade' | 'person' | 'regrade';
    course: number;
    learner: number;
    assignment: number;
    subject: string;
    not_before: string;
  };
  webhook_messages: {
    place: Generated<number>;
    id: string;
    course: number;
    event: SentEvent;
    body: string;
    at: string;
  };
  webhook_deliveries: {
    place: Generated<number>;
    id: string;
    endpoint: number;
    message: number;
    state: DeliveryState;
    tries: number;
    due_at: string;
    created_at: string;
  };
  webhook_attempts: {
    delivery: number;
    number: number;
    at: string;
    took_ms: number;
    status: number | null;
    error: string | null;
    excerpt: string | null;
  };
  webhook_grades: { course: number; learner: number; assignment: number; told: string };
  launches: {
    place: Generated<number>;
    id: string;
    hash: string;
    course_id: string;
    assignment_id: string;
    learner_id: string;
    token_minutes: number;
    expires_at: string;
    used_at: string | null;
    token_id: string;
    created_at: string;
  };
}
