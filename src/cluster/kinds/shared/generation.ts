import { equalJson } from '../../json.ts';
import type { KubeObject } from '../../objects.ts';

interface WithSpec extends KubeObject {
  readonly spec?: unknown;
  status?: unknown;
}

/** A new object of a kind that counts its changes: generation 1, and a status nobody wrote yet. */
export function startGeneration(object: WithSpec, status: object = {}): void {
  object.metadata.generation = 1;
  object.status = status;
}

/** A changed object: status stays the controllers', and a change of what is wanted counts. */
export function countGeneration(
  object: WithSpec,
  old: WithSpec,
  alsoChanged = !equalJson(object.spec, old.spec),
): void {
  if (old.status === undefined) delete object.status;
  else object.status = old.status;
  const generation = old.metadata.generation ?? 1;
  object.metadata.generation = alsoChanged ? generation + 1 : generation;
}

/** Writes a status into an object whose type lets only controllers do so. */
export function setStatus(object: WithSpec, status: unknown): void {
  if (status === undefined) delete object.status;
  else object.status = status;
}
