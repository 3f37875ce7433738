import type { JsonObject } from '../../json.ts';
import type { Command, CommandContext, Parsed } from '../command.ts';
import { failWith } from '../command-failure.ts';
import { isTrue } from '../parse/flag-values.ts';
import { flag } from '../resource/flags.ts';
import {
  allVisited,
  changePodSpecs,
  containersOf,
  matchesName,
  SpecProblem,
} from '../resource/pod-spec.ts';
import { failed } from '../resource/usage.ts';
import type { Visited } from '../resource/visit.ts';
import { nameOf, objectAt, writerOf } from '../resource/write.ts';
import { manager, setFlags } from './set.ts';

/** kubectl/pkg/cmd/set/set_env.go. */
export const setEnv: Command = {
  path: ['set', 'env'],
  summary: 'Update environment variables on a pod template',
  flags: [
    ...setFlags,
    { ...flag.text('containers', 'names of the containers, with *'), short: 'c', default: '*' },
    { ...flag.array('env', 'NAME=value'), short: 'e' },
    flag.bool('list', 'print the environment'),
    flag.bool('resolve', 'print the values behind references; not offered here'),
    { ...flag.bool('overwrite', 'change values that are already set'), default: 'true' },
    flag.text('from', 'a config map or secret whose keys become variables'),
    flag.list('keys', 'which of its keys'),
    flag.text('prefix', 'what to put before the names'),
  ],
  run(context, parsed) {
    const { resources, pairs } = splitWords([...parsed.positionals, ...(parsed.afterDash ?? [])]);
    const writer = writerOf(context, parsed, manager);
    validate(parsed, resources);
    const changes = changesOf(context, parsed, [...parsed.flags('env'), ...pairs]);
    const visited = allVisited(context, parsed, resources);
    if (isTrue(parsed.flag('list'))) {
      for (const each of visited) list(context, parsed, each, changes);
      return 0;
    }
    const failures = changePodSpecs(context, writer, visited, {
      noun: 'env',
      changed: (spec, each) => changedSpec(context, parsed, spec, each, changes),
    });
    failWith(failures);
    return 0;
  },
};

interface Changes {
  readonly set: readonly JsonObject[];
  readonly remove: readonly string[];
}

/** Everything before the first `NAME=value` or `NAME-` is a resource. */
function splitWords(words: readonly string[]) {
  const isPair = (word: string) => /^.+=/s.test(word) || word.endsWith('-');
  const first = words.findIndex(isPair);
  const pairs = first < 0 ? [] : words.slice(first);
  if (!pairs.every(isPair)) {
    throw failed(`all resources must be specified before environment changes: ${words.join(' ')}`);
  }
  return { resources: first < 0 ? words : words.slice(0, first), pairs };
}

function validate(parsed: Parsed, resources: readonly string[]): void {
  if (isTrue(parsed.flag('all')) && parsed.flag('selector')) {
    throw failed('cannot set --all and --selector at the same time');
  }
  if (resources.length === 0 && parsed.flags('filename').length === 0) {
    throw failed(
      'one or more resources must be specified as <resource> <name> or <resource>/<name>',
    );
  }
  if (isTrue(parsed.flag('list')) && parsed.flag('output')) {
    throw failed('--list and --output may not be specified together');
  }
  if (parsed.flags('keys').length > 0 && !parsed.flag('from')) {
    throw failed('when specifying --keys, a configmap or secret must be provided with --from');
  }
  if (isTrue(parsed.flag('resolve'))) throw failed('--resolve is not offered here');
}

function changesOf(context: CommandContext, parsed: Parsed, pairs: readonly string[]): Changes {
  const given = pairs.filter((pair) => pair.includes('=')).map(variable);
  const remove = pairs.filter((pair) => !pair.includes('=')).map(removed);
  if (remove.some((name) => given.some((each) => each.name === name))) {
    throw failed(
      'can not both modify and remove the same environment variable in the same command',
    );
  }
  const prefix = parsed.flag('prefix') ?? '';
  const set = [...given, ...imported(context, parsed)];
  return { set: set.map((each) => ({ ...each, name: `${prefix}${String(each.name)}` })), remove };
}

function removed(pair: string): string {
  if (pair === '-') throw failed("'-', variables from the standard input, is not offered here");
  if (!pair.endsWith('-')) throw failed(`unknown environment variable: ${pair}`);
  return pair.slice(0, -1);
}

function variable(pair: string): JsonObject {
  const equals = pair.indexOf('=');
  const name = pair.slice(0, equals);
  const problem = nameProblem(name);
  if (problem) throw failed(`${JSON.stringify(name)} is not a valid key name: ${problem}`);
  return { name, value: pair.slice(equals + 1) };
}

/** apimachinery/pkg/util/validation IsEnvVarName. */
function nameProblem(name: string): string {
  const problems: string[] = [];
  if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name)) {
    problems.push(
      "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')",
    );
  }
  if (name === '.' || name === '..') problems.push(`must not be '${name}'`);
  else if (name.startsWith('..')) problems.push("must not start with '..'");
  return problems.join(';');
}

const references: Readonly<Record<string, string>> = {
  ConfigMap: 'configMapKeyRef',
  Secret: 'secretKeyRef',
};

/** A variable for each key of what `--from` names, by reference. */
function imported(context: CommandContext, parsed: Parsed): readonly JsonObject[] {
  const from = parsed.flag('from');
  if (!from) return [];
  const wanted = parsed.flags('keys');
  return allVisited(context, parsed, [from]).flatMap(({ object }) => {
    const reference = references[String(object.kind)];
    if (!reference) throw failed('unsupported resource specified in --from');
    return Object.keys(objectAt(object, 'data'))
      .filter((key) => wanted.length === 0 || wanted.includes(key))
      .sort()
      .map((key) => ({
        name: variableName(context, key),
        valueFrom: { [reference]: { key, name: nameOf(object) } },
      }));
  });
}

function variableName(context: CommandContext, key: string): string {
  const name = key.replace(/[^a-zA-Z0-9_]/g, '_').toUpperCase();
  if (name !== key) context.err(`Warning: key ${key} transferred to ${name}\n`);
  return name;
}

const fields = ['containers', 'initContainers'] as const;

function changedSpec(
  context: CommandContext,
  parsed: Parsed,
  spec: JsonObject,
  { object }: Visited,
  changes: Changes,
): JsonObject {
  const pattern = parsed.flag('containers') ?? '*';
  let matched = 0;
  const changed = fields.flatMap((field) => {
    const containers = containersOf(spec, field);
    if (containers.length === 0) return [];
    const after = containers.map((container) => {
      if (!matchesName(pattern, String(container.name))) return container;
      matched += 1;
      const env = changedEnv(container, changes, isTrue(parsed.flag('overwrite')));
      return env.length > 0 || container.env !== undefined ? { ...container, env } : container;
    });
    return [[field, after] as const];
  });
  if (matched === 0) {
    context.err(
      `Warning: ${String(object.kind)}/${nameOf(object)} does not have any containers matching ${JSON.stringify(pattern)}\n`,
    );
  }
  return { ...spec, ...Object.fromEntries(changed) };
}

function changedEnv(container: JsonObject, changes: Changes, overwrite: boolean): JsonObject[] {
  const before = containersOf(container, 'env');
  const set = new Map(changes.set.map((each) => [each.name, each]));
  const taken = before.find(({ name, value }) => {
    const wanted = set.get(name);
    return wanted && (wanted.value ?? '') !== (value ?? '');
  });
  if (taken && !overwrite) {
    throw new SpecProblem(
      `'${String(taken.name)}' already has a value (${String(taken.value ?? '')}), and --overwrite is false`,
    );
  }
  const kept = before
    .filter(({ name }) => !changes.remove.includes(String(name)))
    .map((each) => set.get(each.name) ?? each);
  const names = new Set(before.map(({ name }) => name));
  const added = [...set.values()].filter(
    ({ name }) => !names.has(name) && !changes.remove.includes(String(name)),
  );
  return [...kept, ...added];
}

function list(context: CommandContext, parsed: Parsed, visited: Visited, changes: Changes): void {
  const { object } = visited;
  const template = object.kind === 'Pod' ? object : objectAt(object, 'spec', 'template');
  const spec = changedSpec(context, parsed, objectAt(template, 'spec'), visited, changes);
  const containers = fields.flatMap((field) => containersOf(spec, field));
  for (const container of containers) {
    if (!matchesName(parsed.flag('containers') ?? '*', String(container.name))) continue;
    context.out(
      `# ${String(object.kind)} ${nameOf(object)}, container ${String(container.name)}\n`,
    );
    for (const each of containersOf(container, 'env')) context.out(`${listed(each)}\n`);
  }
}

function listed({ name, value, valueFrom }: JsonObject): string {
  const from = objectAt({ valueFrom: valueFrom ?? {} }, 'valueFrom');
  if (Object.keys(from).length === 0) return `${String(name)}=${String(value ?? '')}`;
  return `# ${String(name)} from ${sourceText(from)}`;
}

function sourceText(from: JsonObject): string {
  const [config, secret, field, resource] = [
    'configMapKeyRef',
    'secretKeyRef',
    'fieldRef',
    'resourceFieldRef',
  ].map((key) => objectAt(from, key)) as [JsonObject, JsonObject, JsonObject, JsonObject];
  if (config.key) return `configmap ${String(config.name)}, key ${String(config.key)}`;
  if (secret.key) return `secret ${String(secret.name)}, key ${String(secret.key)}`;
  if (field.fieldPath) return `field path ${String(field.fieldPath)}`;
  const container = resource.containerName ? `${String(resource.containerName)}/` : '';
  return resource.resource
    ? `resource field ${container}${String(resource.resource)}`
    : 'invalid valueFrom';
}
