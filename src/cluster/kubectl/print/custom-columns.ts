import { isObject } from '../../json.ts';
import { KubectlError } from '../command.ts';
import { goValue } from './go-text.ts';
import { compileQuery, JsonPathError, relaxed } from './jsonpath/jsonpath.ts';
import { alignTabs, tableTabs } from './tab-writer.ts';

interface CustomColumn {
  readonly header: string;
  read(object: unknown): readonly unknown[];
}

/** `-o custom-columns=NAME:.metadata.name,…` (kubectl/pkg/cmd/get/customcolumn.go). */
export function customColumns(spec: string, noHeaders: boolean): (data: unknown) => string {
  if (spec === '') {
    throw new KubectlError('error: custom-columns format specified but no custom columns given');
  }
  const columns = spec.split(',').map(columnOf);
  return (data) => {
    const objects = isObject(data) && Array.isArray(data.items) ? data.items : [data];
    const rows = objects.map((object) => columns.map((column) => cell(column, object)));
    const lines = noHeaders ? rows : [columns.map(({ header }) => header), ...rows];
    return lines.length === 0
      ? ''
      : alignTabs(`${lines.map((cells) => cells.join('\t')).join('\n')}\n`, tableTabs);
  };
}

function columnOf(part: string): CustomColumn {
  const colon = part.indexOf(':');
  if (colon < 0) {
    throw new KubectlError(
      `error: unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`,
    );
  }
  return { header: part.slice(0, colon), read: queryOf(part.slice(colon + 1)) };
}

/** Compiles what custom columns and `--sort-by` take for a path. Throws KubectlError. */
export function queryOf(expression: string): (object: unknown) => readonly unknown[] {
  const template = relaxed(expression);
  if (template === undefined) {
    throw new KubectlError(
      "error: unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
    );
  }
  return guarded(() => compileQuery(template));
}

function guarded<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw error instanceof JsonPathError ? new KubectlError(`error: ${error.message}`) : error;
  }
}

function cell(column: CustomColumn, object: unknown): string {
  const values = guarded(() => column.read(object));
  return values.length ? values.map(goValue).join(',').replaceAll('\t', '\\t') : '<none>';
}
