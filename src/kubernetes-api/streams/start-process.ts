import { StringDecoder } from 'node:string_decoder';
import { readsInput } from '../../cluster/network/pod-commands/reads-input.ts';
import { runInPod } from '../../cluster/network/pod-commands/run.ts';
import {
  runSessionLine,
  type ShellSession,
  startSession,
} from '../../cluster/network/pod-commands/shell-session.ts';
import { limits } from '../../limits.ts';
import type { Process, ProcessOutput, Start } from './process.ts';
import { terminalShell } from './terminal-shell.ts';

/** Runs a command to its end: at once, or when its input has ended if it reads that. */
export function startCommand(start: Start, words: readonly string[]): Process {
  const { sandbox, place, output } = start;
  const run = (input: string) => {
    let exit = 1;
    sandbox.change((cluster) => {
      const result = runInPod(cluster, place, words, input);
      output.out(result.stdout);
      output.err(result.stderr);
      exit = result.exit;
    });
    output.exit(exit);
  };
  if (!start.stdin || !readsInput(words)) {
    run('');
    return deaf;
  }
  return collected(output, start.tty, run);
}

/** A shell that is typed into, or that reads its lines from a pipe. */
export function startShell(start: Start, program: string): Process {
  const session = startSession(start.sandbox.cluster(), start.place, program);
  if (!session) return startCommand(start, [program]);
  return start.tty ? terminalShell(start, session) : pipedShell(start, session);
}

/** A process that prints nothing and reads nothing, until it is interrupted. */
export const worksOn = ({ tty, output }: Start): Process => ({
  ...deaf,
  input(bytes) {
    if (tty && bytes.includes(interrupt)) output.exit(128 + 2);
  },
});

const deaf: Process = { input: () => {}, inputEnded: () => {}, resized: () => {} };

/** Ctrl-C and Ctrl-D as a terminal sends them. */
const interrupt = 3;
const endOfInput = 4;

/** Gathers the input until it ends; on a terminal it is echoed. */
function collected(output: ProcessOutput, tty: boolean, run: (input: string) => void): Process {
  const parts: Buffer[] = [];
  let size = 0;
  const whole = () => Buffer.concat(parts).toString();
  return {
    ...deaf,
    input(bytes) {
      if (tty && bytes.includes(interrupt)) return output.exit(128 + 2);
      const end = tty ? bytes.indexOf(endOfInput) : -1;
      const taken = end === -1 ? bytes : bytes.subarray(0, end);
      size += taken.length;
      if (size > limits.streamInputBytes) return tooMuch(output);
      parts.push(tty ? asLines(taken) : taken);
      if (tty) output.out(asLines(taken).toString());
      if (end !== -1) run(whole());
    },
    inputEnded: () => run(whole()),
  };
}

const asLines = (bytes: Buffer): Buffer => Buffer.from(bytes.toString().replace(/\r/g, '\n'));

function tooMuch(output: ProcessOutput): void {
  output.err(`the lab reads ${limits.streamInputBytes} bytes of input at most\n`);
  output.exit(1);
}

/** Lines one script may run: a pipe is a script, not a load test. */
const scriptLines = 500;

/** The exit code of a process that was ended from outside (128 + SIGKILL). */
const killed = 137;

/** A script that comes line by line; a shell without a terminal prompts for nothing. */
function pipedShell({ sandbox, place, output }: Start, started: ShellSession): Process {
  const decoder = new StringDecoder();
  let session = started;
  let rest = '';
  let size = 0;
  let over = false;
  let lines = 0;
  const runLine = (line: string) => {
    lines += 1;
    if (lines > scriptLines) return leave(killed);
    let ended = false;
    sandbox.change((cluster) => {
      const step = runSessionLine(cluster, session, line);
      output.out(step.result.stdout);
      output.err(step.result.stderr);
      ({ session, ended } = step);
    });
    if (ended) leave(session.lastExit);
  };
  const leave = (code: number) => {
    over = true;
    output.exit(code);
  };
  return {
    ...deaf,
    input(bytes) {
      size += bytes.length;
      if (size > limits.streamInputBytes) return tooMuch(output);
      const whole = (rest + decoder.write(bytes)).split('\n');
      rest = whole.pop() ?? '';
      for (const line of whole) if (!over) runLine(line);
    },
    inputEnded() {
      if (!over && rest !== '') runLine(rest);
      if (over) return;
      const { begun, lastExit } = session;
      if (begun !== '')
        output.err(`${place.container}: sh: syntax error: unexpected end of file\n`);
      leave(begun === '' ? lastExit : 2);
    },
  };
}
