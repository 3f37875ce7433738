import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** An exercise's folder: what it lies in, and its own name. */
export interface Chosen {
  readonly path: string;
  readonly folder: string;
}

const definitionFile = 'exercise.yaml';

/**
 * The folders that an author means: all of them without a name, else by folder, id or path. Throws
 * where a name is nobody's. `070` stands for `070-clusterip-by-default`.
 */
export function chosenFolders(path: string, names: readonly string[]): readonly Chosen[] {
  if (existsSync(join(path, definitionFile))) return [chosenAt(path)];
  const folders = foldersIn(path);
  if (names.length === 0) return folders.map((folder) => ({ path, folder }));
  return names.map((name) => {
    const folder = folders.find((each) => each === name) ?? newestOf(path, folders, name);
    if (folder !== undefined) return { path, folder };
    if (existsSync(join(name, definitionFile))) return chosenAt(name);
    throw usage(`there is no exercise ${name} in ${path}; there are: ${folders.join(', ')}`);
  });
}

/** The one folder that is meant. */
export function chosenFolder(path: string, name: string): Chosen {
  const [first] = chosenFolders(path, [name]);
  if (!first) throw usage(`there is no exercise ${name} in ${path}`);
  return first;
}

export const usage = (message: string): Error =>
  Object.assign(new Error(message), { code: 'USAGE' });

const chosenAt = (path: string): Chosen => ({
  path: dirname(resolve(path)),
  folder: basename(resolve(path)),
});

/** Every folder that holds an exercise, in the order of their names. */
function foldersIn(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
}

/** Of several versions of an id, the one that is not kept for those under way. */
function newestOf(path: string, folders: readonly string[], id: string): string | undefined {
  const own = folders.filter(
    (folder) => idIn(join(path, folder, definitionFile)) === id || folder.startsWith(`${id}-`),
  );
  return own.find((folder) => !folder.includes('@')) ?? own.at(-1);
}

function idIn(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  return /^id:\s*['"]?([a-z0-9-]+)/m.exec(readFileSync(file, 'utf8'))?.[1];
}
