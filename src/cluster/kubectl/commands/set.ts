import { isObject, type Json, type JsonObject } from '../../json.ts';
import type { Command, CommandContext, Flag, Parsed } from '../command.ts';
import { isTrue } from '../parse/flag-values.ts';
import { resourcesAndPairs } from '../parse/pairs.ts';
import { parseSelector } from '../parse/selector.ts';
import { accepted } from '../resource/fetch.ts';
import {
  allNamespacesFlag,
  dryRunFlag,
  fileFlags,
  flag,
  outputFlags,
  selectorFlags,
} from '../resource/flags.ts';
import { failed } from '../resource/usage.ts';
import { forEachVisited, type Visited, visit } from '../resource/visit.ts';
import { announce, objectAt, patch, writerOf } from '../resource/write.ts';

const manager = 'kubectl-set';
const common: readonly Flag[] = [
  ...outputFlags,
  dryRunFlag,
  ...fileFlags,
  ...selectorFlags,
  allNamespacesFlag,
  flag.bool('all', 'all of the type'),
  flag.bool('local', 'do not ask the server; not offered here'),
  { name: 'field-manager', kind: 'string', default: manager, summary: 'name of the field manager' },
];

/** Sends a patch for each object and says what was updated; an empty patch is not sent. */
function update(
  context: CommandContext,
  parsed: Parsed,
  resources: readonly string[],
  operation: string,
  bodyFor: (visited: Visited) => Json | undefined,
): number {
  const writer = writerOf(context, parsed, manager);
  forEachVisited(visit(context, parsed, resources), (visited) => {
    const body = bodyFor(visited);
    if (body === undefined) return;
    const after = accepted(patch(context, writer, visited.kind, visited.object, body));
    announce(context, writer, after, `${operation} updated`);
  });
  return 0;
}

const needResources = () =>
  failed('one or more resources must be specified as <resource> <name> or <resource>/<name>');

/** kubectl/pkg/cmd/set/set_selector.go. */
export const setSelector: Command = {
  path: ['set', 'selector'],
  summary: 'Set the selector on a resource',
  flags: [
    ...common.filter(({ name }) => name !== 'selector'),
    flag.text('resource-version', 'only if the object has this version'),
  ],
  run(context, parsed) {
    const selectorText = parsed.positionals.at(-1);
    const resources = parsed.positionals.slice(0, -1);
    const selector = parseSelector(selectorText ?? '');
    if (resources.length === 0 && parsed.flags('filename').length === 0) throw needResources();
    return update(context, parsed, resources, 'selector', ({ object }) => {
      if (object.kind !== 'Service') {
        throw failed('setting a selector is only supported for Services');
      }
      if (selector.expressions.length > 0) {
        throw failed(
          `match expression [${selector.expressions.join(' ')}] not supported on this object`,
        );
      }
      const before = objectAt(object, 'spec', 'selector');
      const gone = Object.keys(before).filter((key) => !Object.hasOwn(selector.labels, key));
      const version = parsed.flag('resource-version');
      return {
        ...(version && { metadata: { resourceVersion: version } }),
        spec: {
          selector: { ...selector.labels, ...Object.fromEntries(gone.map((key) => [key, null])) },
        },
      };
    });
  },
};

interface PodSpecPlace {
  readonly path: readonly string[];
}

const podSpecs: Readonly<Record<string, PodSpecPlace>> = {
  Pod: { path: ['spec'] },
  CronJob: { path: ['spec', 'jobTemplate', 'spec', 'template', 'spec'] },
};
const templatePlace: PodSpecPlace = { path: ['spec', 'template', 'spec'] };
const templated = [
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'DaemonSet',
  'StatefulSet',
  'Job',
];

function podSpecPath(object: JsonObject): readonly string[] {
  const kind = String(object.kind);
  const place = podSpecs[kind] ?? (templated.includes(kind) ? templatePlace : undefined);
  if (!place) throw failed(`the object is not a pod or does not have a pod template: ${kind}`);
  return place.path;
}

const nested = (path: readonly string[], value: Json): Json =>
  path.reduceRight<Json>((inner, key) => ({ [key]: inner }), value);

const containersOf = (spec: JsonObject, field: string): readonly JsonObject[] =>
  Array.isArray(spec[field]) ? spec[field].filter(isObject) : [];

/** kubectl/pkg/cmd/set/set_image.go. */
export const setImage: Command = {
  path: ['set', 'image'],
  summary: 'Update the image of a pod template',
  flags: common,
  run(context, parsed) {
    const { resources, pairs } = resourcesAndPairs(parsed.positionals, 'image', false);
    if (resources.length === 0 && parsed.flags('filename').length === 0) throw needResources();
    if (pairs.length === 0) throw failed('at least one image update is required');
    const images = pairs.map(
      (pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const,
    );
    return update(context, parsed, resources, 'image', ({ object }) => {
      const path = podSpecPath(object);
      const spec = objectAt(object, ...path);
      const fields = ['initContainers', 'containers'];
      const names = fields.flatMap((field) => containersOf(spec, field).map(({ name }) => name));
      const lost = images.find(([name]) => name !== '*' && !names.includes(name));
      if (lost) throw failed(`unable to find container named ${JSON.stringify(lost[0])}`);
      const patches = fields.map(
        (field) => [field, imagePatches(containersOf(spec, field), images)] as const,
      );
      const changed = patches.filter(([, list]) => list.length > 0);
      return changed.length === 0 ? undefined : nested(path, Object.fromEntries(changed));
    });
  },
};

function imagePatches(
  containers: readonly JsonObject[],
  images: readonly (readonly [string, string])[],
): Json[] {
  return containers.flatMap(({ name = '', image }) => {
    const wanted = images.findLast(([container]) => container === '*' || container === name);
    return wanted && wanted[1] !== image ? [{ name, image: wanted[1] }] : [];
  });
}

/** kubectl/pkg/cmd/set/set_env.go, for values given on the line. */
export const setEnv: Command = {
  path: ['set', 'env'],
  summary: 'Update environment variables on a pod template',
  flags: [
    ...common,
    { ...flag.text('containers', 'names of the containers'), short: 'c', default: '*' },
    flag.array('env', 'NAME=value'),
    flag.bool('list', 'print the environment'),
    flag.bool('overwrite', 'change values that are already set'),
    flag.text('from', 'take values from a config map or secret; not offered here'),
  ],
  run(context, parsed) {
    if (parsed.flag('from')) throw failed('--from is not offered here');
    const read = resourcesAndPairs(
      [...parsed.positionals, ...parsed.flags('env')],
      'environment',
      true,
    );
    if (read.resources.length === 0) throw needResources();
    if (isTrue(parsed.flag('list'))) return listEnvironment(context, parsed, read.resources);
    if (read.pairs.length === 0) throw failed('at least one environment variable must be provided');
    return update(context, parsed, read.resources, 'env', ({ object }) => {
      const path = podSpecPath(object);
      const wanted = parsed.flag('containers') ?? '*';
      const containers = containersOf(objectAt(object, ...path), 'containers')
        .filter(({ name }) => wanted === '*' || name === wanted)
        .map(({ name = '' }) => ({ name, env: read.pairs.map(environmentPatch) }));
      if (containers.length === 0) {
        throw failed(
          `${String(object.kind)} does not have any containers matching ${JSON.stringify(wanted)}`,
        );
      }
      return nested(path, { containers });
    });
  },
};

function environmentPatch(pair: string): Json {
  const equals = pair.indexOf('=');
  return equals < 0
    ? { $patch: 'delete', name: pair.slice(0, -1) }
    : { name: pair.slice(0, equals), value: pair.slice(equals + 1) };
}

function listEnvironment(
  context: CommandContext,
  parsed: Parsed,
  resources: readonly string[],
): number {
  forEachVisited(visit(context, parsed, resources), ({ object, kind }) => {
    for (const container of containersOf(objectAt(object, ...podSpecPath(object)), 'containers')) {
      const metadata = objectAt(object, 'metadata');
      context.out(
        `# ${kind.resource} ${String(metadata.name)}, container ${String(container.name)}\n`,
      );
      for (const { name, value } of containersOf(container, 'env')) {
        context.out(`${String(name)}=${String(value ?? '')}\n`);
      }
    }
  });
  return 0;
}
