/**
 * A set of fields in the form of `fieldsV1`: members by path element (`f:name`, `k:{"port":80}`,
 * `v:"text"`). A member without members of its own is in the set; one with some is in it if it
 * has a member `.` (apimachinery meta/v1 FieldsV1).
 */
export interface FieldSet {
  readonly [element: string]: FieldSet;
}

export const nothing: FieldSet = Object.freeze({});
const self = '.';

export const isEmptySet = (set: FieldSet): boolean => Object.keys(set).length === 0;

/** Whether a member found in a set is itself one of the set's fields. */
export const isMember = (node: FieldSet): boolean => isEmptySet(node) || self in node;

/** The members below a field, without the mark of its own membership. */
export const below = (node: FieldSet): readonly (readonly [string, FieldSet])[] =>
  Object.entries(node).filter(([element]) => element !== self);

/** A field with what is below it; undefined when neither is in the set. */
function fieldNode(member: boolean, members: Record<string, FieldSet>): FieldSet | undefined {
  if (isEmptySet(members)) return member ? nothing : undefined;
  return member ? { [self]: nothing, ...members } : members;
}

/** Gathers one level of a set: elements that hold nothing are left out. */
export class FieldSetBuilder {
  readonly #members: Record<string, FieldSet> = {};

  add(element: string, member: boolean, members: FieldSet = nothing): void {
    const node = fieldNode(member, { ...members });
    if (node) this.#members[element] = node;
  }

  get set(): FieldSet {
    return this.#members;
  }
}

type Keep = (inOne: boolean, inOther: boolean) => boolean;

const absent: FieldSet = Object.freeze({ absent: nothing });

/** Walks two sets together; `absent` stands for a field that one of them does not know. */
function combine(one: FieldSet, other: FieldSet, keep: Keep): FieldSet {
  const builder = new FieldSetBuilder();
  for (const element of new Set([...Object.keys(one), ...Object.keys(other)])) {
    if (element === self) continue;
    const left = one[element] ?? absent;
    const right = other[element] ?? absent;
    const member = keep(left !== absent && isMember(left), right !== absent && isMember(right));
    builder.add(element, member, combine(membersOf(left), membersOf(right), keep));
  }
  return builder.set;
}

const membersOf = (node: FieldSet): FieldSet => (node === absent ? nothing : node);

export const union = (one: FieldSet, other: FieldSet): FieldSet =>
  combine(one, other, (a, b) => a || b);

export const difference = (one: FieldSet, other: FieldSet): FieldSet =>
  combine(one, other, (a, b) => a && !b);

export const intersection = (one: FieldSet, other: FieldSet): FieldSet =>
  combine(one, other, (a, b) => a && b);

/** The fields of a set as messages spell them: `.spec.ports[port=80,protocol="TCP"].name`. */
export function pathsOf(set: FieldSet, before = ''): readonly string[] {
  return Object.keys(set)
    .filter((element) => element !== self)
    .sort()
    .flatMap((element) => {
      const node = set[element] ?? nothing;
      const path = before + elementText(element);
      return [...(isMember(node) ? [path] : []), ...pathsOf(node, path)];
    });
}

function elementText(element: string): string {
  const text = element.slice(2);
  if (element.startsWith('f:')) return `.${text}`;
  if (element.startsWith('v:')) return `[=${text}]`;
  const keys = Object.entries(JSON.parse(text) as Record<string, unknown>);
  return `[${keys.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}]`;
}
