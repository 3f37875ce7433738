import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A regular expression of the source, and the file it stands in. */
export interface FoundExpression {
  readonly where: string;
  readonly pattern: string;
  readonly flags: string;
}

/** As it is written. */
export const nameOf = ({ pattern, flags }: Pick<FoundExpression, 'pattern' | 'flags'>): string =>
  `/${pattern}/${flags}`;

/** A literal, where one may stand. */
const literal =
  /(?:^|[=(,:!&|?[{;]|=>|\breturn)\s*\/(?![*/])((?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)(?=[\s.,;)\]])/gm;

/** All of them, by reading src. */
export function regularExpressions(): readonly FoundExpression[] {
  const source = fileURLToPath(new URL('../../src', import.meta.url));
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((file) => {
      const code = readFileSync(file, 'utf8').replace(/^\s*(\*|\/\/).*$/gm, '');
      return [...code.matchAll(literal)].map(([, pattern = '', flags = '']) => ({
        ...{ where: file.slice(source.length + 1), pattern, flags },
      }));
    });
}
