import { isObject, type Json } from '../../json.ts';
import type { KubeObject } from '../../objects.ts';
import { type Conflict, conflictError } from './conflict.ts';
import {
  difference,
  type FieldSet,
  intersection,
  isEmptySet,
  nothing,
  union,
} from './field-set.ts';
import { isSameManager, managersOf, mergingOfKind, ownFields } from './managed-fields.ts';
import { mergeValues, pruneValue } from './merge-values.ts';
import type { Managed, Manager } from './provenance.ts';
import { compareValues, statedFields } from './typed-value.ts';

/** The annotation in which client-side apply remembers what was applied. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

interface Applied {
  readonly merged: Json;
  readonly managed: readonly Managed[];
}

/**
 * Applies what an author states to an object (structured-merge-diff merge.Updater.Apply): merges
 * it, takes out what the author stated before and states no more, and answers whose fields are
 * whose then. Throws an ApiError for fields of other managers, unless `force` takes them over.
 */
export function applyConfiguration(
  old: KubeObject,
  stated: Json,
  type: string,
  by: Manager,
  force: boolean,
): Applied {
  const merging = mergingOfKind(type);
  const known = managersOf(old);
  const live = old as unknown as Json;
  const fields = ownFields(statedFields(stated, merging), by.subresource);
  const before = known.find((entry) => isSameManager(entry, by));
  const others = known.filter((entry) => entry !== before);
  const held = others.reduce((all, entry) => union(all, entry.fields), fields);
  const laid = mergeValues(live, stated, merging);
  const merged = before ? pruneValue(laid, merging, before.fields, held) : laid;
  const { changed, removed } = compareValues(live, merged, merging);
  const conflicts = conflictsWith(others, ownFields(changed, by.subresource));
  const contested = force ? [] : notInherited(conflicts, old, by, type);
  if (contested.length > 0) throw conflictError(contested);
  const lost = union(removed, unionOf(conflicts));
  const kept = others.map((entry) => ({ ...entry, fields: difference(entry.fields, lost) }));
  const same = before && isEmptySet(symmetric(before.fields, fields)) ? before.time : by.time;
  return {
    merged: rememberingClientSide(merged, stated, by),
    managed: [...kept, { ...by, time: same, fields }].filter((entry) => !isEmptySet(entry.fields)),
  };
}

const symmetric = (one: FieldSet, other: FieldSet): FieldSet =>
  union(difference(one, other), difference(other, one));

const conflictsWith = (others: readonly Managed[], changed: FieldSet): readonly Conflict[] =>
  others
    .map((manager) => ({ manager, fields: intersection(manager.fields, changed) }))
    .filter(({ fields }) => !isEmptySet(fields));

const unionOf = (conflicts: readonly Conflict[]): FieldSet =>
  conflicts.reduce((all, { fields }) => union(all, fields), nothing);

/**
 * kubectl may change what it applied from the client's side before, as long as nobody else changed
 * it since (fieldmanager/internal/lastappliedmanager.go).
 */
function notInherited(
  conflicts: readonly Conflict[],
  old: KubeObject,
  by: Manager,
  type: string,
): readonly Conflict[] {
  if (by.manager !== 'kubectl' || conflicts.length === 0) return conflicts;
  const applied = appliedFromClient(old);
  if (applied === undefined) return conflicts;
  const merging = mergingOfKind(type);
  const since = compareValues(old as unknown as Json, applied, merging);
  const allowed = difference(statedFields(applied, merging), union(since.changed, since.removed));
  return conflicts
    .map(({ manager, fields }) => ({ manager, fields: difference(fields, allowed) }))
    .filter(({ fields }) => !isEmptySet(fields));
}

function appliedFromClient({ metadata }: KubeObject): Json | undefined {
  const text = metadata.annotations?.[lastApplied];
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the annotation of client-side apply up to date, so that either way can go on from here. */
function rememberingClientSide(merged: Json, stated: Json, { manager }: Manager): Json {
  const metadata = isObject(merged) ? merged.metadata : undefined;
  const annotations = isObject(metadata) ? metadata.annotations : undefined;
  if (manager !== 'kubectl' || !isObject(merged) || !isObject(metadata)) return merged;
  if (!isObject(annotations) || !Object.hasOwn(annotations, lastApplied)) return merged;
  const remembered = { ...annotations, [lastApplied]: `${JSON.stringify(sorted(stated))}\n` };
  return { ...merged, metadata: { ...metadata, annotations: remembered } };
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name] ?? null)]));
}
