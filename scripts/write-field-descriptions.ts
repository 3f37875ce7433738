/**
 * Writes what the fields of the API are for into src/cluster/api-server/api-descriptions.json: the
 * words of the Kubernetes API reference (Apache-2.0), which the package kubernetes-types carries as
 * comments. Only types of the type table are taken, so that `kubectl explain` can tell of them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Described {
  readonly description: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Names of the fields that must be there, with spaces between them. */
  readonly required?: string;
}

const folder = fileURLToPath(new URL('../src/cluster/api-server/', import.meta.url));
const packageFolder = dirname(
  createRequire(import.meta.url).resolve('kubernetes-types/package.json'),
);

const declaration =
  /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?export interface (\w+) \{([\s\S]*?)\n\}/g;
const member = /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?^ {4}(?:readonly )?"?([\w$-]+)"?(\??):/gm;

/** The words of a comment, without the stars in front of its lines. */
const textOf = (comment = ''): string =>
  comment
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, ''))
    .join('\n')
    .trim();

function describedTypes(file: string): Map<string, Described> {
  const text = readFileSync(file, 'utf8');
  const found = new Map<string, Described>();
  for (const [, comment, name = '', body = ''] of text.matchAll(declaration)) {
    const members = [...body.matchAll(member)];
    const fields = members.map(([, about, field = '']) => [field, textOf(about)] as const);
    const required = members
      .filter(([, , , optional]) => optional === '')
      .map(([, , field]) => field);
    found.set(name, {
      description: textOf(comment),
      fields: Object.fromEntries(fields.filter(([, about]) => about !== '')),
      ...(required.length > 0 && { required: required.join(' ') }),
    });
  }
  return found;
}

const table: { types: Record<string, unknown> } = JSON.parse(
  readFileSync(join(folder, 'api-schema.json'), 'utf8'),
);
const files = new Map<string, Map<string, Described>>();
const described: Record<string, Described> = {};
for (const name of Object.keys(table.types).sort()) {
  const [path = '', type = ''] = name.split('.');
  if (!files.has(path)) files.set(path, describedTypes(join(packageFolder, `${path}.d.ts`)));
  const found = files.get(path)?.get(type);
  if (found) described[name] = found;
}
writeFileSync(join(folder, 'api-descriptions.json'), `${JSON.stringify(described, null, 2)}\n`);
process.stdout.write(`${Object.keys(described).length} of ${Object.keys(table.types).length}\n`);
