import type { Command, Flag } from './command.ts';
import { globalFlags } from './parse/global-flags.ts';

const head = `# kubectl

The commands of kubectl 1.35 that can be typed in a lab, with the flags that are read. Any other command or flag is
refused in kubectl's own words; a flag marked *not offered here* is known but says so plainly. Lines are split into
words as a POSIX shell does, but there is no shell: no pipes, no redirection, no variables.

This page is written by \`npx tsx scripts/write-kubectl-docs.ts\` from the registry of commands.

`;

/** The text of docs/kubectl.md: every command of the registry with its flags. */
export function kubectlPage(commands: readonly Command[]): string {
  const sorted = [...commands].sort((a, b) => (titleOf(a) < titleOf(b) ? -1 : 1));
  const offered = sorted.filter((command) => command.offered !== false);
  const others = sorted.filter((command) => command.offered === false);
  const sections = offered.map((command) => `${section(command)}\n`).join('\n');
  return `${head}${sections}\n## Flags of every command\n\n${flagList(globalFlags)}\n## Not offered here\n\n${others.map((command) => `- \`${titleOf(command)}\`\n`).join('')}`;
}

const titleOf = ({ path }: Command): string => `kubectl ${path.join(' ')}`;

function section(command: Command): string {
  const aliases = command.aliases?.length
    ? ` Also: ${command.aliases.map((alias) => `\`${alias}\``).join(', ')}.`
    : '';
  const list = command.flags.length > 0 ? `\n\n${flagList(command.flags)}` : '\n';
  return `## ${titleOf(command)}\n\n${command.summary.replace(/\.?$/, '.')}${aliases}${list}`.trimEnd();
}

const flagList = (flags: readonly Flag[]): string =>
  flags.map((flag) => `- ${flagText(flag)}: ${flag.summary}\n`).join('');

function flagText({ name, short, kind, bare, default: standard }: Flag): string {
  const value = bare === undefined || kind !== 'bool' ? `=${kind.toUpperCase()}` : '';
  const worth = standard && !(kind === 'bool' && standard === 'false') ? ` (${standard})` : '';
  return `${short ? `\`-${short}\`, ` : ''}\`--${name}${value}\`${worth}`;
}
