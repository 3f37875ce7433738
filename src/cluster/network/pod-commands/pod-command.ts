import type { Cluster } from '../../cluster.ts';
import type { ResourceTypes } from '../../objects.ts';
import type { Tool } from '../images.ts';
import type { ProbeSource } from '../probe.ts';

/** What a process leaves behind. */
export interface CommandResult {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a command runs, and what it finds there. */
export interface PodShell {
  readonly cluster: Cluster;
  readonly pod: ResourceTypes['pods'];
  readonly source: ProbeSource;
  /** What the container's image brings, and what was installed since. */
  readonly tools: ReadonlySet<Tool>;
  readonly environment: ReadonlyMap<string, string>;
  readonly input: string;
  /** The last exit code, `$?`. */
  readonly lastExit: number;
  /** What one run has done so far: each connection draws anew, and no line goes on for ever. */
  readonly done: { connections: number; commands: number };
  /** Adds a tool to the container, for this and later commands. */
  install(tools: readonly Tool[]): void;
}

/** One program: a file of its own and one line in the registry. */
export interface PodCommand {
  readonly names: readonly string[];
  /** The container has the program when it has one of these; every container with a shell if absent. */
  readonly partOf?: readonly Tool[];
  run(shell: PodShell, args: readonly string[]): CommandResult;
}

export const ok = (stdout = '', stderr = ''): CommandResult => ({ exit: 0, stdout, stderr });

export const fail = (exit: number, stderr: string, stdout = ''): CommandResult => ({
  exit,
  stdout,
  stderr,
});
