import { type Flag, KubectlError, type Parsed } from '../command.ts';
import { splitList, valueProblem } from './flag-values.ts';

/** The flags of one command by name and by letter, as pflag keeps them. */
export interface FlagSet {
  readonly byName: ReadonlyMap<string, Flag>;
  readonly byLetter: ReadonlyMap<string, Flag>;
}

/** Of two flags with one name the first counts: a command's own before the global one. */
export function flagSet(flags: readonly Flag[]): FlagSet {
  const byName = new Map<string, Flag>();
  const byLetter = new Map<string, Flag>();
  for (const flag of flags) {
    if (byName.has(flag.name)) continue;
    byName.set(flag.name, flag);
    if (flag.short && !byLetter.has(flag.short)) byLetter.set(flag.short, flag);
  }
  return { byName, byLetter };
}

/** kubectl takes `--dry_run` for `--dry-run` (component-base cli/flag WordSepNormalizeFunc). */
export const flagName = (written: string): string => written.replaceAll('_', '-');

/**
 * Reads a command's words by pflag's grammar: `--name value`, `--name=value`, `-n value`,
 * `-nvalue`, `-n=value`, `-abc` for several bare letters, `--` for the end of flags. Flags and
 * arguments may stand in any order. Throws KubectlError with pflag's words.
 */
export function parseFlags(words: readonly string[], set: FlagSet, commandPath: string): Parsed {
  const reading: Reading = { words, at: 0, set, values: new Map(), fail: failure(commandPath) };
  const positionals: string[] = [];
  let afterDash: readonly string[] | undefined;
  while (reading.at < words.length) {
    const word = words[reading.at] ?? '';
    reading.at += 1;
    if (word === '--') {
      afterDash = words.slice(reading.at);
      break;
    }
    if (word.length < 2 || !word.startsWith('-')) positionals.push(word);
    else if (word.startsWith('--')) readLong(reading, word);
    else readLetters(reading, word.slice(1));
  }
  return parsed(positionals, afterDash, reading);
}

interface Reading {
  readonly words: readonly string[];
  at: number;
  readonly set: FlagSet;
  readonly values: Map<string, string[]>;
  fail(text: string): KubectlError;
}

const failure = (commandPath: string) => (text: string) =>
  new KubectlError(`error: ${text}\nSee '${commandPath} --help' for usage.`);

function readLong(reading: Reading, word: string): void {
  const body = word.slice(2);
  if (body.startsWith('-') || body.startsWith('=')) throw reading.fail(`bad flag syntax: ${word}`);
  const equals = body.indexOf('=');
  const name = flagName(equals < 0 ? body : body.slice(0, equals));
  const flag = reading.set.byName.get(name);
  if (!flag) throw reading.fail(`unknown flag: --${name}`);
  const value =
    equals >= 0
      ? body.slice(equals + 1)
      : (flag.bare ?? nextWord(reading, `flag needs an argument: --${name}`));
  take(reading, flag, value);
}

function readLetters(reading: Reading, letters: string): void {
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters.charAt(at);
    const flag = reading.set.byLetter.get(letter);
    if (!flag) {
      throw reading.fail(`unknown shorthand flag: '${letter}' in -${letters.slice(at)}`);
    }
    const value = letterValue(reading, flag, letters, at);
    take(reading, flag, value.text);
    if (value.ends) break;
  }
}

/** A letter's value: the rest of its word (`-ojson`, `-o=json`), the next word, or its bare worth. */
function letterValue(reading: Reading, flag: Flag, letters: string, at: number) {
  const rest = letters.slice(at + 1);
  if (rest.length > 1 && rest.startsWith('=')) return { text: rest.slice(1), ends: true };
  if (flag.bare !== undefined) return { text: flag.bare, ends: false };
  const missing = `flag needs an argument: '${letters.charAt(at)}' in -${letters.slice(at)}`;
  return { text: rest || nextWord(reading, missing), ends: true };
}

function nextWord(reading: Reading, missing: string): string {
  const word = reading.words[reading.at];
  if (word === undefined) throw reading.fail(missing);
  reading.at += 1;
  return word;
}

function take(reading: Reading, flag: Flag, value: string): void {
  const problem = valueProblem(flag, value);
  if (problem !== undefined) {
    const shown = flag.short ? `-${flag.short}, --${flag.name}` : `--${flag.name}`;
    throw reading.fail(`invalid argument ${JSON.stringify(value)} for "${shown}" flag: ${problem}`);
  }
  const values = reading.values.get(flag.name) ?? [];
  reading.values.set(flag.name, [
    ...values,
    ...(flag.kind === 'list' ? splitList(value) : [value]),
  ]);
}

function parsed(
  positionals: readonly string[],
  afterDash: readonly string[] | undefined,
  { values, set }: Reading,
): Parsed {
  const defaultOf = (name: string) => set.byName.get(name)?.default;
  return {
    positionals,
    ...(afterDash && { afterDash }),
    flag: (name) => values.get(name)?.at(-1) ?? defaultOf(name),
    flags: (name) => values.get(name) ?? splitList(defaultOf(name) ?? ''),
    changed: (name) => values.has(name),
  };
}
