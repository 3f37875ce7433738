import { isObject, type Json, type JsonObject } from '../../json.ts';
import { qualifiedResource } from '../../kinds/registry.ts';
import type { Command, CommandContext, Flag, Parsed } from '../command.ts';
import { describePodTemplate } from '../describe/pod-template.ts';
import { typeAndName } from '../print/output.ts';
import { alignTabs, describeTabs } from '../print/tab-writer.ts';
import { kindNamed } from '../resource/arguments.ts';
import { accepted, getQuery, objectsOf } from '../resource/fetch.ts';
import { dryRunFlag, fileFlags, flag, outputFlags, selectorFlags } from '../resource/flags.ts';
import { failed } from '../resource/usage.ts';
import { forEachVisited, type Visited, visit } from '../resource/visit.ts';
import {
  announce,
  nameOf,
  namespaceOf,
  objectAt,
  patch,
  type Writer,
  writerOf,
} from '../resource/write.ts';
import { rolloutMessage } from './rollout-status.ts';

const manager = 'kubectl-rollout';
const common: readonly Flag[] = [...fileFlags, ...selectorFlags];
const writing: readonly Flag[] = [...common, ...outputFlags, dryRunFlag];

interface Subcommand {
  readonly word: string;
  readonly summary: string;
  readonly flags: readonly Flag[];
  each(context: CommandContext, parsed: Parsed, visited: Visited): void;
}

/** One `rollout WORD TYPE NAME`; only Deployments roll here. */
function subcommand({ word, summary, flags, each }: Subcommand): Command {
  return {
    path: ['rollout', word],
    summary,
    flags,
    run(context, parsed) {
      if (parsed.positionals.length === 0 && parsed.flags('filename').length === 0) {
        throw failed('required resource not specified');
      }
      const revision = Number(parsed.flag('revision') ?? 0);
      if (word === 'history' && revision < 0) {
        throw failed(`revision must be a positive integer: ${revision}`);
      }
      const visited = visit(context, parsed, parsed.positionals, true);
      if (visited.inOrder.length === 0 && !silent.has(word)) {
        context.err(`No resources found in ${context.namespace} namespace.\n`);
      }
      forEachVisited(visited, (one) => each(context, parsed, one));
      return 0;
    },
  };
}

/** These say nothing where nothing matches. */
const silent: ReadonlySet<string> = new Set(['undo', 'history']);

/** kubectl/pkg/apps/kind_visitor.go: the kinds it knows as such; the others are strangers to it. */
const workloads: ReadonlySet<string> = new Set([
  'DaemonSet',
  'Deployment',
  'Job',
  'Pod',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'CronJob',
]);

const groupKind = ({ kind }: Visited): string =>
  kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`;

/** What keeps undo and history from a kind that is not a Deployment. */
function requireRolling(visited: Visited, tool: string, noun: string): void {
  const { kind } = visited;
  if (kind.kind === 'Deployment') return;
  const name = JSON.stringify(groupKind(visited));
  throw failed(
    workloads.has(kind.kind)
      ? `no ${tool} has been implemented for ${name}`
      : `error retrieving ${noun} for ${name}, no visitor method exists for {${kind.group} ${kind.kind}}`,
  );
}

/** An object that stays as it is, named before the reason. */
const unchanged = ({ kind, object }: Visited, reason: string) =>
  failed(`${qualifiedResource(kind)} ${JSON.stringify(nameOf(object))} ${reason}`);

/** kubectl/pkg/cmd/rollout/rollout_status.go. */
export const rolloutStatus = subcommand({
  word: 'status',
  summary: 'Show the status of the rollout',
  flags: [
    ...common,
    {
      name: 'watch',
      short: 'w',
      kind: 'bool',
      bare: 'true',
      default: 'true',
      summary: 'wait for the end',
    },
    flag.int('revision', 'the revision to wait for', '0'),
    flag.duration('timeout', 'how long to wait'),
  ],
  each(context, parsed, visited) {
    if (visited.kind.kind !== 'Deployment') {
      throw failed(`no status viewer has been implemented for ${groupKind(visited)}`);
    }
    const { text, done, error } = rolloutMessage(visited.object, Number(parsed.flag('revision')));
    if (error) throw failed(error);
    context.out(text);
    if (done || parsed.flag('watch') !== 'true') return;
    throw failed(
      parsed.changed('timeout')
        ? 'timed out waiting for the condition'
        : `deployment "${nameOf(visited.object)}" exceeded its progress deadline`,
    );
  },
});

function patching(
  context: CommandContext,
  parsed: Parsed,
  { kind, object }: Visited,
  body: Json,
  operation: string,
): void {
  const writer: Writer = writerOf(context, parsed, manager);
  announce(context, writer, accepted(patch(context, writer, kind, object, body)), operation);
}

export const rolloutRestart = subcommand({
  word: 'restart',
  summary: 'Restart a resource',
  flags: writing,
  each(context, parsed, visited) {
    const { kind, object } = visited;
    if (!['Deployment', 'DaemonSet', 'StatefulSet'].includes(kind.kind)) {
      throw unchanged(visited, 'restarting is not supported');
    }
    if (objectAt(object, 'spec').paused === true) {
      throw unchanged(visited, "can't restart paused deployment (run rollout resume first)");
    }
    const now = new Date(context.cluster.settings.now).toISOString().replace(/\.\d+Z$/, 'Z');
    const annotations = { 'kubectl.kubernetes.io/restartedAt': now };
    const body = { spec: { template: { metadata: { annotations } } } };
    patching(context, parsed, visited, body, 'restarted');
  },
});

export const rolloutPause = subcommand({
  word: 'pause',
  summary: 'Mark the provided resource as paused',
  flags: writing,
  each(context, parsed, visited) {
    if (visited.kind.kind !== 'Deployment') throw unchanged(visited, 'pausing is not supported');
    if (objectAt(visited.object, 'spec').paused === true) {
      throw unchanged(visited, 'is already paused');
    }
    patching(context, parsed, visited, { spec: { paused: true } }, 'paused');
  },
});

export const rolloutResume = subcommand({
  word: 'resume',
  summary: 'Resume a paused resource',
  flags: writing,
  each(context, parsed, visited) {
    if (visited.kind.kind !== 'Deployment') throw unchanged(visited, 'resuming is not supported');
    if (objectAt(visited.object, 'spec').paused !== true) {
      throw unchanged(visited, 'is not paused');
    }
    patching(context, parsed, visited, { spec: { paused: null } }, 'resumed');
  },
});

const revisionKey = 'deployment.kubernetes.io/revision';
const causeKey = 'kubernetes.io/change-cause';
const annotationsOf = (object: JsonObject) => objectAt(object, 'metadata', 'annotations');
const revisionOf = (set: JsonObject): number => Number(annotationsOf(set)[revisionKey] ?? 0);

/** The ReplicaSets a Deployment owns, oldest revision first. */
function history(context: CommandContext, deployment: JsonObject): readonly JsonObject[] {
  const kind = kindNamed('replicasets');
  const uid = objectAt(deployment, 'metadata').uid;
  return objectsOf(getQuery(context, { kind }, namespaceOf(deployment)), kind)
    .filter((set) => {
      const owners = objectAt(set, 'metadata').ownerReferences;
      return Array.isArray(owners) && owners.some((owner) => isObject(owner) && owner.uid === uid);
    })
    .sort((a, b) => revisionOf(a) - revisionOf(b));
}

export const rolloutUndo = subcommand({
  word: 'undo',
  summary: 'Undo a previous rollout',
  flags: [
    ...writing,
    flag.int('to-revision', 'the revision to go back to; 0 for the one before', '0'),
  ],
  each(context, parsed, visited) {
    const { object } = visited;
    requireRolling(visited, 'rollbacker', 'rollbacker');
    const wanted = Number(parsed.flag('to-revision'));
    if (wanted < 0) throw failed(`revision number cannot be negative: ${wanted}`);
    if (objectAt(object, 'spec').paused === true) {
      throw failed(
        `you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again`,
      );
    }
    const sets = history(context, object);
    const target = wanted === 0 ? sets.at(-2) : sets.find((set) => revisionOf(set) === wanted);
    if (!target) {
      throw failed(
        wanted === 0
          ? `no rollout history found for deployment "${nameOf(object)}"`
          : `unable to find specified revision ${wanted} in history`,
      );
    }
    rollBack(context, parsed, visited, target);
  },
});

function rollBack(
  context: CommandContext,
  parsed: Parsed,
  visited: Visited,
  target: JsonObject,
): void {
  const writer = writerOf(context, parsed, manager);
  const template = withoutHash(objectAt(target, 'spec', 'template'));
  if (target === history(context, visited.object).at(-1)) {
    context.out(
      `${typeAndName(visited.object)} skipped rollback (current template already matches revision ${revisionOf(target)})\n`,
    );
    return;
  }
  const body = { spec: { template: { $patch: 'replace', ...template } } };
  accepted(patch(context, writer, visited.kind, visited.object, body));
  announce(context, writer, visited.object, 'rolled back');
}

function withoutHash(template: JsonObject): JsonObject {
  const metadata = objectAt(template, 'metadata');
  const { 'pod-template-hash': _, ...labels } = objectAt(metadata, 'labels');
  return { ...template, metadata: { ...metadata, labels } };
}

export const rolloutHistory = subcommand({
  word: 'history',
  summary: 'View rollout history',
  flags: [...common, ...outputFlags, flag.int('revision', 'show this revision whole', '0')],
  each(context, parsed, visited) {
    requireRolling(visited, 'history viewer', 'history');
    const sets = history(context, visited.object);
    const wanted = Number(parsed.flag('revision'));
    const shown = wanted > 0 ? oneRevision(sets, wanted) : undefined;
    context.out(`${typeAndName(visited.object)} ${wanted > 0 ? `with revision #${wanted}` : ''}\n`);
    if (shown !== undefined) {
      context.out(shown);
      return;
    }
    if (sets.length === 0) {
      context.out('No rollout history found.\n');
      return;
    }
    const rows = sets.map(
      (set) => `${revisionOf(set)}\t${String(annotationsOf(set)[causeKey] ?? '<none>')}\n`,
    );
    context.out(`${alignTabs(`REVISION\tCHANGE-CAUSE\n${rows.join('')}`, describeTabs)}\n`);
  },
});

function oneRevision(sets: readonly JsonObject[], wanted: number): string {
  const set = sets.find((each) => revisionOf(each) === wanted);
  if (!set) throw failed('unable to find the specified revision');
  const text = describePodTemplate(objectAt(set, 'spec', 'template'));
  return `${alignTabs(`Pod Template:\n${text}`, describeTabs)}\n`;
}
