import { limits } from '../../../limits.ts';
import { withoutTrailing } from '../../without-trailing.ts';
import { changeFolder } from './files.ts';
import { type CommandResult, fail, ok, type PodShell } from './pod-command.ts';
import { podCommands } from './registry.ts';
import {
  type Loop,
  type Pipeline,
  readShellLine,
  ShellSyntaxError,
  type SimpleCommand,
} from './shell-syntax.ts';
import { type Expansion, expandWord, unquote } from './shell-words.ts';

export const isShell = (name: string): boolean =>
  /^(?:\/(?:usr\/)?bin\/)?(?:sh|bash|ash|dash)$/.test(name);

/** Undefined when the container has no such program. */
export function runProgram(
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

/** `sh -c LINE`, or the lines on its standard input. Undefined when the container has no shell. */
export function runShell(
  shell: PodShell,
  name: string,
  args: readonly string[],
): CommandResult | undefined {
  if (!hasShell(shell, name)) return undefined;
  const flag = args.findIndex((word) => /^-\w*c$/.test(word));
  const line = flag === -1 ? shell.input : (args[flag + 1] ?? '');
  try {
    return runList(shell, readShellLine(line)).result;
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    return fail(2, `sh: syntax error: unexpected "${error.message}"\n`);
  }
}

/** Whether the container has that shell: every image with any program has `sh`, few have bash. */
export const hasShell = ({ tools }: PodShell, name: string): boolean =>
  tools.size > 0 && (!name.endsWith('bash') || tools.has('glibc') || tools.has('bash'));

/** Programs one line may run: a loop is a line, not a load test. */
const mostCommands = 500;

/** The exit code of a process that was ended from outside (128 + SIGKILL). */
const killed = 137;

/** What a list printed, whether `exit` ended it, and the variables it leaves behind. */
export interface ListResult {
  readonly result: CommandResult;
  readonly ended: boolean;
  readonly environment: ReadonlyMap<string, string>;
}

/** Runs what was read from a line, one program after the other. */
export function runList(start: PodShell, list: readonly Pipeline[]): ListResult {
  let result: CommandResult = { ...ok(), exit: start.lastExit };
  let shell = start;
  const left = (ended: boolean, exit = result.exit): ListResult => ({
    result: { ...result, exit },
    ended,
    environment: shell.environment,
  });
  for (const pipeline of list) {
    if (isSkipped(pipeline, result.exit)) continue;
    shell.done.commands += 1;
    if (shell.done.commands > mostCommands) return left(true, killed);
    shell = { ...shell, lastExit: result.exit };
    const words = wordsOf(pipeline);
    if (words[0] === 'exit') return left(true, exitCode(words[1], result.exit));
    const changed = ownWork(shell, words);
    if (changed) shell = { ...shell, environment: changed.environment };
    result = joined(result, changed?.result ?? runPipeline(shell, pipeline));
    if (result.stdout.length > limits.output) return left(true);
  }
  return left(false);
}

const joined = (before: CommandResult, next: CommandResult): CommandResult => ({
  exit: next.exit,
  stdout: before.stdout + next.stdout,
  stderr: before.stderr + next.stderr,
});

const isSkipped = ({ after }: Pipeline, exit: number): boolean =>
  (after === '&&' && exit !== 0) || (after === '||' && exit === 0);

const wordsOf = ({ commands }: Pipeline): readonly string[] => {
  const [only] = commands;
  return commands.length === 1 && only?.kind === 'simple' ? only.words : [];
};

/** The code of `exit N`; without a number that of the command before. */
const exitCode = (code: string | undefined, last: number): number =>
  code === undefined ? last : (Number(code) || 0) & 255;

/** What the shell does itself because it changes the shell: variables and its folder. */
function ownWork(
  shell: PodShell,
  words: readonly string[],
): { result: CommandResult; environment: ReadonlyMap<string, string> } | undefined {
  const [name, ...rest] = words;
  const set = (pairs: readonly (readonly [string, string])[], result = ok()) => ({
    result,
    environment: new Map([...shell.environment, ...pairs]),
  });
  if (name === 'export') return set(assignments(shell, rest) ?? []);
  if (name === 'unset') {
    const kept = [...shell.environment].filter(([variable]) => !rest.includes(variable));
    return { result: ok(), environment: new Map(kept) };
  }
  if (name === 'cd') {
    const [target] = rest.flatMap((word) => expandWord(word, expansionOf(shell)));
    const { folder, result } = changeFolder(shell, target);
    return set(folder === undefined ? [] : [['PWD', folder]], result);
  }
  const pairs = assignments(shell, words);
  return pairs && set(pairs, { ...ok(), exit: shell.lastExit });
}

/** `NAME=value` alone on a line. */
function assignments(
  shell: PodShell,
  words: readonly string[],
): readonly (readonly [string, string])[] | undefined {
  const pairs = words.map((word) => /^([A-Za-z_]\w*)=(.*)$/s.exec(word));
  if (words.length === 0 || pairs.includes(null)) return undefined;
  const expansion = expansionOf(shell);
  return pairs.map((pair) => [pair?.[1] ?? '', unquote(pair?.[2] ?? '', expansion)] as const);
}

const expansionOf = (shell: PodShell): Expansion => ({
  variable: (name) => (name === '?' ? String(shell.lastExit) : (shell.environment.get(name) ?? '')),
  substitute: (command) =>
    withoutTrailing(runList(shell, readShellLine(command)).result.stdout, '\n'),
});

function runPipeline(shell: PodShell, { commands }: Pipeline): CommandResult {
  let result: CommandResult = ok(shell.input);
  let stderr = '';
  for (const command of commands) {
    const own = { ...shell, input: result.stdout };
    result = command.kind === 'loop' ? runLoop(own, command) : runSimple(own, command);
    stderr += result.stderr;
  }
  return { ...result, stderr };
}

function runLoop(shell: PodShell, loop: Loop): CommandResult {
  const { variable, words, body } = loop;
  const expansion = expansionOf(shell);
  let result = ok();
  for (const value of words.flatMap((word) => expandWord(word, expansion))) {
    const environment = new Map([...shell.environment, [variable, value] as const]);
    const round = runList({ ...shell, environment }, body);
    result = joined(result, round.result);
    if (round.ended || result.stdout.length > limits.output) break;
  }
  return redirected(result, loop);
}

function runSimple(shell: PodShell, command: SimpleCommand): CommandResult {
  const expansion = expansionOf(shell);
  const [name, ...args] = command.words.flatMap((word) => expandWord(word, expansion));
  if (name === undefined) return ok();
  const run = isShell(name) ? runShell : runProgram;
  const result = run(shell, name, args) ?? fail(127, notFound(shell, name));
  return redirected(result, command);
}

function redirected(
  { exit, stdout, stderr }: CommandResult,
  where: Pick<SimpleCommand, 'stdout' | 'stderr'>,
): CommandResult {
  const to = (output: 'out' | 'err'): string =>
    (where.stdout === output ? stdout : '') + (where.stderr === output ? stderr : '');
  return { exit, stdout: to('out'), stderr: to('err') };
}

/** As busybox says it; Debian's dash counts lines. */
const notFound = (shell: PodShell, name: string): string =>
  `sh: ${shell.tools.has('busybox') ? '' : '1: '}${name}: not found\n`;
