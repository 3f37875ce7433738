import type { Cluster } from '../../cluster.ts';
import { openShell } from './container.ts';
import { type CommandResult, fail } from './pod-command.ts';
import { isShell, runProgram, runShell } from './shell.ts';

export type { CommandResult } from './pod-command.ts';

/** Where a command runs: the first container unless one is named. */
export interface PodPlace {
  readonly namespace: string;
  readonly pod: string;
  readonly container?: string;
}

/**
 * Runs a command in a container of a Pod that runs, as `kubectl exec` would, and says what it
 * prints. Only programs that the image brings, or that were installed, are found. What is
 * installed stays in the container: it is kept in the cluster's store.
 */
export function runInPod(
  cluster: Cluster,
  place: PodPlace,
  argv: readonly string[],
  input = '',
): CommandResult {
  const pod = cluster.store.get('pods', place.namespace, place.pod);
  if (!pod) return fail(1, `Error from server (NotFound): pods "${place.pod}" not found\n`);
  const shell = openShell(cluster, pod, place.container, input);
  const [name = '', ...args] = argv;
  const run = isShell(name) ? runShell : runProgram;
  return run(shell, name, args) ?? notExecutable(name);
}

/** The words of the container runtime for a program that is not in the image. */
const notExecutable = (name: string): CommandResult =>
  fail(
    127,
    `OCI runtime exec failed: exec failed: unable to start container process: exec: "${name}": executable file not found in $PATH: unknown\n`,
  );
