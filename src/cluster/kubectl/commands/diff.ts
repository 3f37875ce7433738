import type { ApiResponse, Status } from '../../api-server/request.ts';
import { isObject, type JsonObject } from '../../json.ts';
import { patchOf } from '../apply/apply-object.ts';
import { withoutLastApplied } from '../apply/last-applied.ts';
import {
  collectionPath,
  fileQuery,
  getLive,
  objectPath,
  pathProblem,
} from '../apply/object-request.ts';
import { PatchError } from '../apply/patch.ts';
import { unifiedDiff } from '../apply/unified-diff.ts';
import { type Command, type CommandContext, KubectlError } from '../command.ts';
import { type CommandFailure, failWith } from '../command-failure.ts';
import { toYaml } from '../print/yaml.ts';
import { findingsOfRefusal } from '../read/api-findings.ts';
import { type ResourceInfo, readResources } from '../read/resource-info.ts';
import { withMember } from '../read/with-member.ts';
import { fileFlags, flag, writerFlags } from '../resource/flags.ts';
import { fileNames } from './apply.ts';

const manager = 'kubectl-client-side-apply';
const writer = { dryRun: 'server', manager, printer: undefined } as const;

/** Exit codes as `diff` has them: 1 for a difference, more for a failure. */
const different = 1;
const failure = 2;

export const diff: Command = {
  path: ['diff'],
  summary: 'Diff the live version against a would-be applied version',
  flags: [
    ...fileFlags,
    ...writerFlags(manager).filter(({ name }) => name === 'field-manager'),
    flag.bool('server-side', 'let the server merge'),
    flag.bool('show-managed-fields', 'keep managedFields in the comparison'),
  ],
  run(context, parsed) {
    const { infos, failures } = readResources(context, fileNames(parsed));
    const refused: CommandFailure[] = [];
    const outputs = infos.map((info) => {
      const found = differenceOf(context, info);
      if (typeof found === 'string') return found;
      refused.push(found);
      return '';
    });
    refuse([...refused, ...failures]);
    const output = outputs.join('');
    context.out(output);
    return output === '' ? 0 : different;
  },
};

function refuse(failures: readonly CommandFailure[]): void {
  try {
    failWith(failures);
  } catch (error) {
    throw error instanceof KubectlError ? new KubectlError(error.message, failure) : error;
  }
}

/** What would change in one object, as `diff -u -N` between two files prints it. */
function differenceOf(context: CommandContext, info: ResourceInfo): string | CommandFailure {
  const problem = pathProblem(info);
  if (problem !== undefined) return { text: problem };
  const live = getLive(context, info);
  if (live.code >= 400 && live.code !== 404) return { status: live.body as Status, during: '' };
  const existing = live.code === 404 ? undefined : live.body;
  const merged = wouldBe(context, info, existing);
  if (!('code' in merged)) return merged;
  if (merged.code >= 400) {
    const status = merged.body as Status;
    for (const finding of findingsOfRefusal(status, info)) context.find(finding);
    return { status, during: '' };
  }
  const hunks = unifiedDiff(textOf(existing), textOf(likeLive(merged.body, existing)));
  return hunks === '' ? '' : `${headOf(context, info)}${hunks}`;
}

/** Asks the server what would come of it, without writing. */
function wouldBe(
  context: CommandContext,
  info: ResourceInfo,
  live: JsonObject | undefined,
): ApiResponse | CommandFailure {
  const query = fileQuery(writer, 'Strict');
  if (!live) {
    return context.send({ method: 'POST', path: collectionPath(info), query, body: info.object });
  }
  const body = patchOf(info, withoutLastApplied(info.object), live);
  if (body instanceof PatchError) return { text: body.message };
  if (Object.keys(body).length === 0) return { code: 200, body: live, warnings: [] };
  const patchType = 'application/strategic-merge-patch+json';
  return context.send({ method: 'PATCH', path: objectPath(info), patchType, query, body });
}

/** A dry run changes no resourceVersion. */
function likeLive(merged: JsonObject, live: JsonObject | undefined): JsonObject {
  const [metadata, old] = [merged.metadata, live?.metadata];
  if (!isObject(metadata) || !isObject(old)) return merged;
  return { ...merged, metadata: withMember(metadata, 'resourceVersion', old.resourceVersion) };
}

function textOf(object: JsonObject | undefined): string {
  if (!object) return '';
  const { metadata } = object;
  if (!isObject(metadata)) return toYaml(object);
  return toYaml({ ...object, metadata: withMember(metadata, 'managedFields', undefined) });
}

/** The head that `diff` gives two files in kubectl's folders for live and merged objects. */
function headOf({ cluster }: CommandContext, { kind, namespace, name }: ResourceInfo): string {
  const group = kind.group === '' ? '' : `${kind.group}.`;
  const file = `${group}${kind.version}.${kind.kind}.${namespace}.${name}`;
  const [live, merged] = [`/tmp/LIVE-1/${file}`, `/tmp/MERGED-1/${file}`];
  const time = new Date(cluster.settings.now)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.(\d+)Z$/, '.$1000000 +0000');
  return `diff -u -N ${live} ${merged}\n--- ${live}\t${time}\n+++ ${merged}\t${time}\n`;
}
