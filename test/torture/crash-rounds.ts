import { startProcess } from '../support/process.ts';
import { databaseIsSound, type Kept, kept } from './kept.ts';
import {
  post,
  readUntilGone,
  type Sent,
  submit,
  submitUntilGone,
  type Target,
} from './workload.ts';

/** What a number of rounds amounted to. */
export interface CrashReport {
  readonly rounds: number;
  readonly acknowledged: number;
  /** Sent, but the process was killed before its answer arrived. */
  readonly unanswered: number;
  /** Of the unanswered, those that were on disk all the same. */
  readonly unansweredKept: number;
}

export interface CrashOptions {
  readonly dataDir: string;
  readonly rounds: number;
  readonly seed: number;
  /** Told after each round. */
  readonly onRound?: (round: number, sent: number) => void;
}

const token = 'torture-admin-token-of-32-characters-or-more';
const writers = 8;

/**
 * Kills the real process (SIGKILL) at a random moment under mixed load, starts it again, and holds
 * what is there against what was promised; over and over on one data folder. Throws at the first
 * promise that is broken.
 */
export async function crashRounds(options: CrashOptions): Promise<CrashReport> {
  const draw = seeded(options.seed);
  const all: Sent[] = [];
  const known = new Map<string, string>();
  let place: Pick<Target, 'course' | 'assignment'> | undefined;
  let unanswered = 0;
  let unansweredKept = 0;
  for (let round = 1; round <= options.rounds; round += 1) {
    const server = startProcess('main.ts', environment(options.dataDir));
    const address = await server.listening();
    place ??= await prepare(address);
    const target = { address, token, ...place };
    unansweredKept += round === 1 ? 0 : await completeAll(target, all, known);
    const sent: Sent[] = [];
    const load = [
      ...Array.from({ length: writers }, () => submitUntilGone(target, sent, draw)),
      readUntilGone(target),
    ];
    setTimeout(() => server.child.kill('SIGKILL'), 30 + draw() * 600);
    await Promise.all(load);
    await server.ended();
    databaseIsSound(options.dataDir);
    unanswered += sent.filter(({ id }) => id === undefined).length;
    all.push(...sent);
    options.onRound?.(round, all.length);
  }
  return {
    rounds: options.rounds,
    acknowledged: all.length - unanswered,
    unanswered,
    unansweredKept: unansweredKept + (await finish(options.dataDir, all, known, place)),
  };
}

async function finish(
  dataDir: string,
  all: Sent[],
  known: Map<string, string>,
  place: Pick<Target, 'course' | 'assignment'> | undefined,
): Promise<number> {
  if (place === undefined) return 0;
  const server = startProcess('main.ts', environment(dataDir));
  const target = { address: await server.listening(), token, ...place };
  const found = await completeAll(target, all, known);
  server.child.kill('SIGTERM');
  const code = await server.ended();
  if (code !== 0) throw new Error(`it did not end with grace: ${code} ${server.stderr()}`);
  return found;
}

/**
 * Every acknowledged answer is there once; one that got no answer is there at most once, and once
 * after it was sent again with its key. Answers how many of those had been kept all the same.
 */
async function completeAll(
  target: Target,
  all: Sent[],
  known: Map<string, string>,
): Promise<number> {
  const before = await kept(target, known);
  let found = 0;
  for (const sent of all.filter(({ id }) => id === undefined)) {
    const there = before.byMark.get(sent.mark) ?? [];
    if (there.length > 1) throw new Error(`${sent.key} was kept ${there.length} times`);
    found += there.length;
    const reply = await submit(target, sent);
    if (reply.status !== 201) throw new Error(`again ${sent.key}: ${reply.status} ${reply.text}`);
    sent.id = (JSON.parse(reply.text) as { id: string }).id;
    if (there.length === 1 && there[0] !== sent.id) throw new Error(`${sent.key} was made twice`);
  }
  holdAgainst(await kept(target, known), all);
  return found;
}

function holdAgainst(now: Kept, all: readonly Sent[]): void {
  for (const { mark, id } of all) {
    const there = now.byMark.get(mark) ?? [];
    if (there.length !== 1 || there[0] !== id) {
      throw new Error(`${mark}: acknowledged as ${id}, kept as ${there.join(', ') || 'nothing'}`);
    }
  }
  for (const [learner, grade] of now.points) {
    const best = Math.max(0, ...all.filter((one) => one.learner === learner).map((s) => s.points));
    if (grade !== best) throw new Error(`${learner} has ${grade} points and should have ${best}`);
  }
}

async function prepare(address: string): Promise<Pick<Target, 'course' | 'assignment'>> {
  const make = async (path: string, body: object) => {
    const reply = await post({ address, token }, path, JSON.stringify(body));
    if (reply.status !== 201) throw new Error(`${path}: ${reply.status} ${reply.text}`);
    return (JSON.parse(reply.text) as { id: string }).id;
  };
  const course = await make('/v1/courses', { title: 'Torture' });
  const exercise = { exercise: 'first-clusterip' };
  return { course, assignment: await make(`/v1/courses/${course}/assignments`, exercise) };
}

const environment = (dataDir: string): Record<string, string> => ({
  DATA_DIR: dataDir,
  PORT: '0',
  DEMO: 'off',
  ADMIN_TOKEN: token,
  RATE_LIMIT: 'off',
  LOG_LEVEL: 'error',
});

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
