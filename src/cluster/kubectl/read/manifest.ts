import type { JsonObject } from '../../json.ts';
import type { Segment } from './field-segments.ts';
import { type DocumentSource, type Location, locate, locateKey } from './locate.ts';

/** One object of a file, with the way back to where each of its fields was written. */
export interface Manifest {
  /** Its place among the objects of the file, from 0. */
  readonly index: number;
  /** As kubectl sends it, keys sorted; not yet looked at but for apiVersion and kind. */
  readonly object: JsonObject;
  /** Whether it stood in the `items` of a list. */
  readonly inList: boolean;
  /** The place of a field, or of its nearest written parent. */
  locate(path: string | readonly Segment[]): Location;
  /** The place of a field's key rather than of its value. */
  locateKey(path: string | readonly Segment[]): Location;
}

export function manifestOf(
  index: number,
  object: JsonObject,
  document: DocumentSource,
  inList = false,
): Manifest {
  return {
    index,
    object,
    inList,
    locate: (path) => locate(document, path),
    locateKey: (path) => locateKey(document, path),
  };
}
