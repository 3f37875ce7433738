import type { JsonObject } from '../json.ts';
import type { KubeObject } from '../objects.ts';

type Loose = Record<string, unknown>;

/** Through the main resource nobody changes a status: the controllers write it. */
export function keepStatus(object: KubeObject, old: KubeObject): void {
  const kept = (old as unknown as JsonObject).status;
  if (kept === undefined) delete (object as unknown as Loose).status;
  else (object as unknown as Loose).status = kept;
}

/** Through `status` nothing else changes, labels and annotations apart. */
export function keepAllButStatus(object: KubeObject, old: KubeObject): void {
  const target = object as unknown as Loose;
  for (const key of Object.keys(target)) {
    if (key !== 'status' && key !== 'metadata') delete target[key];
  }
  const kept: Loose = { ...old, metadata: object.metadata, status: target.status };
  if (target.status === undefined) delete kept.status;
  Object.assign(target, kept);
}
