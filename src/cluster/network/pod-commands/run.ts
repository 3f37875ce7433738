import type { Cluster } from '../../cluster.ts';
import { openShell } from './container.ts';
import { type CommandResult, fail, ok, type PodShell } from './pod-command.ts';
import { podCommands } from './registry.ts';
import {
  type Pipeline,
  readShellLine,
  ShellSyntaxError,
  type SimpleCommand,
  unquote,
} from './shell-syntax.ts';

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
  if (isShell(name)) return runShell(shell, name, args);
  return runProgram(shell, name, args) ?? notExecutable(name);
}

const isShell = (name: string): boolean =>
  ['sh', 'bash', 'ash', '/bin/sh', '/bin/bash', '/bin/ash'].includes(name);

/** The words of the container runtime for a program that is not in the image. */
const notExecutable = (name: string): CommandResult =>
  fail(
    127,
    `OCI runtime exec failed: exec failed: unable to start container process: exec: "${name}": executable file not found in $PATH: unknown\n`,
  );

/** Undefined when the container has no such program. */
function runProgram(
  shell: PodShell,
  path: string,
  args: readonly string[],
): CommandResult | undefined {
  const command = podCommands.get(path.replace(/^(\/usr)?(\/local)?\/s?bin\//, ''));
  const partOf = command?.partOf;
  if (!command || shell.tools.size === 0) return undefined;
  if (partOf && !partOf.some((tool) => shell.tools.has(tool))) return undefined;
  return command.run(shell, args);
}

function runShell(shell: PodShell, name: string, args: readonly string[]): CommandResult {
  const hasBash = shell.tools.has('glibc');
  if (shell.tools.size === 0 || (/bash/.test(name) && !hasBash)) return notExecutable(name);
  const command = args.findIndex((word) => /^-\w*c$/.test(word));
  const line = command === -1 ? shell.input : (args[command + 1] ?? '');
  return runLine(shell, line);
}

function runLine(start: PodShell, line: string): CommandResult {
  let result = ok();
  let shell = start;
  try {
    for (const pipeline of readShellLine(line)) {
      if (isSkipped(pipeline, result.exit)) continue;
      shell = { ...shell, lastExit: result.exit };
      const assigned = assignments(shell, pipeline);
      if (assigned) {
        shell = { ...shell, environment: new Map([...shell.environment, ...assigned]) };
        continue;
      }
      if (pipeline.commands[0]?.words[0] === 'exit') return leave(pipeline, result);
      const { exit, stdout, stderr } = runPipeline(shell, pipeline);
      result = { exit, stdout: result.stdout + stdout, stderr: result.stderr + stderr };
    }
    return result;
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    const words = `sh: syntax error: unexpected "${error.message}"\n`;
    return { exit: 2, stdout: result.stdout, stderr: result.stderr + words };
  }
}

const expanded = (shell: PodShell, word: string): string =>
  unquote(word, (name) =>
    name === '?' ? String(shell.lastExit) : (shell.environment.get(name) ?? ''),
  );

const isSkipped = ({ after }: Pipeline, exit: number): boolean =>
  (after === '&&' && exit !== 0) || (after === '||' && exit === 0);

/** `NAME=value` alone on a line. */
function assignments(
  shell: PodShell,
  { commands }: Pipeline,
): readonly (readonly [string, string])[] | undefined {
  const words = commands.length === 1 ? (commands[0]?.words ?? []) : [];
  const pairs = words.map((word) => /^([A-Za-z_]\w*)=(.*)$/s.exec(word));
  if (words.length === 0 || pairs.includes(null)) return undefined;
  return pairs.map((pair) => [pair?.[1] ?? '', expanded(shell, pair?.[2] ?? '')] as const);
}

function leave({ commands }: Pipeline, result: CommandResult): CommandResult {
  const code = commands[0]?.words[1];
  return { ...result, exit: code === undefined ? result.exit : Number(code) % 256 || 0 };
}

function runPipeline(shell: PodShell, { commands }: Pipeline): CommandResult {
  let result: CommandResult = ok(shell.input);
  let stderr = '';
  for (const command of commands) {
    result = runSimple({ ...shell, input: result.stdout }, command);
    stderr += result.stderr;
  }
  return { ...result, stderr };
}

function runSimple(shell: PodShell, command: SimpleCommand): CommandResult {
  const [name = '', ...args] = command.words.map((word) => expanded(shell, word));
  const result = isShell(name)
    ? runShell(shell, name, args)
    : (runProgram(shell, name, args) ?? fail(127, notFound(shell, name)));
  const to = (where: 'out' | 'err'): string =>
    (command.stdout === where ? result.stdout : '') +
    (command.stderr === where ? result.stderr : '');
  return { exit: result.exit, stdout: to('out'), stderr: to('err') };
}

/** As busybox says it; Debian's dash counts lines. */
const notFound = (shell: PodShell, name: string): string =>
  `sh: ${shell.tools.has('busybox') ? '' : '1: '}${name}: not found\n`;
