import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const startMs = 30_000;

/** The real program in a process of its own. */
export interface RealProcess {
  readonly child: ChildProcess;
  /** What it printed so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves with the address of the banner; rejects when it ends before. */
  listening(): Promise<string>;
  /** Resolves with the exit code, or the signal that ended it. */
  ended(): Promise<number | NodeJS.Signals | null>;
}

/** `entry` is a file of src: main.ts or cli.ts. */
export function startProcess(
  entry: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): RealProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', `src/${entry}`, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal);
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended: () => ended,
    listening: () =>
      listening(
        child,
        () => stdout,
        ended,
        () => stderr,
      ),
  };
}

async function listening(
  child: ChildProcess,
  stdout: () => string,
  ended: Promise<unknown>,
  stderr: () => string,
): Promise<string> {
  const deadline = Date.now() + startMs;
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (Date.now() < deadline && !over) {
    const found = /listens on (http:\S+)\n/.exec(stdout());
    if (found?.[1] && stdout().endsWith('\n')) return found[1];
    await new Promise((later) => setTimeout(later, 20));
  }
  child.kill('SIGKILL');
  throw new Error(`it did not listen: ${stdout()}${stderr()}`);
}
