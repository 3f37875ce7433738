/**
 * Every installed package, development included, stands under a licence that this project may be
 * built with and given on; those of the product itself are named once. Reads package-lock.json
 * alone, so it needs no network. Exits 1 with the packages that do not.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** SPDX names of licences that ask for no more than naming the authors. */
export const allowed: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** Used to build or test only, never given on: a file-wise copyleft is no burden there. */
const allowedInDevelopment: ReadonlySet<string> = new Set(['MPL-2.0']);

export interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}

/** `name@version: licence` of each package that may not be used, sorted. */
export function refused(packages: Readonly<Record<string, LockedPackage>>): readonly string[] {
  return Object.entries(packages)
    .filter(([path, { link }]) => path !== '' && link !== true)
    .filter(([, one]) => !mayBeUsed(one))
    .map(([path, { version, license }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return `${name}@${version ?? '?'}: ${license ?? 'no licence named'}`;
    })
    .sort();
}

function mayBeUsed({ license = '', dev = false }: LockedPackage): boolean {
  const terms = license.replace(/[()]/g, '').split(' OR ');
  return terms.some((term) =>
    term
      .split(' AND ')
      .every((each) => allowed.has(each) || (dev && allowedInDevelopment.has(each))),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lock = fileURLToPath(new URL('../package-lock.json', import.meta.url));
  const { packages } = JSON.parse(readFileSync(lock, 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  const found = refused(packages);
  for (const line of found) process.stderr.write(`${line}\n`);
  if (found.length > 0) process.stderr.write('Choose other packages, or extend the list above.\n');
  process.exitCode = found.length > 0 ? 1 : 0;
}
