import {
  type Field,
  type StructType,
  structType,
  type ValueType,
} from '../../api-server/schema.ts';
import type { Command } from '../command.ts';
import { isTrue } from '../parse/flag-values.ts';
import { alignTabs, describeTabs } from '../print/tab-writer.ts';
import { kindNamed } from '../resource/arguments.ts';
import { flag } from '../resource/flags.ts';
import { failed, usageError } from '../resource/usage.ts';

/** kubectl/pkg/cmd/explain from the API's own type table, which holds no descriptions. */
export const explain: Command = {
  path: ['explain'],
  summary: 'Get documentation for a resource',
  flags: [
    flag.bool('recursive', 'fields of fields too'),
    flag.text('api-version', 'group and version of the type'),
    { ...flag.text('output', 'plaintext', 'o'), default: 'plaintext' },
  ],
  run(context, parsed) {
    const [target, ...more] = parsed.positionals;
    if (target === undefined) {
      throw usageError(
        'kubectl explain',
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n',
      );
    }
    if (more.length > 0) throw failed('We accept only this format: explain RESOURCE\n');
    const [resource = '', ...path] = target.split('.');
    const kind = kindNamed(resource);
    const head = `${kind.group === '' ? '' : `GROUP:      ${kind.group}\n`}KIND:       ${kind.kind}\nVERSION:    ${kind.version}\n\n`;
    const { field, type } = descend(structType(kind.type), path);
    const fields = type ? fieldLines(type, isTrue(parsed.flag('recursive')), 2) : '';
    const title = field ? `FIELD: ${field.name} <${typeText(field)}>\n\n` : '';
    const list = fields === '' ? '' : `FIELDS:\n${alignTabs(fields, describeTabs)}\n`;
    context.out(`${head}${title}${list}`);
    return 0;
  },
};

function descend(type: StructType, path: readonly string[]): { field?: Field; type?: StructType } {
  let at: StructType | undefined = type;
  let field: Field | undefined;
  for (const name of path) {
    field = at?.byName.get(name);
    if (!field) throw failed(`field ${JSON.stringify(name)} does not exist`);
    at = structBelow(field);
  }
  return { ...(field && { field }), ...(at && { type: at }) };
}

function structBelow(type: ValueType): StructType | undefined {
  if (type.kind === 'object' && type.ref) return structType(type.ref);
  return type.elem ? structBelow(type.elem) : undefined;
}

const deepest = 12;

function fieldLines(type: StructType, recursive: boolean, indent: number): string {
  const fields = [...type.fields].sort((a, b) => (a.name < b.name ? -1 : 1));
  return fields
    .map((field) => {
      const below = recursive && indent < deepest ? structBelow(field) : undefined;
      const nested = below && below !== type ? fieldLines(below, true, indent + 2) : '';
      return `${' '.repeat(indent)}${field.name}\t<${typeText(field)}>\n${nested}`;
    })
    .join('');
}

const scalars: Readonly<Record<string, string>> = {
  string: 'string',
  bool: 'boolean',
  int32: 'integer',
  int64: 'integer',
  intOrString: 'IntOrString',
  quantity: 'Quantity',
  time: 'Time',
};

function typeText(type: ValueType): string {
  if (type.kind === 'list') return `[]${type.elem ? typeText(type.elem) : 'Object'}`;
  if (type.kind === 'map') return `map[string]${type.elem ? typeText(type.elem) : 'string'}`;
  if (type.kind === 'object' && type.ref) return structType(type.ref).shortName;
  return scalars[type.kind] ?? 'Object';
}
