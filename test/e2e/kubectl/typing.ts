import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type KubectlVersion, kubectlPath } from '../../../scripts/install-kubectl.ts';
import type { Printed, Terminal } from './terminal.ts';

/** Keys to press once the terminal shows a text that was not there before. */
export type Keystroke = readonly [awaited: string | RegExp, keys: string];

const script = '/usr/bin/script';

/**
 * Types into kubectl on a pseudo terminal, which util-linux's `script` gives: waits for each text
 * before pressing the keys that belong to it. What is printed is all that the terminal was sent.
 */
export async function typeInto(
  terminal: Terminal,
  args: readonly string[],
  keystrokes: readonly Keystroke[],
  version: KubectlVersion = '1.35',
): Promise<Printed> {
  if (!existsSync(script)) throw new Error(`a terminal needs ${script} (util-linux)`);
  const words = [kubectlPath(version), ...args].map((word) => `'${word}'`).join(' ');
  const line = `stty cols 80 rows 24; exec ${words}`;
  const env = {
    PATH: process.env.PATH,
    HOME: terminal.folder,
    KUBECONFIG: `${terminal.folder}/.kubeconfig`,
    TERM: 'xterm',
  };
  const child = spawn(script, ['-qefc', line, '/dev/null'], {
    cwd: terminal.folder,
    env,
    timeout: 60_000,
  });
  let printed = '';
  let looked = 0;
  const waiting = [...keystrokes];
  const press = () => {
    const [next] = waiting;
    if (!next) return;
    const [awaited, keys] = next;
    const rest = printed.slice(looked);
    const at = typeof awaited === 'string' ? rest.indexOf(awaited) : rest.search(awaited);
    if (at < 0) return;
    looked = printed.length;
    waiting.shift();
    child.stdin.write(keys);
  };
  child.stdin.on('error', () => undefined);
  child.stdout.setEncoding('utf8').on('data', (text) => {
    printed += text;
    press();
  });
  child.stderr.resume();
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const missed = waiting.map(([awaited]) => String(awaited)).join(', ');
      if (missed !== '') reject(new Error(`never saw ${missed} in ${JSON.stringify(printed)}`));
      else resolve({ exit: code ?? -1, stdout: printed.replaceAll('\r\n', '\n'), stderr: '' });
    });
  });
}
