import { cloneJson, define, equalJson, isObject, type Json } from '../../json.ts';
import { goValueName } from '../decode/type-error.ts';
import { PatchError } from './patch-error.ts';

const mostOperations = 10_000;

/** What all copies of one patch may add together, in characters (apiserver JSONPatchMaxCopyBytes). */
const mostCopied = 3 * 1024 * 1024;

/** Applies an RFC 6902 patch to a copy; throws a PatchError with the server's answer. */
export function jsonPatch(document: Json, patch: Json | undefined): Json {
  if (!Array.isArray(patch)) throw undecodable(patch);
  for (const operation of patch) {
    if (!isObject(operation)) throw wrongElement(operation);
  }
  if (patch.length > mostOperations) {
    throw new PatchError('The allowed maximum operations in a JSON patch is 10000', 'bad-request');
  }
  let result: Json = cloneJson(document);
  let copied = 0;
  for (const operation of patch) {
    if (operation.op === 'copy') copied += sizeOfCopy(result, operation);
    if (copied > mostCopied) throw inapplicable();
    result = apply(result, operation);
  }
  return result;
}

const decoding = 'error decoding patch: json: cannot unmarshal';

const undecodable = (patch: Json | undefined): PatchError =>
  new PatchError(
    `${decoding} ${goValueName(patch)} into Go value of type []handlers.jsonPatchOp`,
    'bad-request',
  );

const wrongElement = (operation: Json): PatchError =>
  new PatchError(
    `${decoding} ${goValueName(operation)} into Go value of type handlers.jsonPatchOp`,
    'bad-request',
  );

const inapplicable = (): PatchError =>
  new PatchError('the server rejected our request due to an error in our request', 'unprocessable');

const sizeOfCopy = (document: Json, operation: Operation): number =>
  (JSON.stringify(lookup(document, pathOf(operation, 'from'))) ?? '').length;

type Operation = Readonly<Record<string, Json | undefined>>;

function apply(document: Json, operation: Operation): Json {
  const { op } = operation;
  const known =
    typeof op === 'string' && Object.hasOwn(operations, op) ? operations[op] : undefined;
  if (!known) throw inapplicable();
  return known(document, operation);
}

const operations: Readonly<Record<string, (document: Json, operation: Operation) => Json>> = {
  add: (document, operation) => add(document, pathOf(operation, 'path'), givenValue(operation)),
  remove: (document, operation) => remove(document, pathOf(operation, 'path')).document,
  replace(document, operation) {
    const path = pathOf(operation, 'path');
    read(document, path);
    if (path.length === 0) return givenValue(operation);
    return set(document, path, givenValue(operation));
  },
  move(document, operation) {
    const taken = remove(document, pathOf(operation, 'from'));
    return add(taken.document, pathOf(operation, 'path'), taken.value);
  },
  copy: (document, operation) =>
    add(document, pathOf(operation, 'path'), cloneJson(read(document, pathOf(operation, 'from')))),
  test(document, operation) {
    const path = pathOf(operation, 'path');
    const wanted = operation.value ?? null;
    const found = lookup(document, path) ?? null;
    if (!equalJson(found, wanted)) throw inapplicable();
    return document;
  },
};

function pathOf(operation: Operation, member: 'path' | 'from'): readonly string[] {
  const text = operation[member];
  if (typeof text !== 'string') throw inapplicable();
  if (text === '') return [];
  if (!text.startsWith('/')) throw inapplicable();
  return text
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function givenValue(operation: Operation): Json {
  if (operation.value === undefined) throw inapplicable();
  return cloneJson(operation.value);
}

function lookup(document: Json, path: readonly string[]): Json | undefined {
  let here: Json | undefined = document;
  for (const part of path) {
    if (Array.isArray(here)) here = here[indexIn(here, part, here.length - 1)];
    else if (isObject(here)) here = Object.hasOwn(here, part) ? here[part] : undefined;
    else throw inapplicable();
  }
  return here;
}

function read(document: Json, path: readonly string[]): Json {
  const found = lookup(document, path);
  if (found === undefined) throw inapplicable();
  return found;
}

/** The place of an element; negative places count from the end, as the server's library has it. */
function indexIn(list: readonly Json[], part: string, most: number): number {
  if (!/^-?\d+$/.test(part)) throw inapplicable();
  const given = Number(part);
  const index = given < 0 ? given + list.length : given;
  if (index < 0 || index > most) throw inapplicable();
  return index;
}

function parentOf(document: Json, path: readonly string[]): { parent: Json; last: string } {
  return { parent: read(document, path.slice(0, -1)), last: path.at(-1) ?? '' };
}

function add(document: Json, path: readonly string[], value: Json): Json {
  if (path.length === 0) return value;
  const { parent, last } = parentOf(document, path);
  if (Array.isArray(parent)) {
    const index = last === '-' ? parent.length : indexIn(parent, last, parent.length);
    parent.splice(index, 0, value);
  } else if (isObject(parent)) define(parent, last, value);
  else throw inapplicable();
  return document;
}

function set(document: Json, path: readonly string[], value: Json): Json {
  const { parent, last } = parentOf(document, path);
  if (Array.isArray(parent)) parent[indexIn(parent, last, parent.length - 1)] = value;
  else if (isObject(parent)) define(parent, last, value);
  return document;
}

function remove(document: Json, path: readonly string[]): { document: Json; value: Json } {
  const value = read(document, path);
  if (path.length === 0) throw inapplicable();
  const { parent, last } = parentOf(document, path);
  if (Array.isArray(parent)) parent.splice(indexIn(parent, last, parent.length - 1), 1);
  else delete (parent as Record<string, Json>)[last];
  return { document, value };
}
