import { StringDecoder } from 'node:string_decoder';
import {
  promptOf,
  runSessionLine,
  type SessionStep,
  type ShellSession,
} from '../../cluster/network/pod-commands/shell-session.ts';
import { limits } from '../../limits.ts';
import type { Sandbox } from '../sandbox.ts';
import { splitKeys, type Typed, typeKey } from './line-editor.ts';
import { createLineHistory } from './line-history.ts';
import type { Process, Start } from './process.ts';
import { createTerminalScreen } from './terminal-screen.ts';

const historyLines = 200;
const bell = '\x07';

/** A shell on a terminal: this side echoes, edits the line and keeps the history. */
export function terminalShell({ sandbox, output }: Start, started: ShellSession): Process {
  const decoder = new StringDecoder();
  const history = createLineHistory(historyLines);
  let session = started;
  let rest = '';
  let over = false;

  const screen = createTerminalScreen(output.out);
  const { print, send, show } = screen;
  const leave = (code: number) => {
    over = true;
    send();
    output.exit(code);
  };
  const nextPrompt = () => screen.prompt(promptOf(sandbox.cluster(), session));
  const look = (steps: number) => {
    const found = history.look(steps, screen.line());
    if (found) show(found);
  };
  const enter = () => {
    const text = screen.line().text.join('');
    print('\n');
    history.add(text);
    const { result, session: after, ended } = runLine(sandbox, session, text);
    print(result.stdout + result.stderr);
    session = after;
    if (ended) leave(session.lastExit);
    else nextPrompt();
  };
  const acts: Readonly<Record<Exclude<Typed['kind'], 'edit'>, () => void>> = {
    enter,
    interrupt() {
      print('^C\n');
      session = { ...session, begun: '', lastExit: 128 + 2 };
      nextPrompt();
    },
    end() {
      print(session.program.endsWith('bash') ? 'exit\n' : '\n');
      leave(session.lastExit);
    },
    up: () => look(-1),
    down: () => look(1),
    clear() {
      print('\x1b[H\x1b[J');
      show(screen.line());
    },
    nothing: () => print(bell),
  };

  nextPrompt();
  send();
  return {
    input(bytes) {
      const { keys, rest: partial } = splitKeys(rest + decoder.write(bytes));
      rest = partial;
      for (const key of keys) {
        if (over) return;
        const typed = typeKey(screen.line(), key, limits.terminalLine);
        if (typed.kind === 'edit') show(typed.line);
        else acts[typed.kind]();
      }
      send();
    },
    inputEnded() {
      if (!over) leave(session.lastExit);
    },
    resized: screen.resized,
  };
}

/** Each line is a request of its own to the sandbox's quota. */
function runLine(sandbox: Sandbox, session: ShellSession, text: string): SessionStep {
  const refused = sandbox.quota.admit({ method: 'POST', bytes: Buffer.byteLength(text) });
  const stderr = `sh: ${String(refused?.body.message)}\n`;
  let step: SessionStep = { result: { exit: 1, stdout: '', stderr }, session, ended: false };
  if (refused) return step;
  sandbox.change((cluster) => {
    step = runSessionLine(cluster, session, text);
  });
  return step;
}
