import { goValue } from './go-text.ts';
import { alignTabs, tableTabs } from './tab-writer.ts';

/** meta/v1 Table, as far as kubectl prints it. */
export interface Table {
  readonly columnDefinitions: readonly {
    readonly name: string;
    readonly format?: string;
    readonly priority?: number;
  }[];
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  readonly cells: readonly unknown[];
  readonly object?: {
    readonly metadata?: {
      readonly name?: string;
      readonly namespace?: string;
      readonly labels?: Readonly<Record<string, string>>;
    };
  };
}

export interface TableOptions {
  readonly wide: boolean;
  readonly noHeaders: boolean;
  readonly withNamespace: boolean;
  readonly showLabels: boolean;
  readonly labelColumns: readonly string[];
  /** `service`, `deployment.apps`: put before names where several types are asked for. */
  readonly kindPrefix?: string;
}

/** The lines of one or more Tables of a type (cli-runtime printers/tableprinter.go). */
export function tableText(tables: readonly Table[], options: TableOptions): string {
  const rows = tables.flatMap((table) => table.rows.map((row) => rowCells(table, row, options)));
  const [first] = tables;
  if (!first || rows.length === 0) return '';
  const lines = options.noHeaders ? rows : [headers(first, options), ...rows];
  return alignTabs(`${lines.map((cells) => cells.join('\t')).join('\n')}\n`, tableTabs);
}

const shown = ({ priority }: { readonly priority?: number }, wide: boolean): boolean =>
  wide || (priority ?? 0) === 0;

function headers(table: Table, options: TableOptions): string[] {
  return [
    ...(options.withNamespace ? ['NAMESPACE'] : []),
    ...table.columnDefinitions
      .filter((column) => shown(column, options.wide))
      .map((column) => column.name.toUpperCase()),
    ...options.labelColumns.map((label) => (label.split('/').at(-1) ?? '').toUpperCase()),
    ...(options.showLabels ? ['LABELS'] : []),
  ];
}

function rowCells(table: Table, row: TableRow, options: TableOptions): string[] {
  const { namespace = '', labels = {} } = row.object?.metadata ?? {};
  const cells = table.columnDefinitions.flatMap((column, index) => {
    if (!shown(column, options.wide)) return [];
    const named = column.format === 'name' && options.kindPrefix !== undefined;
    return [`${named ? `${options.kindPrefix}/` : ''}${cellText(row.cells[index])}`];
  });
  return [
    ...(options.withNamespace ? [namespace] : []),
    ...cells,
    ...options.labelColumns.map((label) =>
      Object.hasOwn(labels, label) ? (labels[label] ?? '') : '',
    ),
    ...(options.showLabels ? [labelText(labels)] : []),
  ];
}

/** A cell ends at its first line break. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  const text = goValue(cell);
  const end = text.search(/[\f\n\r]/);
  return (end < 0 ? text : `${text.slice(0, end)}...`).replaceAll('\t', '\\t');
}

/** `a=b,c=d` in the order of the keys, or `<none>`. */
function labelText(labels: Readonly<Record<string, string | undefined>> = {}): string {
  const pairs = Object.keys(labels)
    .sort()
    .map((key) => `${key}=${labels[key]}`);
  return pairs.length ? pairs.join(',') : '<none>';
}
