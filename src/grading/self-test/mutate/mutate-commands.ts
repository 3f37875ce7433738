import { isObject, type JsonObject } from '../../../cluster/json.ts';
import { splitWords } from '../../../cluster/kubectl/parse/split-words.ts';
import { type Edit, edited, otherThan, type Path, pathText } from './edit.ts';
import type { Mutant } from './mutate-manifest.ts';

/**
 * Every mechanical change of command lines that a mistake could make: a line left out, a flag left
 * out, a name or value that is another, a JSON patch with one field changed.
 */
export function mutantsOfCommands(lines: readonly string[]): readonly Mutant<readonly string[]>[] {
  return lines.flatMap((line, index) => {
    const left = { mutation: `line ${index + 1} dropped`, answer: lines.toSpliced(index, 1) };
    const words = wordsOf(line);
    if (words[0] !== 'kubectl') return [];
    const inside = words.flatMap((word, at) =>
      at < 2 ? [] : changesOf(word, at).map((change) => ({ ...change, at })),
    );
    return [
      ...(lines.length > 1 ? [left] : []),
      ...inside.map(({ what, words: put, at }) => ({
        mutation: `line ${index + 1}: ${what}`,
        answer: lines.with(
          index,
          words
            .toSpliced(at, 1, ...put)
            .map(quoted)
            .join(' '),
        ),
      })),
    ];
  });
}

const wordsOf = (line: string): readonly string[] => splitWords(line.trim().replace(/^\$\s+/, ''));

interface Change {
  readonly what: string;
  /** What stands in the place of the word; none where it is dropped. */
  readonly words: readonly string[];
}

function changesOf(word: string, at: number): Change[] {
  if (word === '--') return [];
  const [, flag, value] = /^(--?[a-z][a-z-]*)(?:=(.*))?$/s.exec(word) ?? [];
  if (flag === undefined) return valueChanges(word, `word ${at + 1}`);
  const without = { what: `${flag} dropped`, words: [] };
  if (value === undefined) return [without];
  const others = valueChanges(value, flag);
  return [
    without,
    ...others.map((each) => ({ ...each, words: each.words.map((one) => `${flag}=${one}`) })),
  ];
}

function valueChanges(value: string, name: string): Change[] {
  const patch = jsonIn(value);
  if (patch !== undefined) {
    return leaves(patch).flatMap((path) =>
      [changedAt(patch, path), { mutation: 'dropped', path, value: undefined }].map((edit) => ({
        what: `${name}: ${pathText(path)} ${edit.mutation}`,
        words: [textOf(patch, edit)],
      })),
    );
  }
  const number = /^\d+$/.test(value);
  const words = [number ? String(Number(value) + 1) : `${value}x`];
  return [{ what: `${name} changed`, words }];
}

type Patch = JsonObject | readonly JsonObject[];

function jsonIn(text: string): Patch | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Paths of all scalars; a list of operations is looked through as a mapping by index. */
function leaves(value: unknown, path: Path = []): Path[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => leaves(each, [...path, index]));
  if (!isObject(value as JsonObject)) return [path];
  return Object.entries(value as JsonObject).flatMap(([key, each]) => leaves(each, [...path, key]));
}

function changedAt(patch: Patch, path: Path): Edit {
  const value = path.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], patch);
  return { mutation: 'changed', path, value: otherThan(value as string) };
}

function textOf(patch: Patch, edit: Edit): string {
  const text = edited({ patch } as JsonObject, { ...edit, path: ['patch', ...edit.path] });
  return text.slice('{"patch":'.length, -1);
}

const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
