import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '../../grading/self-test/report.ts';
import type { Chosen } from './chosen.ts';

/**
 * Tries exercises on all cores, each in a process of its own: the engine is synchronous, and an
 * exercise knows nothing of another. The reports come in the order of the folders.
 */
export async function testAll(
  folders: readonly Chosen[],
  atOnce = availableParallelism(),
): Promise<readonly Report[]> {
  const reports: Report[] = [];
  const next = folders.entries();
  const count = Math.min(Math.max(1, atOnce), folders.length);
  const workers = Array.from({ length: count }, newWorker);
  try {
    await Promise.all(
      workers.map(async (worker) => {
        for (const [index, folder] of next) reports[index] = await reportOf(worker, folder);
      }),
    );
  } finally {
    for (const worker of workers) worker.kill();
  }
  return reports;
}

const isSource = import.meta.url.endsWith('.ts');
const root = fileURLToPath(new URL('../../..', import.meta.url));

/** From source, a process needs the loader of TypeScript. */
function newWorker(): ChildProcess {
  const file = new URL(isSource ? './test-worker.ts' : './test-worker.js', import.meta.url);
  return fork(fileURLToPath(file), { cwd: root, execArgv: isSource ? ['--import', 'tsx'] : [] });
}

function reportOf(worker: ChildProcess, { path, folder }: Chosen): Promise<Report> {
  return new Promise((fulfil, reject) => {
    const settled = () => {
      worker.off('message', told);
      worker.off('exit', ended);
    };
    const told = (report: unknown) => {
      settled();
      fulfil(report as Report);
    };
    const ended = (code: number | null) => {
      settled();
      reject(new Error(`${folder}: the process that tried it ended with ${code}`));
    };
    worker.once('message', told);
    worker.once('exit', ended);
    worker.send({ path: resolve(path), folder });
  });
}
