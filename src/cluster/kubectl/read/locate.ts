import type { SourceRange } from '../../finding.ts';
import { type Segment, segmentsOf } from './field-segments.ts';
import type { SourceText } from './source-text.ts';
import { keyText } from './yaml/construct.ts';
import { isMergeKey, type MappingEntry, resolved, type YamlNode } from './yaml/node.ts';

/** Where a field stands in the learner's text. */
export interface Location {
  readonly range: SourceRange;
  /** False when the field is not there: the range is its nearest parent's then. */
  readonly exact: boolean;
}

/** A document's nodes and where it stands in the file. */
export interface DocumentSource {
  readonly source: SourceText;
  readonly offset: number;
  readonly root: YamlNode | undefined;
}

/**
 * The place of a field, or of the nearest parent that was written, through aliases and merge keys:
 * a value's own range; for a mapping or list the range of its key, which is what a reader looks for.
 */
export function locate(document: DocumentSource, path: string | readonly Segment[]): Location {
  const { place, exact } = follow(document, path);
  return { range: rangeOf(document, place), exact };
}

/** The range of the key at the end of a path, rather than of its value. */
export function locateKey(document: DocumentSource, path: string | readonly Segment[]): Location {
  const { place, exact } = follow(document, path);
  const shown = exact && place.key ? { key: undefined, value: place.key } : place;
  return { range: rangeOf(document, shown), exact };
}

function follow(
  document: DocumentSource,
  path: string | readonly Segment[],
): { readonly place: Place; readonly exact: boolean } {
  let place: Place = { key: undefined, value: document.root };
  for (const segment of typeof path === 'string' ? segmentsOf(path) : path) {
    const inner: Place | undefined = place.value && step(place.value, segment);
    if (!inner) return { place, exact: false };
    place = inner;
  }
  return { place, exact: true };
}

/** A node with the key in front of it. */
interface Place {
  readonly key: YamlNode | undefined;
  readonly value: YamlNode | undefined;
}

function step(from: YamlNode, segment: Segment): Place | undefined {
  const node = resolved(from);
  if (node.kind === 'sequence') {
    const value = typeof segment === 'number' ? node.items[segment] : undefined;
    return value && { key: undefined, value };
  }
  if (node.kind !== 'mapping') return undefined;
  return entryOf(node.entries, String(segment), 0);
}

/** The entry that counts: the last one written, be it by a merge key. */
function entryOf(entries: readonly MappingEntry[], name: string, depth: number): Place | undefined {
  for (const { key, value } of entries.toReversed()) {
    if (!isMergeKey(key)) {
      if (keyText(key) === name) return { key, value };
    } else if (depth < deepestMerge) {
      const found = mergedEntry(value, name, depth);
      if (found) return found;
    }
  }
  return undefined;
}

const deepestMerge = 64;

function mergedEntry(merged: YamlNode, name: string, depth: number): Place | undefined {
  for (const source of merged.kind === 'sequence' ? merged.items : [merged]) {
    const target = resolved(source);
    const found = target.kind === 'mapping' && entryOf(target.entries, name, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function rangeOf({ source, offset }: DocumentSource, { key, value }: Place): SourceRange {
  const empty = !value || value.start === value.end;
  const collection = value?.kind === 'mapping' || value?.kind === 'sequence';
  const shown = key && (empty || collection) ? key : value;
  if (!shown) return source.range(offset, offset);
  if (shown.kind === 'mapping') return firstKeyRange(source, offset, shown.entries, shown);
  return source.range(offset + shown.start, offset + shown.end);
}

/** An item of a list has no key of its own: its first key stands for it. */
function firstKeyRange(
  source: SourceText,
  offset: number,
  entries: readonly MappingEntry[],
  node: YamlNode,
): SourceRange {
  const first = entries[0]?.key ?? node;
  return source.range(offset + first.start, offset + first.end);
}
