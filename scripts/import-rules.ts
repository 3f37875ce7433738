/**
 * Which room may import which: the arrows of ARCHITECTURE.md, as a table. Every other arrow is
 * refused, with a word on what to do instead. Run by `npm run check`; tested with forbidden imports.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A room (a folder of src, or a file at its root) → the rooms it may import from. */
export const allowed: Readonly<Record<string, readonly string[]>> = {
  limits: [],
  cluster: ['limits'],
  catalogue: ['cluster'],
  exercise: ['cluster', 'catalogue', 'limits'],
  grading: ['exercise', 'cluster', 'catalogue', 'limits'],
  gradebook: ['grading', 'exercise', 'limits'],
  store: ['gradebook', 'grading', 'exercise', 'sandboxes', 'limits'],
  http: [
    'gradebook',
    'sandboxes',
    'kubernetes-api',
    'grading',
    'exercise',
    'cluster',
    'catalogue',
    'limits',
  ],
  'kubernetes-api': ['cluster', 'gradebook', 'limits'],
  sandboxes: ['kubernetes-api', 'gradebook', 'grading', 'exercise', 'cluster', 'limits'],
  webhooks: ['gradebook', 'limits'],
  config: [],
  version: [],
  certificates: [],
  banner: ['gradebook'],
  'report-desk': ['*'],
  lab: ['*'],
  serve: ['*'],
  main: ['*'],
  commands: ['*'],
  cli: ['*'],
};

/** Rooms that may take types only from certain others: a use case must not call an engine. */
const typesOnly: Readonly<Record<string, readonly string[]>> = {
  gradebook: ['grading', 'exercise'],
  store: ['grading', 'exercise', 'sandboxes'],
  catalogue: ['cluster'],
  sandboxes: ['grading'],
};

/** Inside the cluster: what each part of it may not reach for. */
const forbiddenInside: Readonly<Record<string, readonly string[]>> = {
  'api-server': ['kubectl', 'controllers', 'playground'],
  kinds: ['kubectl', 'controllers', 'playground'],
  controllers: ['kubectl', 'playground'],
  network: ['kubectl', 'controllers', 'playground'],
  kubectl: ['playground'],
};

/** Packages and Node's own modules that one room alone may use; the pure rooms use none of these. */
const packagesOf: Readonly<Record<string, readonly string[]>> = {
  cluster: ['yaml', 'kubernetes-types', 'node:crypto'],
  catalogue: [],
  gradebook: ['zod', 'node:crypto', 'node:util', 'temporal-polyfill'],
  limits: [],
};

const sqlPackages = ['kysely', 'better-sqlite3', 'better-sqlite3-node20'];

export interface Breach {
  readonly file: string;
  readonly imports: string;
  readonly advice: string;
}

/** Judges one source file by its text; `file` is its path under src, with slashes. */
export function breachesOf(file: string, text: string): Breach[] {
  const found: Breach[] = [];
  for (const { specifier, typeOnly } of importsOf(text)) {
    const advice = specifier.startsWith('.')
      ? judgeRoom(file, posix.join(dirname(file), specifier), typeOnly)
      : judgePackage(file, specifier);
    if (advice) found.push({ file, imports: specifier, advice });
  }
  return found;
}

const statement =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|\brequire\(\s*['"]([^'"]+)['"]\s*\)/g;

function importsOf(text: string): { specifier: string; typeOnly: boolean }[] {
  return [...text.matchAll(statement)].map((match) => ({
    specifier: match[2] ?? match[3] ?? match[4] ?? '',
    typeOnly: match[1] !== undefined,
  }));
}

const roomOf = (path: string): string => (path.split('/')[0] ?? '').replace(/\.ts$/, '');

function judgeRoom(file: string, target: string, typeOnly: boolean): string | undefined {
  const from = roomOf(file);
  const to = roomOf(target);
  if (target.startsWith('..')) return 'stay inside src.';
  if (from === to) return judgeInside(file, target);
  const may = allowed[from];
  if (!may) return `room "${from}" is not in the table: add it to scripts/import-rules.ts.`;
  if (!may.includes('*') && !may.includes(to)) {
    return `"${from}" may import ${may.join(', ') || 'no other room'}: define a port, or move the code.`;
  }
  if (typesOnly[from]?.includes(to) && !typeOnly) {
    return `"${from}" may take types from "${to}" only: write "import type", and have main pass the value in.`;
  }
  return undefined;
}

function judgeInside(file: string, target: string): string | undefined {
  if (roomOf(file) !== 'cluster') return undefined;
  const [, from = ''] = file.split('/');
  const [, to = ''] = target.split('/');
  return forbiddenInside[from]?.includes(to)
    ? `inside the cluster, "${from}" must not know "${to}".`
    : undefined;
}

function judgePackage(file: string, specifier: string): string | undefined {
  const room = roomOf(file);
  const own = packagesOf[room];
  const matches = (name: string) => specifier === name || specifier.startsWith(`${name}/`);
  if (own && !own.some(matches)) {
    return `"${room}" is pure and uses ${own.join(', ') || 'no packages'}: have it handed in.`;
  }
  if (sqlPackages.some(matches) && room !== 'store') return 'SQL lives in "store" only.';
  return undefined;
}

/** All breaches of a source tree. */
export function breachesIn(folder: string): Breach[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((path) => breachesOf(relative(folder, path), readFileSync(path, 'utf8')));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const breaches = breachesIn(fileURLToPath(new URL('../src', import.meta.url)));
  for (const { file, imports, advice } of breaches) {
    process.stderr.write(`src/${file} imports ${imports}: ${advice}\n`);
  }
  process.exitCode = breaches.length > 0 ? 1 : 0;
}
