import type { Generated } from 'kysely';
import type { PlatformName } from '../sandboxes/sandbox.ts';

/** The tables of sandboxes. */
export interface SandboxTables {
  sandbox_worlds: { digest: string; world: string };
  sandboxes: {
    place: Generated<number>;
    id: string;
    course_id: string | null;
    assignment_id: string | null;
    learner_id: string | null;
    exercise_id: string | null;
    exercise_version: number | null;
    exercise_digest: string | null;
    part: string | null;
    seed: string | null;
    platform: PlatformName;
    token_id: string;
    world: string;
    version: number;
    created_at: string;
    expires_at: string;
  };
  sandbox_objects: {
    sandbox: number;
    resource: string;
    namespace: string;
    name: string;
    object: string | null;
  };
  sandbox_kubeconfigs: {
    place: Generated<number>;
    hash: string;
    sandbox: number;
    created_at: string;
  };
  sandbox_snapshots: {
    place: Generated<number>;
    id: string;
    sandbox: number;
    name: string;
    objects: string;
    created_at: string;
  };
}
