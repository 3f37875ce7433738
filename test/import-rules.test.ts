import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { breachesIn, breachesOf } from '../scripts/import-rules.ts';

describe('the import rules', () => {
  it.each([
    [
      'the cluster imports grading',
      'cluster/kinds/a.ts',
      "import { x } from '../../grading/b.ts';",
    ],
    ['the cluster reads files', 'cluster/a.ts', "import { readFileSync } from 'node:fs';"],
    ['the cluster takes another package', 'cluster/a.ts', "import { z } from 'zod';"],
    [
      'controllers call kubectl',
      'cluster/controllers/a.ts',
      "import { r } from '../kubectl/run.ts';",
    ],
    ['gradebook calls the engine', 'gradebook/a.ts', "import { g } from '../grading/grader.ts';"],
    ['gradebook knows the store', 'gradebook/a.ts', "import type { S } from '../store/open.ts';"],
    ['http speaks SQL', 'http/routes/a.ts', "import { sql } from 'kysely';"],
    ['store answers HTTP', 'store/a.ts', "export { p } from '../http/problem.ts';"],
    ['exercise imports grading', 'exercise/a.ts', "const g = await import('../grading/grade.ts');"],
    ['a room that nobody declared', 'extras/a.ts', "import { c } from '../cluster/cluster.ts';"],
    ['a file outside src', 'http/a.ts', "import { t } from '../../test/t.ts';"],
  ])('refuse it when %s', (_name, file, text) => {
    expect(breachesOf(file, text)).toHaveLength(1);
  });

  it.each([
    ['grading imports the cluster', 'grading/a.ts', "import { c } from '../cluster/cluster.ts';"],
    ['gradebook takes types', 'gradebook/a.ts', "import type { V } from '../grading/verdict.ts';"],
    ['the cluster reads YAML', 'cluster/kubectl/read/a.ts', "import { parse } from 'yaml';"],
    ['main joins everything', 'main.ts', "import { open } from './store/open.ts';"],
  ])('allow it when %s', (_name, file, text) => {
    expect(breachesOf(file, text)).toEqual([]);
  });

  it('hold for the whole source tree', () => {
    expect(breachesIn(fileURLToPath(new URL('../src', import.meta.url)))).toEqual([]);
  });
});
