import type { Cluster } from '../../cluster.ts';
import { hostnameOf } from '../names.ts';
import { openShell } from './container.ts';
import { type CommandResult, fail, ok, type PodShell } from './pod-command.ts';
import type { PodPlace } from './run.ts';
import { hasShell, isShell, type ListResult, runList } from './shell.ts';
import { readShellLine, ShellSyntaxError } from './shell-syntax.ts';

/** A shell that somebody types into: what it remembers from one line to the next. */
export interface ShellSession {
  readonly place: PodPlace;
  /** `sh`, `/bin/bash`. */
  readonly program: string;
  readonly environment: ReadonlyMap<string, string>;
  readonly lastExit: number;
  /** Connections made so far: each draws anew. */
  readonly connections: number;
  /** Lines that wait for the end of what they began: a loop, a quote. */
  readonly begun: string;
}

/** What a line did, and the session after it; `ended` when the shell is gone. */
export interface SessionStep {
  readonly result: CommandResult;
  readonly session: ShellSession;
  readonly ended: boolean;
}

/** Whether such a command line starts a shell that reads what to do: `sh`, `bash -i`, `sh -l`. */
export const isInteractiveShell = ([name = '', ...args]: readonly string[]): boolean =>
  isShell(name) && args.every((word) => /^-[il]+$|^--login$/.test(word));

/** Undefined where the Pod is gone, or its image brings no such shell. */
export function startSession(
  cluster: Cluster,
  place: PodPlace,
  program: string,
): ShellSession | undefined {
  const shell = shellAt(cluster, place);
  if (!shell || !hasShell(shell, program)) return undefined;
  const environment = new Map([...shell.environment, ['PWD', '/'] as const]);
  return { place, program, environment, lastExit: 0, connections: 0, begun: '' };
}

/** Runs one line that was typed into the session. */
export function runSessionLine(cluster: Cluster, session: ShellSession, line: string): SessionStep {
  const opened = shellAt(cluster, session.place);
  if (!opened) return { result: fail(137, ''), session, ended: true };
  const { environment, lastExit, connections, begun } = session;
  const shell = { ...opened, environment, lastExit, done: { connections, commands: 0 } };
  const text = begun === '' ? line : `${begun}\n${line}`;
  try {
    return stepOf(session, shell, runList(shell, readShellLine(text)));
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    if (awaitsMore(error.message)) {
      return { result: ok(), session: { ...session, begun: text }, ended: false };
    }
    const result = fail(2, `sh: syntax error: unexpected "${error.message}"\n`);
    return { result, session: { ...session, begun: '', lastExit: 2 }, ended: false };
  }
}

function stepOf(session: ShellSession, shell: PodShell, done: ListResult): SessionStep {
  const { result, ended, environment } = done;
  const { connections } = shell.done;
  const after = { ...session, environment, connections, lastExit: result.exit, begun: '' };
  return { result, session: after, ended };
}

/** An open quote or loop, or a line that ends in a backslash. */
const awaitsMore = (unexpected: string): boolean =>
  unexpected === 'end of file' || unexpected === "'" || unexpected === '"' || unexpected === '\\';

/** What the shell prints when it waits for a line. */
export function promptOf(cluster: Cluster, session: ShellSession): string {
  if (session.begun !== '') return '> ';
  const shell = shellAt(cluster, session.place);
  const folder = session.environment.get('PWD') ?? '/';
  const shown = folder === session.environment.get('HOME') ? '~' : folder;
  if (!shell || shell.tools.has('busybox')) return `${shown} # `;
  return session.program.endsWith('bash') ? `root@${hostnameOf(shell.pod)}:${shown}# ` : '# ';
}

function shellAt(cluster: Cluster, place: PodPlace): PodShell | undefined {
  const pod = cluster.store.get('pods', place.namespace, place.pod);
  return pod && openShell(cluster, pod, place.container, '');
}
