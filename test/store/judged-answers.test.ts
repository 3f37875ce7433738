import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Finding } from '../../src/cluster/finding.ts';
import type { CheckResult, Grader, Verdict } from '../../src/grading/verdict.ts';
import { loadDriver } from '../../src/store/dialect.ts';
import { openStore } from '../../src/store/index.ts';
import { readMigrations } from '../../src/store/migrations.ts';
import { exercise, makeWorld } from '../gradebook/world.ts';
import { tempFolder } from './temp-folder.ts';

const finding = (code: string, severity: Finding['severity'] = 'error'): Finding => ({
  code,
  severity,
});

function check(name: string, outcome: CheckResult['outcome'], findings: Finding[]): CheckResult {
  return { check: name, outcome, points: outcome === 'passed' ? 4 : 0, maximum: 4, findings };
}

const verdicts: Readonly<Record<string, Partial<Verdict>>> = {
  right: {
    points: 8,
    checks: [check('b', 'passed', [finding('seen', 'info')]), check('a', 'passed', [])],
  },
  wrong: {
    points: 4,
    checks: [
      check('b', 'failed', [finding('z-code'), finding('a-code', 'warning')]),
      check('a', 'passed', [finding('not-told')]),
    ],
    findings: [finding('a-code'), finding('note', 'info')],
  },
  "it's": { outcome: 'rejected', findings: [finding('yaml-tab')] },
};

const grader: Grader = {
  engineVersion: 'e',
  grade: (_exercise, { answer }) => {
    const text = 'manifest' in answer ? answer.manifest : '';
    if (text === 'boom') throw new Error('broke');
    return {
      ...{ outcome: 'graded', points: 0, maximum: 8, awaitsMarking: false },
      ...{ checks: [], findings: [], transcript: '' },
      ...verdicts[text],
    };
  },
  check: () => {
    throw new Error('not asked');
  },
  dealOf: () => '',
  parametersOf: () => ({}),
};

const shown = `SELECT part, attempt, points, maximum, at, shape, signature
  FROM judged_answers JOIN verdict_shapes ON verdict_shapes.place = judged_answers.shape
  ORDER BY submission`.replace('shape,', 'verdict_shapes.shape,');

test('older verdicts leave the same rows as new ones do, and faults none', async () => {
  const file = join(tempFolder(), 'lab.db');
  const library = { list: () => [exercise], newest: () => exercise, find: () => exercise };
  const variantOf = (_key: unknown, seed: string) => seed.length;
  const store = openStore({ file });
  const { course } = makeWorld({ store, grader, library: { ...library, variantOf } });
  const { submit } = await course();
  for (const answer of ['right', 'wrong', "it's", 'boom', 'wrong', 'right']) await submit(answer);
  await store.close();

  const database = new (loadDriver(file))(file);
  try {
    const kept = database.prepare(shown).all();
    expect(kept).toHaveLength(5);
    expect(kept[1]).toMatchObject({
      attempt: 2,
      signature: '{"failed":["b"],"codes":["a-code","z-code"]}',
    });
    const lists = ['shape_checks', 'shape_findings'].map((table) => {
      const sql = `SELECT * FROM ${table} ORDER BY 1, 2`;
      return [sql, database.prepare(sql).all()] as const;
    });
    expect(lists.map(([, rows]) => rows.length)).toEqual([4, 3]);
    expect(database.prepare('SELECT DISTINCT variant FROM judged_answers').all()).toEqual([
      { variant: 64 },
    ]);
    undo(database);
    database.exec(readMigrations().find(({ name }) => name.includes('reports'))?.sql ?? '');
    expect(database.prepare(shown).all()).toEqual(kept);
    for (const [sql, rows] of lists) expect(database.prepare(sql).all()).toEqual(rows);
  } finally {
    database.close();
  }
});

/** Takes away what the migration made, so that it can make it anew of what is kept. */
function undo(database: InstanceType<ReturnType<typeof loadDriver>>): void {
  const made = database
    .prepare<[], { type: string; name: string }>(
      `SELECT type, name FROM sqlite_master WHERE name LIKE 'report\\_%' ESCAPE '\\'
        OR name IN ('extension_cells', 'override_cells', 'judged_answers', 'shape_findings',
          'shape_checks', 'verdict_shapes', 'grade_changes', 'risk_rules')
      ORDER BY type = 'table', name`,
    )
    .all();
  database.pragma('foreign_keys = OFF');
  for (const { type, name } of made) database.exec(`DROP ${type} ${name}`);
}
