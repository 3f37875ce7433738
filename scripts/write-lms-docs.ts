import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/*
 * Writes the examples of docs/lms-integration.md from the programs in examples/lms, which the tests
 * run; a test holds the two together. Between `<!-- example: lms.ts#roster -->` and
 * `<!-- /example -->` stands what is between `#region roster` and `#endregion` in that file.
 */

const languages: Readonly<Record<string, string>> = { sh: 'bash', ts: 'ts', py: 'python' };

const example = /<!-- example: (?<file>[\w.]+)#(?<region>\w+) -->\n[\s\S]*?<!-- \/example -->/g;

/** The page with every example as its file has it now. Throws when a region is missing. */
export function withExamples(page: string, read: (file: string) => string): string {
  return page.replace(example, (_whole, file: string, region: string) => {
    const language = languages[file.split('.').at(-1) ?? ''] ?? '';
    const code = regionOf(read(file), region);
    if (code === undefined) throw new Error(`${file} has no region ${region}`);
    const fence = ['```'.concat(language), code, '```'].join('\n');
    return `<!-- example: ${file}#${region} -->\n${fence}\n<!-- /example -->`;
  });
}

function regionOf(text: string, region: string): string | undefined {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.trim().endsWith(`#region ${region}`));
  const to = lines.findIndex((line, index) => index > from && line.trim().endsWith('#endregion'));
  if (from < 0 || to < 0) return undefined;
  return lines
    .slice(from + 1, to)
    .join('\n')
    .trim();
}

export const pageFile = new URL('../docs/lms-integration.md', import.meta.url);
export const readExample = (file: string): string =>
  readFileSync(new URL(`../examples/lms/${file}`, import.meta.url), 'utf8');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(pageFile, withExamples(readFileSync(pageFile, 'utf8'), readExample));
}
