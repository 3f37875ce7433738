import { createHash } from 'node:crypto';

/** The files of an exercise, by path inside its folder, with `/` between steps. */
export type Files = ReadonlyMap<string, Buffer>;

/**
 * SHA-256 over the sorted file names and their bytes, each with its length in front, so that no
 * two folders share a digest by running into each other. Hexadecimal.
 */
export function digestOf(files: Files): string {
  const hash = createHash('sha256');
  for (const [name, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${Buffer.byteLength(name)}:${name}${bytes.length}:`).update(bytes);
  }
  return hash.digest('hex');
}
