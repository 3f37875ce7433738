import type { Json } from '../../json.ts';

/** A strategic merge patch in the making, directives and all. */
export type Patch = Record<string, Json>;

/** A patch that cannot be computed; the message is kubectl's. */
export class PatchError extends Error {}

/** Which half of a difference is wanted, and how it is written. */
export interface DiffOptions {
  readonly ignoreDeletions: boolean;
  readonly ignoreChangesAndAdditions: boolean;
  readonly retainKeys: boolean;
}
