import { limits } from '../../limits.ts';
import type { SandboxRecord, SandboxView } from '../../sandboxes/index.ts';

/** A sandbox as it is shown: not what its variant is drawn from. */
export function viewSandbox(record: SandboxRecord) {
  const { id, task, courseId, learnerId, platform, createdAt, expiresAt } = record;
  return {
    id,
    ...(courseId !== undefined && { courseId }),
    ...(task && { assignmentId: task.assignmentId, part: task.part }),
    ...(learnerId !== undefined && { learnerId }),
    ...(task && { exercise: task.exercise }),
    ...{ platform, createdAt, expiresAt },
    kubeconfig: `/v1/sandboxes/${id}/kubeconfig`,
  };
}

export function viewSandboxDetail({ sandbox, usage }: SandboxView) {
  const { objects, bytes, streams, requestsPerSecond, requestsAtOnce, pods } = limits.sandbox;
  return {
    ...viewSandbox(sandbox),
    quotas: {
      objects: { used: usage.objects, limit: objects },
      bytes: { used: usage.bytes, limit: bytes },
      ...{ streams, requestsPerSecond, requestsAtOnce, pods },
    },
  };
}
