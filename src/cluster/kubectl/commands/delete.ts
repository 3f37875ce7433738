import { goQuote } from '../../api-server/field-error.ts';
import type { ApiResponse } from '../../api-server/request.ts';
import type { Kind } from '../../kinds/kind.ts';
import { pathProblem } from '../apply/object-request.ts';
import type { Command, CommandContext, Parsed } from '../command.ts';
import { type CommandFailure, failWith } from '../command-failure.ts';
import { isTrue } from '../parse/flag-values.ts';
import { readResources } from '../read/resource-info.ts';
import { type DryRun, dryRunOf, dryRunSuffix, writeQuery } from '../resource/dry-run.ts';
import { isRefusal, resourcePath, statusOf } from '../resource/fetch.ts';
import {
  allNamespacesFlag,
  dryRunFlag,
  fileFlags,
  flag,
  selectorFlags,
} from '../resource/flags.ts';
import { failed, nothingNamed } from '../resource/usage.ts';
import { queriesOf, visit } from '../resource/visit.ts';
import { nameOf, namespaceOf } from '../resource/write.ts';

/** kubectl/pkg/cmd/delete; called so because `delete` is a word of the language. */
export const deleteCommand: Command = {
  path: ['delete'],
  summary:
    'Delete resources by file names, stdin, resources and names, or by resources and label selector',
  flags: [
    ...fileFlags,
    ...selectorFlags,
    allNamespacesFlag,
    dryRunFlag,
    flag.bool('all', 'all of the type'),
    flag.bool('now', 'end Pods after one second'),
    flag.bool('force', 'do not wait for the end'),
    flag.int('grace-period', 'seconds a Pod has to end', '-1'),
    flag.bool('ignore-not-found', 'no error for what is not there'),
    { name: 'wait', kind: 'bool', bare: 'true', default: 'true', summary: 'wait until it is gone' },
    {
      name: 'cascade',
      kind: 'string',
      bare: 'background',
      default: 'background',
      summary: 'background, foreground or orphan',
    },
    flag.duration('timeout', 'how long to wait'),
    flag.text('output', 'name, or nothing', 'o'),
    flag.text('raw', 'a path of the API; not offered here'),
    flag.bool('interactive', 'ask first; not offered here', 'i'),
  ],
  run(context, parsed) {
    const how = howOf(parsed);
    check(parsed);
    const targets = targetsOf(context, parsed);
    if (how.immediate) context.err(forced);
    const failures = [...targets.failures];
    for (const target of targets.found) {
      const failure = removeOne(context, target, how, parsed);
      if (failure) failures.push(failure);
    }
    failWith(failures);
    if (targets.found.length === 0) context.out('No resources found\n');
    return 0;
  },
};

const forced =
  'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n';

const cascades: Readonly<Record<string, string>> = {
  background: 'Background',
  foreground: 'Foreground',
  orphan: 'Orphan',
  true: 'Background',
  false: 'Orphan',
};

interface How {
  readonly dryRun: DryRun;
  readonly short: boolean;
  readonly immediate: boolean;
  readonly gracePeriod: number;
  readonly policy: string;
}

function howOf(parsed: Parsed): How {
  const output = parsed.flag('output') ?? '';
  if (output !== '' && output !== 'name') {
    throw failed(`unexpected -o output mode: ${output}. We only support '-o name'`);
  }
  const given = Number(parsed.flag('grace-period'));
  const now = isTrue(parsed.flag('now'));
  const force = isTrue(parsed.flag('force'));
  if (now && given !== -1) throw failed('--now and --grace-period cannot be specified together');
  if (force && (given > 0 || now))
    throw failed('--force and --grace-period greater than 0 cannot be specified together');
  const gracePeriod = now ? 1 : given === 0 && !force ? 1 : force && given < 0 ? 0 : given;
  const cascade = parsed.flag('cascade') ?? '';
  const policy = cascades[cascade];
  if (policy === undefined) {
    throw failed(
      `invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`,
    );
  }
  return {
    dryRun: dryRunOf(parsed),
    short: output === 'name',
    immediate: force,
    gracePeriod,
    policy,
  };
}

function check(parsed: Parsed): void {
  for (const name of ['raw', 'kustomize']) {
    if (parsed.flag(name)) throw failed(`--${name} is not offered here`);
  }
  if (isTrue(parsed.flag('all')) && parsed.flag('selector')) {
    throw failed("setting 'all' parameter but found a non empty selector. ");
  }
  if (parsed.positionals.length === 0 && parsed.flags('filename').length === 0)
    throw nothingNamed();
}

/** Something to delete, and the file that names it. */
interface Target {
  readonly kind: Kind;
  readonly namespace: string;
  readonly name: string;
  readonly source?: string;
}

interface Targets {
  readonly found: readonly Target[];
  readonly failures: readonly CommandFailure[];
}

/** Named objects are deleted without a look first; selected ones have to be listed. */
function targetsOf(context: CommandContext, parsed: Parsed): Targets {
  const words = parsed.positionals;
  const files = parsed.flags('filename');
  if (files.length > 0 && words.length === 0) {
    const { infos, failures } = readResources(context, files, 'unvalidated');
    return { found: infos, failures };
  }
  const queries = queriesOf(context, parsed, words);
  if (queries.some(({ query }) => query.name === undefined)) return listed(context, parsed);
  const found = queries.map(({ query: { kind, name = '' }, namespace }) => ({
    kind,
    name,
    namespace: kind.namespaced ? namespace : '',
  }));
  return { found, failures: [] };
}

function listed(context: CommandContext, parsed: Parsed): Targets {
  const { found, refused } = visit(context, parsed, parsed.positionals);
  return {
    found: found.map(({ kind, object }) => ({
      kind,
      name: nameOf(object),
      namespace: namespaceOf(object),
    })),
    failures: refused
      .filter((response) => !ignored(response, parsed))
      .map((response) => ({ status: statusOf(response), during: '' })),
  };
}

const ignored = (response: ApiResponse, parsed: Parsed): boolean =>
  statusOf(response).reason === 'NotFound' && isTrue(parsed.flag('ignore-not-found'));

/** Deletes one object and says so; a client's dry run does not even look whether it is there. */
function removeOne(
  context: CommandContext,
  target: Target,
  how: How,
  parsed: Parsed,
): CommandFailure | undefined {
  const { kind, namespace, name, source } = target;
  const during = source === undefined ? '' : `error when deleting ${goQuote(source)}`;
  const problem = pathProblem(target);
  if (problem !== undefined) return { text: during === '' ? problem : `${during}: ${problem}` };
  if (how.dryRun !== 'client') {
    const answer = context.send({
      method: 'DELETE',
      path: resourcePath(kind, namespace, name),
      query: writeQuery(how.dryRun),
      body: {
        ...(how.gracePeriod >= 0 && { gracePeriodSeconds: how.gracePeriod }),
        propagationPolicy: how.policy,
      },
    });
    if (isRefusal(answer)) {
      return ignored(answer, parsed) ? undefined : { status: statusOf(answer), during };
    }
  }
  announce(context, target, how);
  return undefined;
}

function announce(context: CommandContext, { kind, name, namespace }: Target, how: How): void {
  const group = kind.group === '' ? '' : `.${kind.group}`;
  const type = `${kind.kind.toLowerCase()}${group}`;
  if (how.short) {
    context.out(`${type}/${name}\n`);
    return;
  }
  const word = how.immediate && how.gracePeriod === 0 ? 'force deleted' : 'deleted';
  const from = kind.namespaced ? ` from ${namespace} namespace` : '';
  context.out(`${type} "${name}" ${word}${from}${dryRunSuffix(how.dryRun)}\n`);
}
