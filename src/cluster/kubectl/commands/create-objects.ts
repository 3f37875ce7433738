import { define, type JsonObject } from '../../json.ts';
import type { Command, CommandContext, Flag, Parsed } from '../command.ts';
import { KubectlError } from '../command.ts';
import { containerName } from '../resource/container-name.ts';
import { isRefusal, statusOf } from '../resource/fetch.ts';
import { dryRunFlag, flag, outputFlags, writerFlags } from '../resource/flags.ts';
import { failed, oneName, requireFlags } from '../resource/usage.ts';
import { announce, newMetadata, post, writerOf } from '../resource/write.ts';
import { statusText } from '../status-text.ts';

interface Recipe {
  readonly path: readonly string[];
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly flags?: readonly Flag[];
  readonly required?: readonly string[];
  /** What stands before the server's message; without it the Status is printed as it is. */
  readonly during?: string;
  body(context: CommandContext, name: string, parsed: Parsed): JsonObject;
}

const manager = 'kubectl-create';

/** A `create TYPE NAME` command that makes one object. */
function creating(recipe: Recipe): Command {
  return {
    path: recipe.path,
    ...(recipe.aliases && { aliases: recipe.aliases }),
    summary: recipe.summary,
    flags: [...outputFlags, dryRunFlag, ...writerFlags(manager), ...(recipe.flags ?? [])],
    run(context, parsed) {
      requireFlags(parsed, ...(recipe.required ?? []));
      const name = oneName(parsed, ['kubectl', ...recipe.path].join(' '));
      const writer = writerOf(context, parsed, manager);
      const response = post(context, writer, recipe.body(context, name, parsed));
      if (isRefusal(response)) {
        const status = statusOf(response);
        if (recipe.during === undefined) throw new KubectlError(statusText(status));
        throw failed(`${recipe.during}: ${status.message}`);
      }
      announce(context, writer, response.body, 'created');
      return 0;
    },
  };
}

export const createNamespace = creating({
  path: ['create', 'namespace'],
  aliases: ['ns'],
  summary: 'Create a namespace with the specified name',
  body: (_, name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
    spec: {},
    status: {},
  }),
});

export const createServiceAccount = creating({
  path: ['create', 'serviceaccount'],
  aliases: ['sa'],
  summary: 'Create a service account with the specified name',
  during: 'failed to create serviceaccount',
  body: (context, name) => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: newMetadata(context, name),
  }),
});

export const createDeployment = creating({
  path: ['create', 'deployment'],
  aliases: ['deploy'],
  summary: 'Create a deployment with the specified name',
  during: 'failed to create deployment',
  required: ['image'],
  flags: [
    flag.list('image', 'image of a container; may be given several times'),
    flag.int('port', 'port that the container exposes', '-1'),
    { ...flag.int('replicas', 'number of Pods', '1'), short: 'r' },
  ],
  body: deploymentOf,
});

function deploymentOf(context: CommandContext, name: string, parsed: Parsed): JsonObject {
  const images = parsed.flags('image');
  const command = parsed.afterDash ?? [];
  if (images.length > 1 && command.length > 0) {
    throw failed('cannot specify multiple --image options and command');
  }
  const port = Number(parsed.flag('port'));
  const labels = { app: name };
  const containers = images.map((image, index) => ({
    ...(command.length > 0 && { command: [...command] }),
    image,
    name: containerName(image),
    ...(index === 0 && port >= 0 && { ports: [{ containerPort: port }] }),
    resources: {},
  }));
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: newMetadata(context, name, labels),
    spec: {
      replicas: Number(parsed.flag('replicas')),
      selector: { matchLabels: labels },
      strategy: {},
      template: { metadata: { labels }, spec: { containers } },
    },
    status: {},
  };
}

const dataFlags: readonly Flag[] = [
  flag.array('from-literal', 'key=value'),
  flag.list('from-file', 'a file, or key=file'),
  flag.list('from-env-file', 'a file of key=value lines'),
  flag.bool('append-hash', 'put a hash of the data behind the name; not offered here'),
];

export const createConfigMap = creating({
  path: ['create', 'configmap'],
  aliases: ['cm'],
  summary: 'Create a config map from a local file, directory or literal value',
  during: 'failed to create configmap',
  flags: dataFlags,
  body: (context, name, parsed) => {
    const data = dataOf(context, parsed);
    return {
      apiVersion: 'v1',
      ...(Object.keys(data).length > 0 && { data }),
      kind: 'ConfigMap',
      metadata: newMetadata(context, name),
    };
  },
});

export const createSecretGeneric = creating({
  path: ['create', 'secret', 'generic'],
  summary: 'Create a secret from a local file, directory, or literal value',
  during: 'failed to create secret',
  flags: [...dataFlags, flag.text('type', 'the type of the secret')],
  body: (context, name, parsed) => {
    const data: Record<string, string> = {};
    for (const [key, value] of Object.entries(dataOf(context, parsed))) {
      define(data, key, Buffer.from(value, 'utf8').toString('base64'));
    }
    const type = parsed.flag('type');
    return {
      apiVersion: 'v1',
      ...(Object.keys(data).length > 0 && { data }),
      kind: 'Secret',
      metadata: newMetadata(context, name),
      ...(type && { type }),
    };
  },
});

/** The keys and values that literals and files give (kubectl/pkg/util/pod_port… generate/kv). */
function dataOf(context: CommandContext, parsed: Parsed): Record<string, string> {
  if (parsed.flag('append-hash') === 'true') throw failed('--append-hash is not offered here');
  const data: Record<string, string> = {};
  const add = (key: string, value: string) => {
    if (!/^[-._a-zA-Z0-9]+$/.test(key))
      throw failed(`${JSON.stringify(key)} is not a valid key name`);
    if (Object.hasOwn(data, key)) {
      throw failed(`cannot add key "${key}", another key by that name already exists in Data`);
    }
    define(data, key, value);
  };
  for (const source of parsed.flags('from-file')) addFile(context, source, add);
  for (const source of parsed.flags('from-literal')) addLiteral(source, add);
  for (const name of parsed.flags('from-env-file')) {
    for (const line of fileText(context, name).split('\n')) addEnvLine(line.trim(), add);
  }
  return data;
}

type Add = (key: string, value: string) => void;

function addLiteral(source: string, add: Add): void {
  const equals = source.indexOf('=');
  if (equals < 1) throw failed(`invalid literal source ${source}, expected key=value`);
  add(source.slice(0, equals), withoutQuotes(source.slice(equals + 1)));
}

/** Go's strings.Trim of quotation marks, in time that the length bounds. */
function withoutQuotes(text: string): string {
  const isQuote = (character: string | undefined) => character === '"' || character === "'";
  let [start, end] = [0, text.length];
  while (start < end && isQuote(text[start])) start += 1;
  while (end > start && isQuote(text[end - 1])) end -= 1;
  return text.slice(start, end);
}

function addFile(context: CommandContext, source: string, add: Add): void {
  const equals = source.indexOf('=');
  const name = source.slice(equals + 1);
  const key = equals < 0 ? (name.split('/').at(-1) ?? '') : source.slice(0, equals);
  add(key, fileText(context, name));
}

function addEnvLine(line: string, add: Add): void {
  if (line === '' || line.startsWith('#')) return;
  const equals = line.indexOf('=');
  add(equals < 0 ? line : line.slice(0, equals), equals < 0 ? '' : line.slice(equals + 1));
}

function fileText(context: CommandContext, name: string): string {
  const text = context.readFile(name);
  if (text === undefined) throw failed(`error reading ${name}: no such file or directory`);
  return text;
}
