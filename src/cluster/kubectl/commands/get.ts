import type { ApiResponse } from '../../api-server/request.ts';
import { type Command, type CommandContext, KubectlError, type Parsed } from '../command.ts';
import { isTrue } from '../parse/flag-values.ts';
import { getFormats, itemsOf, type ObjectPrinter, outputPrinter } from '../print/output.ts';
import { type ResourceQuery, resourceArguments } from '../resource/arguments.ts';
import { failWith, getQuery, isRefusal, objectsOf, statusOf } from '../resource/fetch.ts';
import {
  allNamespacesFlag,
  fileFlags,
  flag,
  outputFlags,
  selectorFlags,
} from '../resource/flags.ts';
import { sorted } from '../resource/sort.ts';
import { type PlacedQuery, queriesOf } from '../resource/visit.ts';
import { printTables } from './get-table.ts';

/** What the line asks for, and whether it can only mean one object. */
interface Wanted {
  readonly queries: readonly PlacedQuery[];
  readonly single: boolean;
}

/** What one query of the line brought. */
export interface Fetched {
  readonly query: ResourceQuery;
  readonly response: ApiResponse;
}

export const get: Command = {
  path: ['get'],
  summary: 'Display one or many resources',
  flags: [
    ...outputFlags,
    ...selectorFlags,
    ...fileFlags,
    allNamespacesFlag,
    flag.bool('show-labels', 'labels as the last column'),
    flag.list('label-columns', 'labels as columns of their own', 'L'),
    flag.bool('no-headers', 'no line of headers'),
    flag.text('sort-by', 'order by a field: .metadata.name'),
    flag.bool('ignore-not-found', 'no error for what is not there'),
    flag.bool('watch', 'go on showing changes; a cluster at rest has none', 'w'),
    flag.bool('watch-only', 'show changes only; a cluster at rest has none'),
    flag.bool('output-watch-events', 'show watch events'),
    flag.bool('server-print', 'let the server make the table'),
    flag.int('chunk-size', 'how many to ask for at once'),
    flag.text('raw', 'a path of the API; not offered here'),
    flag.text('subresource', 'a subresource; not offered here'),
  ],
  run(context, parsed) {
    refuseOutside(parsed);
    const wanted = argumentsOf(context, parsed);
    const output = parsed.flag('output') ?? '';
    const asTable = (output === '' && !parsed.changed('template')) || output === 'wide';
    const printer = asTable ? undefined : outputPrinter(context, parsed, getFormats);
    const fetched = fetchAll(context, parsed, wanted, asTable);
    const refused = refusals(fetched, isTrue(parsed.flag('ignore-not-found')));
    if (printer) printObjects(fetched, wanted, parsed, printer, refused);
    else printTables(context, parsed, fetched, refused.length > 0);
    failWith(refused);
    return 0;
  },
};

function refuseOutside(parsed: Parsed): void {
  for (const name of ['raw', 'subresource', 'kustomize', 'watch-only']) {
    if (parsed.flag(name) && parsed.flag(name) !== 'false') {
      throw new KubectlError(`error: --${name} is not offered here`);
    }
  }
}

function argumentsOf(context: CommandContext, parsed: Parsed): Wanted {
  if (parsed.flags('filename').length > 0) {
    const queries = queriesOf(context, parsed, parsed.positionals);
    return { queries, single: queries.length === 1 };
  }
  if (parsed.positionals.length === 0) {
    context.err(
      'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
    );
    throw new KubectlError(
      'error: Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\nSee \'kubectl get -h\' for help and examples',
    );
  }
  const wanted = resourceArguments(parsed.positionals, {
    selects: Boolean(parsed.flag('selector') || parsed.flag('field-selector')),
    typeAloneMeansAll: true,
  });
  if (isTrue(parsed.flag('all-namespaces')) && wanted.queries.some(({ name }) => name)) {
    throw new KubectlError('error: a resource cannot be retrieved by name across all namespaces');
  }
  const namespace = isTrue(parsed.flag('all-namespaces')) ? '' : context.namespace;
  const queries = wanted.queries.map((query) => ({ query, namespace }));
  return { queries, single: wanted.single };
}

function fetchAll(
  context: CommandContext,
  parsed: Parsed,
  wanted: Wanted,
  asTable: boolean,
): readonly Fetched[] {
  const selectors = {
    labels: parsed.flag('selector'),
    fields: parsed.flag('field-selector'),
    managers: isTrue(parsed.flag('show-managed-fields')),
  };
  return wanted.queries.map(({ query, namespace }) => ({
    query,
    response: getQuery(context, query, namespace, selectors, asTable),
  }));
}

function refusals(fetched: readonly Fetched[], ignoreNotFound: boolean): readonly ApiResponse[] {
  return fetched
    .map(({ response }) => response)
    .filter(isRefusal)
    .filter((response) => !ignoreNotFound || statusOf(response).reason !== 'NotFound');
}

/** One object stands alone, everything else in a List. */
function printObjects(
  fetched: readonly Fetched[],
  wanted: Wanted,
  parsed: Parsed,
  printer: ObjectPrinter,
  refused: readonly ApiResponse[],
): void {
  const found = fetched.filter(({ response }) => !isRefusal(response));
  const objects = found.flatMap(({ query, response }) => objectsOf(response, query.kind));
  if (wanted.single) {
    failWith(refused);
    if (objects[0]) printer(objects[0]);
    return;
  }
  if (objects.length === 0 && isTrue(parsed.flag('ignore-not-found'))) return;
  const items = sorted(objects, parsed.flag('sort-by'));
  const list = { apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items };
  if (itemsOf(list).length > 0 || parsed.flag('output') !== 'name') printer(list);
}
