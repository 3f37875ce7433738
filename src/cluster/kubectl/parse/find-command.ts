import { type Command, type Flag, KubectlError } from '../command.ts';
import { type FlagSet, flagName, flagSet } from './flag-set.ts';
import { globalFlags } from './global-flags.ts';
import { suggestions } from './suggest.ts';

/** A word of the command line that only gathers commands: `create service`, `rollout`. */
export interface CommandGroup {
  readonly path: readonly string[];
  readonly aliases?: readonly string[];
  /** What `kubectl help` says of it. */
  readonly summary: string;
  /** The paragraphs that follow the summary in its help. */
  readonly more?: readonly string[];
  /** What stands between the summary and them; an empty line when absent. */
  readonly gap?: string;
  /** Whether its help goes to stdout even though a subcommand is missing. */
  readonly toStdout?: boolean;
  /** What its usage line shows behind the words; `[flags] [options]` when absent. */
  readonly usage?: string;
}

export interface Found {
  readonly command?: Command;
  /** Set where the words end at a group. */
  readonly group?: CommandGroup;
  /** The command's words as cobra prints them: `kubectl create service`. */
  readonly commandPath: string;
  /** All words but those that named the command. */
  readonly rest: readonly string[];
}

type Entry = Command | CommandGroup;
const globalSet = flagSet(globalFlags);

/**
 * Finds the command a line means, flags wherever they stand (cobra Command.Find). An unknown first
 * word is an error with cobra's suggestions; below a group it is left to the group.
 */
export function findCommand(
  words: readonly string[],
  commands: readonly Command[],
  groups: readonly CommandGroup[],
): Found {
  const entries: readonly Entry[] = [...commands, ...groups];
  let entry: Entry | undefined;
  let rest = words;
  for (;;) {
    const at = firstArgument(rest, entry && 'flags' in entry ? flagSetOf(entry) : globalSet);
    if (at < 0) break;
    const word = rest[at] ?? '';
    const next = childOf(entry, word, entries);
    if (!next) {
      if (!entry) throw unknownCommand(word, entries);
      break;
    }
    entry = next;
    rest = [...rest.slice(0, at), ...rest.slice(at + 1)];
  }
  const commandPath = ['kubectl', ...(entry?.path ?? [])].join(' ');
  if (entry && 'run' in entry) return { command: entry, commandPath, rest };
  return { ...(entry && { group: entry }), commandPath, rest };
}

/** The flags a command understands: its own, then the global ones. */
export const flagSetOf = (entry: { readonly flags?: readonly Flag[] }): FlagSet =>
  flagSet([...(entry.flags ?? []), ...globalFlags]);

function childOf(entry: Entry | undefined, word: string, entries: readonly Entry[]) {
  const depth = entry?.path.length ?? 0;
  return entries.find(
    (candidate) =>
      candidate.path.length === depth + 1 &&
      (entry?.path ?? []).every((name, index) => candidate.path[index] === name) &&
      (candidate.path[depth] === word || candidate.aliases?.includes(word)),
  );
}

/** The index of the first word that is neither a flag nor a flag's value (cobra stripFlags). */
function firstArgument(words: readonly string[], set: FlagSet): number {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') return -1;
    if (takesNextWord(word, set)) at += 1;
    else if (word !== '' && !word.startsWith('-')) return at;
  }
  return -1;
}

function takesNextWord(word: string, set: FlagSet): boolean {
  if (word.includes('=')) return false;
  if (word.startsWith('--')) return set.byName.get(flagName(word.slice(2)))?.bare === undefined;
  return /^-.$/.test(word) && set.byLetter.get(word.slice(1))?.bare === undefined;
}

function unknownCommand(word: string, entries: readonly Entry[]): KubectlError {
  const names = [...new Set(entries.map((entry) => entry.path[0] ?? ''))];
  const meant = suggestions(word, names);
  const hint = meant.length
    ? `\n\nDid you mean this?\n${meant.map((name) => `\t${name}`).join('\n')}`
    : '';
  return new KubectlError(`error: unknown command ${JSON.stringify(word)} for "kubectl"${hint}`);
}
