import type { WebSocket } from 'ws';
import type { Sandbox } from '../sandbox.ts';
import { type ClientInput, openChannels } from './channels.ts';
import { containerNotFound, exitStatus } from './exit-status.ts';
import type { Process, ProcessOutput, Start } from './process.ts';
import { type ContainerPlace, lifeOf, whenLifeEnds } from './running-container.ts';
import { isOn } from './stream-options.ts';

/** What runs on a WebSocket. */
export interface SocketProcess {
  readonly place: ContainerPlace;
  /** Which of stdin, stdout, stderr and tty the client asked for. */
  readonly query: URLSearchParams;
  start(start: Start): Process;
  /** Called before the client is told of the exit; its answer is the code the client gets. */
  exited?(code: number): number;
  /** The client went before the process ended. */
  abandoned?(): void;
}

/** The exit code of a process whose container was stopped (128 + SIGKILL). */
const killed = 137;

/** Starts a process whose streams are those of the WebSocket, and ends both together. */
export function runOnSocket(sandbox: Sandbox, webSocket: WebSocket, what: SocketProcess): void {
  const { place, query } = what;
  const tty = isOn(query, 'tty');
  const stdin = isOn(query, 'stdin');
  let over = false;
  let process: Process | undefined;
  let stopLooking: (() => void) | undefined;
  const leave = () => {
    over = true;
    stopLooking?.();
  };
  const client: ClientInput = {
    input: (bytes) => void (stdin && !over && process?.input(bytes)),
    inputEnded: () => void (!over && process?.inputEnded()),
    resized: (columns) => void (!over && process?.resized(columns)),
    left() {
      if (over) return;
      leave();
      what.abandoned?.();
    },
  };
  const channels = openChannels(webSocket, () => client);
  const output: ProcessOutput = {
    out: (text) => isOn(query, 'stdout') && channels.out(tty ? onTerminal(text) : text),
    err(text) {
      if (tty) output.out(text);
      else if (isOn(query, 'stderr')) channels.err(text);
    },
    exit(code) {
      if (over) return;
      leave();
      channels.finish(exitStatus(what.exited?.(code) ?? code));
    },
  };
  if (lifeOf(sandbox, place) === undefined) {
    leave();
    channels.finish(containerNotFound(place.container).body);
    return;
  }
  stopLooking = whenLifeEnds(sandbox, place, () => output.exit(killed));
  process = what.start({ sandbox, place, stdin, tty, output });
}

/** A terminal in raw mode needs both characters at a line's end. */
const onTerminal = (text: string): string => text.replace(/\r?\n/g, '\r\n');
