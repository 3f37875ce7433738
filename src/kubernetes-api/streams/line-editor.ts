/** What a person types, as characters, and where the cursor stands in it. */
export interface Line {
  readonly text: readonly string[];
  readonly at: number;
}

export const emptyLine: Line = { text: [], at: 0 };

/** What a key or a piece of text came to. */
export type Typed =
  | { readonly kind: 'edit'; readonly line: Line }
  | { readonly kind: 'enter' | 'interrupt' | 'end' | 'up' | 'down' | 'clear' | 'nothing' };

/** Keys that change the line, by what a terminal sends for them (those of GNU readline). */
const edits: Readonly<Record<string, (line: Line) => Line>> = {
  '\x7f': erase,
  '\b': erase,
  '\x01': (line) => ({ ...line, at: 0 }),
  '\x1b[H': (line) => ({ ...line, at: 0 }),
  '\x1bOH': (line) => ({ ...line, at: 0 }),
  '\x1b[1~': (line) => ({ ...line, at: 0 }),
  '\x05': toEnd,
  '\x1b[F': toEnd,
  '\x1bOF': toEnd,
  '\x1b[4~': toEnd,
  '\x02': left,
  '\x1b[D': left,
  '\x1bOD': left,
  '\x06': right,
  '\x1b[C': right,
  '\x1bOC': right,
  '\x1bb': (line) => ({ ...line, at: wordStart(line) }),
  '\x1b[1;5D': (line) => ({ ...line, at: wordStart(line) }),
  '\x1bf': (line) => ({ ...line, at: wordEnd(line) }),
  '\x1b[1;5C': (line) => ({ ...line, at: wordEnd(line) }),
  '\x1b[3~': (line) => without(line, line.at, line.at + 1),
  '\x0b': (line) => without(line, line.at, line.text.length),
  '\x15': (line) => without(line, 0, line.at),
  '\x17': (line) => without(line, wordStart(line), line.at),
};

const signals: Readonly<Record<string, Exclude<Typed['kind'], 'edit'>>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\r\n': 'enter',
  '\x03': 'interrupt',
  '\x0c': 'clear',
  '\x10': 'up',
  '\x1b[A': 'up',
  '\x1bOA': 'up',
  '\x0e': 'down',
  '\x1b[B': 'down',
  '\x1bOB': 'down',
};

/** One key's effect on a line of at most `most` characters. */
export function typeKey(line: Line, key: string, most: number): Typed {
  const signal = Object.hasOwn(signals, key) ? signals[key] : undefined;
  if (signal) return { kind: signal };
  const edit = Object.hasOwn(edits, key) ? edits[key] : undefined;
  if (edit) return { kind: 'edit', line: edit(line) };
  if (key === '\x04') {
    if (line.text.length === 0) return { kind: 'end' };
    return { kind: 'edit', line: without(line, line.at, line.at + 1) };
  }
  if (key < ' ' || line.text.length >= most) return { kind: 'nothing' };
  const text = [...line.text.slice(0, line.at), key, ...line.text.slice(line.at)];
  return { kind: 'edit', line: { text, at: line.at + 1 } };
}

const esc = '\x1b';

const wholeKey = new RegExp(
  `${esc}\\[[0-9;]*[A-Za-z~]|${esc}O[A-Z]|${esc}[^[O]|\r\n|[^${esc}]`,
  'suy',
);

/** Splits what came into keys; an escape sequence that is not whole yet is the rest. */
export function splitKeys(text: string): {
  readonly keys: readonly string[];
  readonly rest: string;
} {
  const keys: string[] = [];
  let at = 0;
  for (;;) {
    wholeKey.lastIndex = at;
    const [key] = wholeKey.exec(text) ?? [];
    if (key === undefined) break;
    keys.push(key);
    at += key.length;
  }
  const rest = text.slice(at);
  return rest.length > longestKey ? { keys, rest: '' } : { keys, rest };
}

/** What is longer is no key of any terminal. */
const longestKey = 16;

const without = ({ text, at }: Line, from: number, to: number): Line => ({
  text: [...text.slice(0, from), ...text.slice(to)],
  at: at <= from ? at : Math.max(from, at - (to - from)),
});

function erase(line: Line): Line {
  return line.at === 0 ? line : without(line, line.at - 1, line.at);
}

function toEnd({ text }: Line): Line {
  return { text, at: text.length };
}

function left({ text, at }: Line): Line {
  return { text, at: Math.max(0, at - 1) };
}

function right({ text, at }: Line): Line {
  return { text, at: Math.min(text.length, at + 1) };
}

function wordStart({ text, at }: Line): number {
  const before = text.slice(0, at).join('');
  return [...before.trimEnd().replace(/(?<!\S)\S+$/u, '')].length;
}

function wordEnd({ text, at }: Line): number {
  const word = /^\s*\S*/u.exec(text.slice(at).join(''))?.[0] ?? '';
  return at + [...word].length;
}
