import type { Kind } from '../../kinds/kind.ts';
import type { CommandContext, Parsed } from '../command.ts';
import { isTrue } from '../parse/flag-values.ts';
import { type Table, tableText } from '../print/table.ts';
import { getQuery, isRefusal, objectsOf } from '../resource/fetch.ts';
import { sorted } from '../resource/sort.ts';
import type { Fetched } from './get.ts';

/** Prints the Tables of each kind together, or says that there is nothing (kubectl/pkg/cmd/get). */
export function printTables(
  context: CommandContext,
  parsed: Parsed,
  fetched: readonly Fetched[],
  failed: boolean,
): void {
  const found = fetched.filter(({ response }) => !isRefusal(response));
  const kinds = [...new Set(found.map(({ query }) => query.kind))];
  const noHeaders = isTrue(parsed.flag('no-headers'));
  let written = false;
  for (const kind of kinds) {
    const tables = found
      .filter(({ query }) => query.kind === kind)
      .map((each) => tableOf(context, parsed, each));
    const text = tableText(tables, {
      wide: parsed.flag('output') === 'wide',
      noHeaders,
      withNamespace: allNamespaces(parsed) && kind.namespaced,
      showLabels: isTrue(parsed.flag('show-labels')),
      labelColumns: parsed.flags('label-columns'),
      ...(kinds.length > 1 && { kindPrefix: kindPrefix(kind) }),
    });
    if (text === '') continue;
    context.out(written && !noHeaders ? `\n${text}` : text);
    written = true;
  }
  const silent = failed || isTrue(parsed.flag('ignore-not-found'));
  if (!written && !silent) context.err(nothingFound(context, parsed, kinds));
}

const allNamespaces = (parsed: Parsed): boolean => isTrue(parsed.flag('all-namespaces'));

/** `service`, `deployment.apps`. */
const kindPrefix = ({ kind, group }: Kind): string =>
  group === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;

function nothingFound(context: CommandContext, parsed: Parsed, kinds: readonly Kind[]): string {
  const namespaced = !allNamespaces(parsed) && kinds.every((kind) => kind.namespaced);
  return namespaced
    ? `No resources found in ${context.namespace} namespace.\n`
    : 'No resources found\n';
}

/** The Table of one answer, its rows in the order of `--sort-by`. */
function tableOf(context: CommandContext, parsed: Parsed, { query, response }: Fetched): Table {
  const table = response.body as unknown as Table;
  const expression = parsed.flag('sort-by');
  if (!expression || query.name !== undefined) return table;
  const namespace = allNamespaces(parsed) ? '' : context.namespace;
  const selectors = { labels: parsed.flag('selector'), fields: parsed.flag('field-selector') };
  const objects = objectsOf(getQuery(context, query, namespace, selectors), query.kind);
  const rows = objects.map((object, index) => ({ ...object, row: table.rows[index] as never }));
  return { ...table, rows: sorted(rows, expression).map(({ row }) => row) };
}
