import type { Generated } from 'kysely';
import type { RegradePolicy } from '../gradebook/event.ts';
import type { Judgement, RegradeState } from '../gradebook/regrade/regrade.ts';

type Bit = 0 | 1;

/** The tables of regrades as the newest migration leaves them; JSON columns are text. */
export interface RegradeSchema {
  regrades: {
    place: Generated<number>;
    id: string;
    course_id: string;
    state: RegradeState;
    scope: string;
    targets: string;
    keep: RegradePolicy;
    reason: string;
    engine_version: string;
    cursor: number;
    counts: string;
    basis: string | null;
    digest: string | null;
    problem: string | null;
    token_id: string;
    applied_by: string | null;
    request_id: string | null;
    created_at: string;
    ready_at: string | null;
    ended_at: string | null;
    revision: number;
  };
  regrade_judgements: {
    place: Generated<number>;
    regrade: number;
    digest: string;
    outcome: Judgement['outcome'];
    points: number;
    maximum: number;
    awaits_marking: Bit;
    checks: string;
  };
  regrade_attempts: {
    regrade: number;
    learner: number;
    assignment: number;
    attempt: number;
    part: string;
    submission: number;
    judgement: number;
    counts: Bit;
    before_points: number;
    before_maximum: number;
    checks: string;
  };
  regrade_changes: {
    place: Generated<number>;
    regrade: number;
    learner: number;
    assignment: number;
    changed: Bit;
    before: string;
    after: string;
  };
  ledger_revisions: { course: number; assignment: number; revision: number };
}
