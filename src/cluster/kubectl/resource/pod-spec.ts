import { isObject, type Json, type JsonObject } from '../../json.ts';
import { diffMaps } from '../apply/diff-maps.ts';
import { objectType } from '../apply/patch-fields.ts';
import type { CommandContext, Parsed } from '../command.ts';
import type { CommandFailure } from '../command-failure.ts';
import { failWith, isRefusal, statusOf } from './fetch.ts';
import { type Visited, visit } from './visit.ts';
import { announce, nameOf, objectAt, patch, type Writer } from './write.ts';

/** How one `set` command changes the Pods of an object. */
export interface PodSpecChange {
  /** What it changes, as its messages say: `image`, `env`. */
  readonly noun: string;
  /** The changed Pod spec; throws a SpecProblem to leave the object as it is. */
  changed(spec: JsonObject, visited: Visited): JsonObject;
}

/** Why one object stays as it is. */
export class SpecProblem extends Error {}

/** All that a line names; unlike elsewhere, nothing happens where something was not found. */
export function allVisited(
  context: CommandContext,
  parsed: Parsed,
  resources: readonly string[],
): readonly Visited[] {
  const { found, refused } = visit(context, parsed, resources);
  failWith(refused);
  return found;
}

/**
 * Patches the Pod spec of each object that the change changes and says so; an object that stays as
 * it was is not mentioned (kubectl/pkg/cmd/set, CalculatePatches). Hands back what went wrong.
 */
export function changePodSpecs(
  context: CommandContext,
  writer: Writer,
  visited: readonly Visited[],
  change: PodSpecChange,
): readonly CommandFailure[] {
  return visited.flatMap((each) => changeOne(context, writer, each, change));
}

function changeOne(
  context: CommandContext,
  writer: Writer,
  visited: Visited,
  change: PodSpecChange,
): CommandFailure[] {
  const { kind, object } = visited;
  const after = changedObject(visited, change);
  if (after instanceof SpecProblem) {
    return [{ text: `error: ${kind.resource}/${nameOf(object)} ${after.message}\n` }];
  }
  const body = twoWayPatch(object, after, kind.type);
  if (Object.keys(body).length === 0) return [];
  const response = patch(context, writer, kind, object, body);
  if (isRefusal(response)) {
    const message = statusOf(response).message ?? '';
    return [{ text: `failed to patch ${change.noun} update to pod template: ${message}` }];
  }
  announce(
    context,
    writer,
    writer.dryRun === 'client' ? after : response.body,
    `${change.noun} updated`,
  );
  return [];
}

function changedObject(visited: Visited, change: PodSpecChange): JsonObject | SpecProblem {
  try {
    const path = podSpecPath(visited);
    const spec = change.changed(objectAt(visited.object, ...path), visited);
    return withMember(visited.object, path, spec);
  } catch (error) {
    if (error instanceof SpecProblem) return error;
    throw error;
  }
}

const twoWayPatch = (before: JsonObject, after: JsonObject, type: string): JsonObject =>
  diffMaps(before, after, objectType(type), {
    ignoreDeletions: false,
    ignoreChangesAndAdditions: false,
    retainKeys: false,
  });

const paths: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ...Object.fromEntries(
    ['Deployment', 'ReplicaSet', 'ReplicationController', 'DaemonSet', 'StatefulSet', 'Job'].map(
      (kind) => [kind, ['spec', 'template', 'spec']],
    ),
  ),
};

function podSpecPath({ kind }: Visited): readonly string[] {
  const path = Object.hasOwn(paths, kind.kind) ? paths[kind.kind] : undefined;
  if (path) return path;
  throw new SpecProblem(
    `the object is not a pod or does not have a pod template: *${kind.version}.${kind.kind}`,
  );
}

/** An object with another value at a path, the rest shared. */
function withMember(object: JsonObject, path: readonly string[], value: Json): JsonObject {
  const [key = '', ...rest] = path;
  if (rest.length === 0) return { ...object, [key]: value };
  return { ...object, [key]: withMember(objectAt(object, key), rest, value) };
}

/** The containers in a field of a Pod spec. */
export const containersOf = (spec: JsonObject, field: string): readonly JsonObject[] =>
  Array.isArray(spec[field]) ? spec[field].filter(isObject) : [];

/** `*` stands for any text. */
export function matchesName(pattern: string, name: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) return name === pattern;
  if (!name.startsWith(head)) return false;
  let at = head.length;
  for (const part of rest) {
    const next = name.indexOf(part, at);
    if (next < 0) return false;
    at = next + part.length;
  }
  return name.length - tail.length >= at && name.endsWith(tail);
}
