import { type Command, KubectlError } from '../command.ts';
import type { CommandGroup, Found } from '../parse/find-command.ts';
import { groups } from './groups.ts';
import { commands } from './registry.ts';

/**
 * What kubectl says where the words end at a group: the help with exit code 1, or that it does not
 * know the word that follows (kubectl cmdutil.DefaultSubCommandRun). Without any word at all it is
 * the help of kubectl itself, exit code 0.
 */
export function groupHelp(found: Found): { readonly text: string; readonly exit: number } {
  const words = found.rest.filter((word) => !word.startsWith('-'));
  const asked = found.rest.some((word) => word === '-h' || word === '--help');
  if (found.group && words.length > 0 && !asked) throw unknownWords(words, found.commandPath);
  return {
    text: found.group ? subcommandHelp(found) : overview(),
    exit: found.group && !asked ? 1 : 0,
  };
}

/** The help of one command: its sentence and its flags. */
export function commandHelp(command: Command, commandPath: string): string {
  const options = command.flags.map(
    ({ name, short, summary }) =>
      `    ${short ? `-${short}, ` : ''}--${name}:\n        ${summary}\n`,
  );
  const list = options.length > 0 ? `Options:\n${options.join('\n')}\n` : '';
  return `${command.summary}\n\n${list}Usage:\n  ${commandPath} [flags] [options]\n\nUse "kubectl options" for a list of global command-line options (applies to all commands).\n`;
}

const unknownWords = (words: readonly string[], path: string): KubectlError =>
  new KubectlError(
    `error: unknown command ${JSON.stringify(words.join(' '))}\nSee '${path} -h' for help and examples`,
  );

function subcommandHelp({ group, commandPath }: Found): string {
  const path = group?.path ?? [];
  const rows = listed(path);
  const aliases = group?.aliases?.length
    ? `Aliases:\n${[path.at(-1), ...group.aliases].join(', ')}\n\n`
    : '';
  return `${group ? longText(group) : ''}

${aliases}Available Commands:
${rows}
Usage:
  ${commandPath} ${group?.usage ?? '[flags] [options]'}

Use "${commandPath} <command> --help" for more information about a given command.
Use "kubectl options" for a list of global command-line options (applies to all commands).
`;
}

const longText = ({ summary, gap = '\n\n', more = [] }: CommandGroup): string =>
  more.length > 0 ? `${summary}${gap}${more.join('\n\n')}` : summary;

const overview = (): string => `kubectl controls the Kubernetes cluster manager.

Available Commands:
${listed([])}
Usage:
  kubectl [flags] [options]

Use "kubectl <command> --help" for more information about a given command.
Use "kubectl options" for a list of global command-line options (applies to all commands).
`;

/** The commands right below a path, sorted, names padded as kubectl's templater pads them. */
function listed(path: readonly string[]): string {
  const below = [...commands, ...groups]
    .filter((entry) => entry.path.length === path.length + 1)
    .filter((entry) => path.every((word, index) => entry.path[index] === word))
    .filter((entry) => path.length > 0 || !('offered' in entry))
    .map((entry) => ({ name: entry.path.at(-1) ?? '', summary: entry.summary }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const width = Math.max(11, ...below.map(({ name }) => name.length)) + 2;
  return below
    .map(({ name, summary }) => `  ${name.padEnd(width)} ${summary.replace(/\.$/, '')}\n`)
    .join('');
}
