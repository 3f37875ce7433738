import { StringDecoder } from 'node:string_decoder';
import {
  promptOf,
  runSessionLine,
  type ShellSession,
} from '../../cluster/network/pod-commands/shell-session.ts';
import { limits } from '../../limits.ts';
import { redraw } from './line-display.ts';
import { emptyLine, type Line, splitKeys, type Typed, typeKey } from './line-editor.ts';
import type { Process, Start } from './process.ts';

const usualColumns = 80;
/** What is said to be narrower is no terminal that tells its size. */
const fewestColumns = 8;
const historyLines = 200;
const bell = '\x07';

/** A shell on a terminal: this side echoes, edits the line and keeps the history. */
export function terminalShell({ sandbox, output }: Start, started: ShellSession): Process {
  const decoder = new StringDecoder();
  const history: string[] = [];
  let session = started;
  let columns = usualColumns;
  let line: Line = emptyLine;
  /** Where in the history the line stands; its length is the line that is being typed. */
  let shown = 0;
  let draft: Line = emptyLine;
  let rest = '';
  let over = false;
  let prompt = '';
  let unsent = '';

  const print = (text: string) => {
    unsent += text;
  };
  const send = () => {
    if (unsent !== '') output.out(unsent);
    unsent = '';
  };
  const show = (after: Line) => {
    print(redraw(line, after, prompt, columns));
    line = after;
  };
  const leave = (code: number) => {
    over = true;
    send();
    output.exit(code);
  };
  const nextPrompt = () => {
    line = emptyLine;
    shown = history.length;
    prompt = promptOf(sandbox.cluster(), session);
    print(prompt);
  };
  const look = (step: number) => {
    const next = shown + step;
    if (next < 0 || next > history.length) return;
    if (shown === history.length) draft = line;
    shown = next;
    const text = [...(history[next] ?? '')];
    show(next === history.length ? draft : { text, at: text.length });
  };
  const enter = () => {
    const text = line.text.join('');
    print('\n');
    if (text.trim() !== '' && text !== history.at(-1)) history.push(text);
    if (history.length > historyLines) history.shift();
    const ended = run(text);
    if (ended) leave(session.lastExit);
    else nextPrompt();
  };
  const run = (text: string): boolean => {
    const refused = sandbox.quota.admit({ method: 'POST', bytes: Buffer.byteLength(text) });
    if (refused) {
      print(`sh: ${String(refused.body.message)}\n`);
      return false;
    }
    let ended = false;
    sandbox.change((cluster) => {
      const step = runSessionLine(cluster, session, text);
      print(step.result.stdout + step.result.stderr);
      ({ session, ended } = step);
    });
    return ended;
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
      show(line);
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
        const typed = typeKey(line, key, limits.terminalLine);
        if (typed.kind === 'edit') show(typed.line);
        else acts[typed.kind]();
      }
      send();
    },
    inputEnded() {
      if (!over) leave(session.lastExit);
    },
    resized(wide) {
      columns = wide < fewestColumns ? usualColumns : wide;
    },
  };
}
