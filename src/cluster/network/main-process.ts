import type { Container } from 'kubernetes-types/core/v1.js';
import { processListens } from './container-process.ts';
import { entryForImage } from './images.ts';
import { podCommands } from './pod-commands/registry.ts';
import { isShell } from './pod-commands/shell.ts';
import { isInteractiveShell } from './pod-commands/shell-session.ts';
import { type Pipeline, readShellLine, ShellSyntaxError } from './pod-commands/shell-syntax.ts';

/**
 * What the main process of a container is to somebody who attaches to it: a shell to type into, a
 * command whose output can be told, or one that works on and prints nothing that is known.
 */
export type MainProcess =
  | { readonly kind: 'shell'; readonly program: string }
  | { readonly kind: 'command'; readonly words: readonly string[] }
  | { readonly kind: 'works-on' };

const worksOn: MainProcess = { kind: 'works-on' };

export function mainProcessOf({
  image = '',
  command = [],
  args = [],
  stdin,
}: Container): MainProcess {
  const words = [...command, ...args];
  const shell = words.length === 0 ? entryForImage(shellsOfImages, image) : words[0];
  if (shell !== undefined && isInteractiveShell([shell, ...words.slice(1)])) {
    return stdin ? { kind: 'shell', program: shell } : worksOn;
  }
  const isHeld = words.length === 0 || processListens(image, command, args) !== undefined;
  return isHeld || !canBeTold(words) ? worksOn : { kind: 'command', words };
}

/** Images that start a shell by themselves (hub.docker.com/_/alpine and so on). */
const shellsOfImages: Readonly<Record<string, string>> = {
  alpine: 'sh',
  busybox: 'sh',
  debian: 'bash',
  ubuntu: 'bash',
  'nicolaka/netshoot': 'sh',
  'radial/busyboxplus': 'sh',
};

/** Whether all programs of a command line are among those that run in a Pod here. */
function canBeTold([name = '', ...args]: readonly string[]): boolean {
  if (!isShell(name)) return podCommands.has(name.replace(/^.*\//, '')) || name === 'exit';
  const flag = args.findIndex((word) => /^-\w*c$/.test(word));
  if (flag === -1) return false;
  try {
    return readShellLine(args[flag + 1] ?? '').every(isTold);
  } catch (error) {
    if (error instanceof ShellSyntaxError) return false;
    throw error;
  }
}

const isTold = ({ commands }: Pipeline): boolean =>
  commands.every((each) =>
    each.kind === 'loop' ? each.body.every(isTold) : isOwnWord(each.words) || canBeTold(each.words),
  );

/** Words of the shell itself: variables, its folder. */
const isOwnWord = ([name = '']: readonly string[]): boolean =>
  /^[A-Za-z_]\w*=/.test(name) || ['cd', 'export', 'unset'].includes(name);
