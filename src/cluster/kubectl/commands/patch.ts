import { goQuote } from '../../api-server/field-error.ts';
import type { PatchType, Status } from '../../api-server/request.ts';
import { equalJson, type Json } from '../../json.ts';
import { type Command, type CommandContext, KubectlError, type Parsed } from '../command.ts';
import { type CommandFailure, failWith } from '../command-failure.ts';
import { readResources } from '../read/resource-info.ts';
import { NotYamlError, yamlToJson } from '../read/yaml-to-json.ts';
import { type ResourceQuery, resourceArguments } from '../resource/arguments.ts';
import { writeQuery } from '../resource/dry-run.ts';
import { resourcePath } from '../resource/fetch.ts';
import { dryRunFlag, fileFlags, flag, outputFlags, writerFlags } from '../resource/flags.ts';
import { failed, usageError } from '../resource/usage.ts';
import { announce, type Writer, writerOf } from '../resource/write.ts';

const manager = 'kubectl-patch';

const patchTypes: Readonly<Record<string, PatchType>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
};

export const patch: Command = {
  path: ['patch'],
  summary: 'Update fields of a resource',
  flags: [
    ...fileFlags,
    ...outputFlags,
    dryRunFlag,
    ...writerFlags(manager).filter(({ name }) => name === 'field-manager'),
    flag.text('patch', 'the patch, as JSON or YAML', 'p'),
    flag.text('patch-file', 'a file that holds the patch'),
    { name: 'type', kind: 'string', default: 'strategic', summary: 'json, merge or strategic' },
    flag.text('subresource', 'status or scale: patch that part'),
    flag.bool('local', 'not offered here'),
  ],
  run(context, parsed) {
    const type = patchTypeOf(parsed);
    const body = patchBody(context, parsed);
    const writer = writerOf(context, parsed, manager);
    const { targets, failures } = targetsOf(context, parsed);
    const refused = targets.flatMap((target) => {
      const failure = patchOne(context, target, writer, { type, body, parsed });
      return failure ? [failure] : [];
    });
    failWith([...refused, ...failures]);
    return 0;
  },
};

function patchTypeOf(parsed: Parsed): PatchType {
  const given = (parsed.flag('type') ?? 'strategic').toLowerCase();
  const type = Object.hasOwn(patchTypes, given) ? patchTypes[given] : undefined;
  if (type) return type;
  throw usageError(
    'kubectl patch',
    `--type must be one of [json merge strategic], not ${goQuote(given)}`,
  );
}

function patchBody(context: CommandContext, parsed: Parsed): Json {
  const file = parsed.flag('patch-file') ?? '';
  const given = parsed.flag('patch') ?? '';
  if (file !== '' && given !== '') throw failed('cannot specify --patch and --patch-file together');
  if (file === '' && given === '') {
    throw failed('must specify --patch or --patch-file containing the contents of the patch');
  }
  const text = file === '' ? given : context.readFile(file);
  if (text === undefined) {
    throw failed(`unable to read patch file: open ${file}: no such file or directory`);
  }
  try {
    return yamlToJson(text);
  } catch (error) {
    if (!(error instanceof NotYamlError)) throw error;
    throw failed(`unable to parse ${goQuote(text)}: ${error.message}`);
  }
}

interface Target {
  readonly query: ResourceQuery;
  readonly namespace: string;
}

function targetsOf(
  context: CommandContext,
  parsed: Parsed,
): { readonly targets: readonly Target[]; readonly failures: readonly CommandFailure[] } {
  const files = parsed.flags('filename');
  if (files.length > 0) {
    const { infos, failures } = readResources(context, files, 'unvalidated');
    const targets = infos.map(({ kind, name, namespace }) => ({
      query: { kind, name },
      namespace,
    }));
    return { targets, failures };
  }
  const { queries } = resourceArguments(parsed.positionals, {
    selects: false,
    typeAloneMeansAll: false,
  });
  if (queries.length === 0) throw nothingNamed;
  const { namespace } = context;
  return { targets: queries.map((query) => ({ query, namespace })), failures: [] };
}

const nothingNamed = new KubectlError(
  `error: You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`,
);

interface How {
  readonly type: PatchType;
  readonly body: Json;
  readonly parsed: Parsed;
}

function patchOne(
  context: CommandContext,
  { query, namespace }: Target,
  writer: Writer,
  { type, body, parsed }: How,
): CommandFailure | undefined {
  const { kind, name = '' } = query;
  const path = resourcePath(kind, kind.namespaced ? namespace : '', name);
  const live = context.send({ method: 'GET', path });
  if (live.code >= 400) return { status: live.body as Status, during: '' };
  const subresource = parsed.flag('subresource') ?? '';
  const response =
    writer.dryRun === 'client'
      ? live
      : context.send({
          method: 'PATCH',
          path: subresource === '' ? path : `${path}/${encodeURIComponent(subresource)}`,
          patchType: type,
          query: writeQuery(writer.dryRun, writer.manager),
          body,
        });
  if (response.code >= 400) return { status: response.body as Status, during: '' };
  const changed = !equalJson(live.body, response.body);
  announce(context, writer, response.body, changed ? 'patched' : 'patched (no change)');
  return undefined;
}
