import { isObject, type JsonObject } from '../../json.ts';
import { nameOf, objectAt } from '../resource/write.ts';

export interface RolloutMessage {
  readonly text: string;
  readonly done: boolean;
  readonly error?: string;
}

/** What `rollout status` says of a Deployment (kubectl/pkg/polymorphichelpers/rollout_status.go). */
export function rolloutMessage(deployment: JsonObject, revision: number): RolloutMessage {
  const name = nameOf(deployment);
  const status = objectAt(deployment, 'status');
  const count = (key: string): number => Number(status[key] ?? 0);
  const generation = Number(objectAt(deployment, 'metadata').generation ?? 0);
  const wrong = wrongRevision(deployment, revision);
  if (wrong) return { text: '', done: false, error: wrong };
  if (generation > count('observedGeneration')) {
    return { text: 'Waiting for deployment spec update to be observed...\n', done: false };
  }
  if (deadlineExceeded(status)) {
    return { text: '', done: false, error: `deployment "${name}" exceeded its progress deadline` };
  }
  const replicas = Number(objectAt(deployment, 'spec').replicas ?? 1);
  const [updated, all, available] = ['updatedReplicas', 'replicas', 'availableReplicas'].map(count);
  const waiting = waitingFor(replicas, updated ?? 0, all ?? 0, available ?? 0);
  return waiting
    ? { text: `Waiting for deployment "${name}" rollout to finish: ${waiting}...\n`, done: false }
    : { text: `deployment "${name}" successfully rolled out\n`, done: true };
}

function waitingFor(replicas: number, updated: number, all: number, available: number): string {
  if (updated < replicas) {
    return `${updated} out of ${replicas} new replicas have been updated`;
  }
  if (all > updated) return `${all - updated} old replicas are pending termination`;
  return available < updated ? `${available} of ${updated} updated replicas are available` : '';
}

function wrongRevision(deployment: JsonObject, revision: number): string | undefined {
  if (revision === 0) return undefined;
  const now = Number(
    objectAt(deployment, 'metadata', 'annotations')['deployment.kubernetes.io/revision'],
  );
  return now === revision
    ? undefined
    : `desired revision (${revision}) is different from the running revision (${now})`;
}

function deadlineExceeded({ conditions }: JsonObject): boolean {
  const list = Array.isArray(conditions) ? conditions.filter(isObject) : [];
  return list.some(
    ({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded',
  );
}
