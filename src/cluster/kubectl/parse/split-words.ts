type Reader = (text: string, at: number) => { readonly value: string; readonly next: number };

/** The words of a line, and why no shell would run it as one kubectl command, if none would. */
export interface ReadLine {
  readonly words: string[];
  /** In our words, for stderr. */
  readonly problem?: string;
}

/**
 * Splits a command line into words as a POSIX shell does (quotes, backslashes, comments), without
 * a shell: nothing is expanded. Any line has words: an operator such as `|` is a word like another,
 * a quote that is not closed ends with the line. Linear in the length of the line.
 */
export const splitWords = (line: string): string[] => readLine(line).words;

/** The same, and what a shell would have made of it: callers that can speak to a person say so. */
export function readLine(line: string): ReadLine {
  const words: string[] = [];
  let problem: string | undefined;
  let word: string | undefined;
  let at = 0;
  while (at < line.length) {
    const character = line.charAt(at);
    if (isBlank(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      at += 1;
      continue;
    }
    if (character === '#' && word === undefined) {
      at = endOfLine(line, at);
      continue;
    }
    if (operators.includes(character)) problem ??= operatorProblem(character);
    const { value, next } = (readers[character] ?? plain)(line, at);
    if (next > line.length) problem ??= `error: the command line ends inside a ${character} quote`;
    word = (word ?? '') + value;
    at = next;
  }
  if (word !== undefined) words.push(word);
  return { words, ...(problem !== undefined && { problem }) };
}

const operators = '|;&<>`';

const operatorProblem = (character: string): string =>
  `error: there is no shell here: "${character}" would be the shell's; quote it, or give kubectl's own words only`;

const isBlank = (character: string): boolean =>
  character === ' ' || character === '\t' || character === '\n' || character === '\r';

function endOfLine(line: string, from: number): number {
  const end = line.indexOf('\n', from);
  return end < 0 ? line.length : end;
}

const plain: Reader = (text, at) => ({ value: text.charAt(at), next: at + 1 });

const readers: Readonly<Record<string, Reader>> = {
  "'": (text, at) => {
    const end = text.indexOf("'", at + 1);
    if (end < 0) return { value: text.slice(at + 1), next: text.length + 1 };
    return { value: text.slice(at + 1, end), next: end + 1 };
  },
  '"': readDoubleQuoted,
  '\\': (text, at) => {
    if (at + 1 >= text.length) return { value: '\\', next: at + 1 };
    const escaped = text.charAt(at + 1);
    return { value: escaped === '\n' ? '' : escaped, next: at + 2 };
  },
};

/** Between double quotes a backslash escapes only `$`, a backtick, `"`, itself and a line end. */
function readDoubleQuoted(text: string, at: number): { value: string; next: number } {
  const parts: string[] = [];
  let position = at + 1;
  while (position < text.length) {
    const character = text.charAt(position);
    if (character === '"') return { value: parts.join(''), next: position + 1 };
    const escaped = character === '\\' ? text.charAt(position + 1) : '';
    if (escaped !== '' && '$`"\\\n'.includes(escaped)) {
      if (escaped !== '\n') parts.push(escaped);
      position += 2;
    } else {
      parts.push(character);
      position += 1;
    }
  }
  return { value: parts.join(''), next: text.length + 1 };
}
