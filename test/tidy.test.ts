import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

function sources(folder: string): readonly { file: string; text: string }[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file: file.slice(root.length), text: readFileSync(file, 'utf8') }));
}

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');

describe('the source keeps its own rules', () => {
  it('the simulated cluster has no clock, no chance and no process', () => {
    const impure =
      /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.|\bprocess\.(env|hrtime|pid|cwd|stdout|stderr|memoryUsage)\b|\bset(Timeout|Interval|Immediate)\b|\brandom(UUID|Bytes|Int)\b|\bawait\b|\basync\b/;
    const wrong = [...sources('src/cluster'), ...sources('src/grading')].filter(({ text }) =>
      impure.test(withoutComments(text)),
    );
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });

  it('no file grows beyond what one idea needs', () => {
    const longest = 350;
    const long = sources('src').filter(({ text }) => text.split('\n').length > longest);
    expect(long.map(({ file }) => file)).toEqual([]);
  });

  it('nothing is left for later', () => {
    const unfinished = /\b(TODO|FIXME|XXX|HACK)\b|@ts-(ignore|expect-error)|\bas any[;)\],.]/;
    const wrong = sources('src').filter(({ text }) => unfinished.test(text));
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });

  it('migrations are numbered without a gap', () => {
    const names = readdirSync(join(root, 'migrations')).filter((name) => name.endsWith('.sql'));
    const numbers = names.sort().map((name) => Number(name.slice(0, 4)));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });
});
