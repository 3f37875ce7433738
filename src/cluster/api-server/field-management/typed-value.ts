import { equalJson, isObject, type Json } from '../../json.ts';
import { type FieldSet, FieldSetBuilder, nothing } from './field-set.ts';
import { type Merging, mergingOfField } from './merging.ts';

/** A list that cannot be taken for a keyed one or a set: where, and why. */
export class ListError {
  readonly path: string;
  readonly problem: string;

  constructor(path: string, problem: string) {
    this.path = path;
    this.problem = problem;
  }
}

/** A part of a value, the path element that names it, and how it merges. */
export interface Part {
  readonly element: string;
  readonly value: Json;
  readonly merging: Merging;
}

/** The parts of a value that can have managers of their own; undefined for one that is whole. */
export function partsOf(value: Json, merging: Merging, path = ''): readonly Part[] | undefined {
  if (Array.isArray(value)) return partsOfList(value, merging, path);
  if (!isObject(value)) return undefined;
  if (merging.how !== 'struct' && merging.how !== 'map') return undefined;
  return Object.keys(value).flatMap((name) => {
    const member = Object.hasOwn(value, name) ? (value[name] ?? null) : null;
    const inner = memberMerging(merging, name);
    return member === null || !inner
      ? []
      : [{ element: `f:${name}`, value: member, merging: inner }];
  });
}

function memberMerging(merging: Merging, name: string): Merging | undefined {
  if (merging.how === 'map') return merging.element;
  if (merging.how !== 'struct') return undefined;
  const field = merging.type.byName.get(name);
  return field && mergingOfField(merging.type, field);
}

function partsOfList(
  list: readonly Json[],
  merging: Merging,
  path: string,
): readonly Part[] | undefined {
  if (merging.how !== 'set' && merging.how !== 'keyed') return undefined;
  const seen = new Set<string>();
  return list.map((item, index) => {
    const part = elementOf(item, index, merging, path);
    if (seen.has(part.element)) throw new ListError(path, duplicateOf(part.element));
    seen.add(part.element);
    return part;
  });
}

type Listed = Extract<Merging, { how: 'set' | 'keyed' }>;

function elementOf(item: Json, index: number, merging: Listed, path: string): Part {
  if (merging.how === 'set') {
    return { element: `v:${JSON.stringify(item)}`, value: item, merging: { how: 'atomic' } };
  }
  const keys: Record<string, Json> = {};
  for (const { name, otherwise } of merging.keys) {
    const given = isObject(item) && Object.hasOwn(item, name) ? (item[name] ?? null) : null;
    const value = given ?? otherwise;
    if (value === undefined) {
      const problem = `element ${index}: associative list with keys has an element that omits key field "${name}" (and doesn't have default value)`;
      throw new ListError(path, problem);
    }
    keys[name] = value;
  }
  return { element: `k:${JSON.stringify(keys)}`, value: item, merging: merging.element };
}

function duplicateOf(element: string): string {
  const text = element.slice(2);
  if (element.startsWith('v:')) return `set element [=${text}] is duplicated`;
  const keys = Object.entries(JSON.parse(text) as Record<string, unknown>);
  const shown = keys.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',');
  return `duplicate entries for key [${shown}]`;
}

/** The fields that an author states: leaves, and the elements of lists (TypedValue.ToFieldSet). */
export function statedFields(value: Json, merging: Merging, path = ''): FieldSet {
  const builder = new FieldSetBuilder();
  for (const part of partsOf(value, merging, path) ?? []) {
    const inner = statedFields(part.value, part.merging, pathTo(path, part));
    const hasParts = (partsOf(part.value, part.merging)?.length ?? 0) > 0;
    builder.add(part.element, !hasParts || !part.element.startsWith('f:'), inner);
  }
  return builder.set;
}

const pathTo = (path: string, { element }: Part): string =>
  element.startsWith('f:') ? `${path}.${element.slice(2)}` : path;

export interface Differences {
  /** Added or changed. */
  readonly changed: FieldSet;
  readonly removed: FieldSet;
}

/** Which fields a write changed, and which it took away (TypedValue.Compare). */
export function compareValues(before: Json, after: Json, merging: Merging): Differences {
  const changed = new FieldSetBuilder();
  const removed = new FieldSetBuilder();
  const old = byElement(partsOf(before, merging));
  const now = byElement(partsOf(after, merging));
  for (const element of new Set([...old.keys(), ...now.keys()])) {
    const then = old.get(element);
    const part = now.get(element);
    const inner = compareParts(then, part);
    changed.add(element, part !== undefined && isNews(then, part), inner.changed);
    removed.add(element, part === undefined, inner.removed);
  }
  return { changed: changed.set, removed: removed.set };
}

const byElement = (parts: readonly Part[] | undefined): ReadonlyMap<string, Part> =>
  new Map((parts ?? []).map((part) => [part.element, part]));

const none: Differences = { changed: nothing, removed: nothing };

function compareParts(then: Part | undefined, now: Part | undefined): Differences {
  const merging = (now ?? then)?.merging;
  return merging ? compareValues(then?.value ?? null, now?.value ?? null, merging) : none;
}

/** Something new, or another value where there are no parts to tell apart. */
function isNews(then: Part | undefined, now: Part): boolean {
  if (!then) return true;
  const whole = !partsOf(now.value, now.merging) || !partsOf(then.value, then.merging);
  return whole && !equalJson(then.value, now.value);
}
