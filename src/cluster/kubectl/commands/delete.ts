import type { ApiResponse } from '../../api-server/request.ts';
import type { JsonObject } from '../../json.ts';
import type { Kind } from '../../kinds/kind.ts';
import type { Command, CommandContext, Parsed } from '../command.ts';
import { isTrue } from '../parse/flag-values.ts';
import { typeAndName } from '../print/output.ts';
import { type DryRun, dryRunOf, dryRunSuffix, writeQuery } from '../resource/dry-run.ts';
import { failWith, isRefusal, resourcePath, statusOf } from '../resource/fetch.ts';
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
    const refused = targets.refused.filter((each) => !ignored(each, parsed));
    for (const { kind, object } of targets.found) {
      const answer = remove(context, kind, object, how);
      if (!isRefusal(answer)) announce(context, kind, object, how);
      else if (!ignored(answer, parsed)) refused.push(answer);
    }
    failWith(refused);
    if (targets.found.length === 0 && !isTrue(parsed.flag('ignore-not-found'))) {
      context.out('No resources found\n');
    }
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
  if (force && given > 0)
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

interface Targets {
  readonly found: readonly { readonly kind: Kind; readonly object: JsonObject }[];
  readonly refused: readonly ApiResponse[];
}

/** Named objects are deleted without a look first; selected ones have to be listed. */
function targetsOf(context: CommandContext, parsed: Parsed): Targets {
  const queries = queriesOf(context, parsed, parsed.positionals);
  if (queries.some(({ query }) => query.name === undefined)) {
    return visit(context, parsed, parsed.positionals);
  }
  const found = queries.map(({ query, namespace }) => ({
    kind: query.kind,
    object: {
      apiVersion:
        query.kind.group === '' ? query.kind.version : `${query.kind.group}/${query.kind.version}`,
      kind: query.kind.kind,
      metadata: { name: query.name ?? '', ...(query.kind.namespaced && { namespace }) },
    },
  }));
  return { found, refused: [] };
}

const ignored = (response: ApiResponse, parsed: Parsed): boolean =>
  statusOf(response).reason === 'NotFound' && isTrue(parsed.flag('ignore-not-found'));

function remove(context: CommandContext, kind: Kind, object: JsonObject, how: How): ApiResponse {
  const path = resourcePath(kind, namespaceOf(object), nameOf(object));
  if (how.dryRun === 'client') return context.send({ method: 'GET', path });
  return context.send({
    method: 'DELETE',
    path,
    query: writeQuery(how.dryRun),
    body: {
      ...(how.gracePeriod >= 0 && { gracePeriodSeconds: how.gracePeriod }),
      propagationPolicy: how.policy,
    },
  });
}

function announce(context: CommandContext, kind: Kind, object: JsonObject, how: How): void {
  if (how.short) {
    context.out(`${typeAndName(object)}\n`);
    return;
  }
  const type =
    kind.group === '' ? kind.kind.toLowerCase() : `${kind.kind.toLowerCase()}.${kind.group}`;
  const word = how.immediate && how.gracePeriod === 0 ? 'force deleted' : 'deleted';
  const from = kind.namespaced ? ` from ${namespaceOf(object)} namespace` : '';
  context.out(`${type} "${nameOf(object)}" ${word}${from}${dryRunSuffix(how.dryRun)}\n`);
}
