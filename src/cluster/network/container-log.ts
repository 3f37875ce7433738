import type { Cluster } from '../cluster.ts';
import { forkCluster } from '../cluster.ts';
import type { ResourceTypes } from '../objects.ts';
import { openShell } from './pod-commands/container.ts';
import type { CommandResult } from './pod-commands/pod-command.ts';
import { isShell, runProgram, runShell } from './pod-commands/shell.ts';
import { startUpLines } from './start-up-lines.ts';

type Pod = ResourceTypes['pods'];
type Container = NonNullable<NonNullable<Pod['spec']>['containers']>[number];

/**
 * What a container has printed since it started, line by line: what its command prints where it is
 * one of those that can run in a Pod, else the start-up lines of a well-known image. A loop without
 * end is told by its first round. Of a program that is not known nothing is invented.
 */
export function containerLog(cluster: Cluster, pod: Pod, container: Container): readonly string[] {
  const { command = [], args = [] } = container;
  const words = [...command, ...args];
  const isOwnProgram = command.length === 0 && (args[0]?.startsWith('-') ?? true);
  if (!isOwnProgram) return linesOf(printed(cluster, pod, container.name, words));
  return hasCrashed(pod, container.name)
    ? [`fatal: ${container.name} could not start`]
    : startUpLines(container.image ?? '', cluster.settings.now);
}

/** In a copy of the cluster: what the command changes was changed when it ran. */
function printed(cluster: Cluster, pod: Pod, name: string, words: readonly string[]): string {
  const shell = openShell(forkCluster(cluster), pod, name, '');
  const [program = '', ...args] = words;
  const run = isShell(program) ? runShell : runProgram;
  const result = run(shell, program, args.map(oneRound));
  return result && !isOfTheSimulation(result) ? result.stdout + result.stderr : '';
}

/** `while true; do …` as a loop of one round. */
const oneRound = (script: string): string =>
  script.replace(/\b(?:while|until)\b[^;\n]{0,500}[;\n]\s{0,100}do\b/g, 'for round in 1; do');

/** A line that the simulated shell cannot read says nothing of what the real one would print. */
const isOfTheSimulation = ({ exit, stderr }: CommandResult): boolean =>
  exit === 2 && stderr.startsWith('sh: syntax error');

const linesOf = (text: string): readonly string[] =>
  text === '' ? [] : text.replace(/\n$/, '').split('\n');

function hasCrashed({ status }: Pod, name: string): boolean {
  const known = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])];
  const { state, lastState } = known.find((each) => each.name === name) ?? {};
  const ended = state?.terminated ?? (state?.running ? undefined : lastState?.terminated);
  return ended !== undefined && ended.exitCode !== 0;
}
