import { limits } from '../../../limits.ts';
import type { Json } from '../../json.ts';
import { PatchError } from './patch-error.ts';

/** Refuses a patch that is nested deeper than any object may be: merging follows it step by step. */
export function checkDepth(patch: Json | undefined): void {
  let level: unknown[] = [patch];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limits.depth) {
      throw new PatchError('error decoding patch: json: exceeded max depth', 'bad-request');
    }
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
}
