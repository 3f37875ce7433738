import type { PartAnswer } from '../../grading/verdict.ts';

export type Parameters = Readonly<Record<string, string | number | boolean>>;

/** What of an answer is compared with others. */
export interface Features {
  readonly text: string;
  readonly parameters: Parameters;
  /** Without comments, blanks and indentation. */
  readonly plain: string;
  /** The same with the learner's own dealt names taken out. */
  readonly mapped: string;
  /** Runs of words of `plain` and `mapped`. */
  readonly runs: ReadonlySet<string>;
  readonly comments: ReadonlySet<string>;
  /** Lines with blanks that nothing asks for. */
  readonly oddLines: ReadonlySet<string>;
}

/** Words of a run: longer ones find only what was copied whole. */
const runLength = 6;
/** A comment shorter than this many letters says nothing. */
const shortestComment = 6;

/** What a learner wrote; undefined for what is picked from a list. */
export function writtenText(answer: PartAnswer): string | undefined {
  if ('manifest' in answer) return answer.manifest;
  if ('commands' in answer) return answer.commands.join('\n');
  return 'text' in answer ? answer.text : undefined;
}

export function featuresOf(text: string, parameters: Parameters): Features {
  const lines = text.split(/\r?\n/);
  const bare = lines.map(withoutComment);
  const plain = plainOf(bare);
  const mapped = plainOf([takeNamesOut(bare.join('\n'), parameters)]);
  return {
    ...{ text, parameters, plain, mapped },
    runs: new Set([...runsOf(plain), ...runsOf(mapped)]),
    comments: new Set(lines.map(commentOf).filter((one) => letters(one) >= shortestComment)),
    oddLines: new Set(lines.filter(isOdd)),
  };
}

/** Whether the text holds that name or number as a word of its own. */
export function holds(text: string, name: string): boolean {
  return wordPattern(name).test(text);
}

/** YAML and shells begin a comment with # at the start or after a blank. */
const comment = /(?:^|\s)#([^\n]*)/;

const withoutComment = (line: string): string => line.replace(comment, '');

const commentOf = (line: string): string =>
  (comment.exec(line)?.[1] ?? '').trim().toLowerCase().replace(/\s+/g, ' ');

const letters = (text: string): number => text.replace(/[^\p{L}]/gu, '').length;

const words = /[\p{L}\p{N}_./{}-]+|[^\s\p{L}\p{N}]/gu;

const plainOf = (lines: readonly string[]): string =>
  (lines.join('\n').replace(/["']/g, '').match(words) ?? []).join(' ');

function runsOf(plain: string): readonly string[] {
  const all = plain.split(' ');
  if (all.length <= runLength) return plain === '' ? [] : [plain];
  return Array.from({ length: all.length - runLength + 1 }, (_, index) =>
    all.slice(index, index + runLength).join(' '),
  );
}

/** Blanks at the end, tabs, doubled blanks between words, an indentation that is odd. */
function isOdd(line: string): boolean {
  if (line.trim() === '') return line !== '';
  const body = line.trimStart();
  const indent = line.length - body.length;
  return /\s$/.test(line) || line.includes('\t') || /\S {2,}\S/.test(body) || indent % 2 === 1;
}

/** Longest names first, so that none is taken for a part of another. */
function takeNamesOut(text: string, parameters: Parameters): string {
  const names = Object.entries(parameters)
    .map(([key, value]) => [key, String(value)] as const)
    .filter(([, value]) => value.length >= 2)
    .sort(([, a], [, b]) => b.length - a.length);
  return names.reduce((all, [key, value]) => all.replace(wordPattern(value), `{{${key}}}`), text);
}

const patterns = new Map<string, RegExp>();
const patternsKept = 2_000;

function wordPattern(name: string): RegExp {
  const known = patterns.get(name);
  if (known !== undefined) {
    known.lastIndex = 0;
    return known;
  }
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'gu');
  if (patterns.size >= patternsKept) patterns.clear();
  patterns.set(name, pattern);
  return pattern;
}
