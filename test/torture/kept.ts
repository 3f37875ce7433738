import { createRequire } from 'node:module';
import { join } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { get, type Target } from './workload.ts';

/** What the product says it has kept. */
export interface Kept {
  /** By the mark in an answer's text, the ids of the submissions that hold it. */
  readonly byMark: ReadonlyMap<string, readonly string[]>;
  /** By the learner's own id, the points of the gradebook. */
  readonly points: ReadonlyMap<string, number>;
}

/**
 * Asked by the API alone, as any client would. `known` remembers the mark of each submission that
 * was read: submissions never change.
 */
export async function kept(target: Target, known: Map<string, string>): Promise<Kept> {
  const byMark = new Map<string, string[]>();
  const points = new Map<string, number>();
  for (const { id, externalId } of await items(target, 'enrolments')) {
    for (const submission of await items(target, 'submissions', `learner=${String(id)}`)) {
      const own = String(submission.id);
      const mark = known.get(own) ?? (await markOf(target, own));
      known.set(own, mark);
      byMark.set(mark, [...(byMark.get(mark) ?? []), own]);
    }
    const path = `/v1/courses/${target.course}/grades/${String(id)}/${target.assignment}`;
    const { grade } = JSON.parse((await get(target, path)).text) as Graded;
    points.set(String(externalId), grade.parts.find(({ part }) => part === 'service')?.points ?? 0);
  }
  return { byMark, points };
}

async function markOf(target: Target, submission: string): Promise<string> {
  const { text } = await get(target, `/v1/submissions/${submission}`);
  return /# ([0-9a-f-]{36})/.exec(text)?.[1] ?? 'none';
}

interface Graded {
  readonly grade: {
    readonly parts: readonly { readonly part: string; readonly points: number }[];
  };
}

type Item = Readonly<Record<string, unknown>>;

async function items(target: Target, list: string, query = ''): Promise<readonly Item[]> {
  const found: Item[] = [];
  let cursor = '';
  do {
    const path = `/v1/courses/${target.course}/${list}?limit=200&${query}${cursor}`;
    const reply = await get(target, path);
    if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${reply.text}`);
    const page = JSON.parse(reply.text) as { items: Item[]; next?: string };
    found.push(...page.items);
    cursor = page.next === undefined ? '' : `&cursor=${encodeURIComponent(page.next)}`;
  } while (cursor !== '');
  return found;
}

/** SQLite's own word on the file that a killed process left behind. */
export function databaseIsSound(dataDir: string): void {
  const database = openDatabase(dataDir);
  try {
    const found = database.pragma('integrity_check(5)', { simple: true });
    if (found !== 'ok') throw new Error(`integrity_check: ${String(found)}`);
    const strays = database.pragma('foreign_key_check') as readonly unknown[];
    if (strays.length > 0) throw new Error(`foreign_key_check: ${JSON.stringify(strays[0])}`);
  } finally {
    database.close();
  }
}

function openDatabase(dataDir: string): BetterSqlite3.Database {
  const name = Number(process.versions.napi) >= 10 ? 'better-sqlite3' : 'better-sqlite3-node20';
  const Database = createRequire(import.meta.url)(name) as typeof BetterSqlite3;
  return new Database(join(dataDir, 'service-lab.db'));
}
