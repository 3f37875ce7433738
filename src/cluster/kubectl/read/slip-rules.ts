import type { SourceText } from './source-text.ts';

/** What a rule may look at to tell which slip made a text unreadable. */
export interface Slip {
  /** What go-yaml says, without its line. */
  readonly problem: string;
  readonly source: SourceText;
  /** Where the reader gave up, and where the construct began that it could not finish. */
  readonly at: number;
  readonly context: number;
  readonly line: number;
}

/** Where the slip itself is, and what to say of it. */
export interface Diagnosis {
  readonly code: string;
  readonly start: number;
  readonly end: number;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

type Rule = (slip: Slip) => Diagnosis | undefined;

/** As much of a line as slips are looked for in: a longer one was typed by nobody. */
const beginning = (source: SourceText, line: number): string => source.line(line).slice(0, 300);

/** A whole line by number as a diagnosis, without the white space around it. */
function wholeLine(source: SourceText, line: number, code: string): Diagnosis {
  const text = source.line(line);
  const start = source.lineStart(line) + (text.length - text.trimStart().length);
  return { code, start, end: start + text.trim().length };
}

/** The line that a reader would call the one before: the last above with something on it. */
function lineAbove(source: SourceText, line: number): number {
  for (let above = line - 1; above > 0; above -= 1) {
    if (!/^\s*(#.*)?$/.test(source.line(above))) return above;
  }
  return 0;
}

const mentions =
  (...words: readonly string[]) =>
  ({ problem }: Slip): boolean =>
    words.some((word) => problem.includes(word));

const keyWithoutSpace = /^(\s*(?:- +)*[A-Za-z][\w./-]*):(?=[^\s:/])/;
const keyWithoutColon = /^\s*(?:- +)*[A-Za-z][\w./-]*(?:\s*=\s*\S*| \S+)?\s*$/;

/** From the surest sign to the vaguest: the first that applies is what a reader is told. */
export const slipRules: readonly Rule[] = [
  tab,
  fence,
  nonBreakingSpace,
  controlCharacter,
  unclosedQuote,
  template,
  flow,
  strayComma,
  missingSpace,
  dashWithoutSpace,
  secondColon,
  blockIndentation,
  missingColon,
  misplacedDash,
  unevenIndentation,
  indentation,
  reservedCharacter,
  plain('yaml-unknown-anchor', mentions('unknown anchor')),
  plain('yaml-bad-key', mentions('map key')),
  plain('yaml-merge', mentions('map merge')),
  plain('yaml-not-json', mentions('unsupported value')),
  plain('yaml-bad-escape', mentions('escape', 'hexdecimal')),
  plain('yaml-directive', mentions('directive', '<document start>', 'incompatible YAML')),
  plain('yaml-bad-json', mentions('invalid character', 'unexpected EOF')),
];

function plain(code: string, applies: (slip: Slip) => boolean): Rule {
  return (slip) => {
    if (!applies(slip)) return undefined;
    const { at, problem } = slip;
    return { code, start: at, end: at + 1, parameters: { problem } };
  };
}

function tab({ source, at, line, problem }: Slip): Diagnosis | undefined {
  const lines = problem.includes('tab') ? [line] : [line, line - 1];
  if (source.text.charAt(at) === '\t') return { code: 'yaml-tab', start: at, end: at + 1 };
  for (const number of lines) {
    const indent = /^ *\t/.exec(source.line(number));
    if (!indent) continue;
    const start = source.lineStart(number) + indent[0].length - 1;
    return { code: 'yaml-tab', start, end: start + 1 };
  }
  return undefined;
}

function fence({ source, line }: Slip): Diagnosis | undefined {
  for (const number of [line, line - 1]) {
    if (/^\s*(```|~~~)/.test(beginning(source, number))) {
      return wholeLine(source, number, 'yaml-markdown-fence');
    }
  }
  return undefined;
}

function nonBreakingSpace({ source, line, context }: Slip): Diagnosis | undefined {
  for (let number = source.position(context).line; number <= line; number += 1) {
    const indent = /^ *[\u00a0\u2000-\u200b\u3000]/.exec(source.line(number));
    if (!indent) continue;
    const start = source.lineStart(number) + indent[0].length - 1;
    return { code: 'yaml-odd-space', start, end: start + 1 };
  }
  return undefined;
}

function controlCharacter({ problem, source, at }: Slip): Diagnosis | undefined {
  if (!problem.includes('control characters')) return undefined;
  const character = `U+${(source.text.charCodeAt(at) || 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return { code: 'yaml-control-character', start: at, end: at + 1, parameters: { character } };
}

function unclosedQuote({ problem, context, source }: Slip): Diagnosis | undefined {
  if (!/end of stream|document indicator/.test(problem)) return undefined;
  const quote = source.text.charAt(context);
  const { line } = source.position(context);
  const end = source.lineStart(line) + source.line(line).length;
  return { code: 'yaml-unclosed-quote', start: context, end, parameters: { quote } };
}

function template({ source, line, problem }: Slip): Diagnosis | undefined {
  const at = source.line(line).indexOf('{{');
  if (at < 0 || !/map key|expected/.test(problem)) return undefined;
  const start = source.lineStart(line) + at;
  return {
    code: 'yaml-template',
    start,
    end: start + source.line(line).slice(at).trimEnd().length,
  };
}

function flow({ problem, context, at, source }: Slip): Diagnosis | undefined {
  if (!/expected (',' or|node content)/.test(problem)) return undefined;
  const open = source.text.charAt(context);
  if (open !== '{' && open !== '[') return { code: 'yaml-nothing-there', start: at, end: at + 1 };
  const close = open === '{' ? '}' : ']';
  return { code: 'yaml-bad-flow', start: context, end: context + 1, parameters: { open, close } };
}

/** `metadata:,`: a comma as JSON has it. */
function strayComma({ problem, source, line, context }: Slip): Diagnosis | undefined {
  if (!/expected ':'|mapping values/.test(problem)) return undefined;
  for (const number of [source.position(context).line, lineAbove(source, line)]) {
    if (/^[^'"{[]*:,\s*$/.test(beginning(source, number))) {
      return wholeLine(source, number, 'yaml-stray-comma');
    }
  }
  return undefined;
}

/** `kind:Service`: here, or on the line above, where what it spoils shows later. */
function missingSpace({ problem, source, line, context }: Slip): Diagnosis | undefined {
  if (!/expected ':'|mapping values|expected key|'-' indicator/.test(problem)) return undefined;
  for (const number of [source.position(context).line, line, lineAbove(source, line)]) {
    const found = keyWithoutSpace.exec(beginning(source, number));
    if (!found?.[1]) continue;
    const key = found[1].replace(/^[\s-]*/, '');
    return { ...wholeLine(source, number, 'yaml-missing-space'), parameters: { key } };
  }
  return undefined;
}

/** `selector: app: web` on one line. */
function secondColon({ problem, source, line }: Slip): Diagnosis | undefined {
  if (!problem.includes('mapping values')) return undefined;
  return /^\s*(?:- +)*[^\s'"#][^'"#]*?:\s+\S[^'"#]*?:(\s|$)/.test(beginning(source, line))
    ? wholeLine(source, line, 'yaml-two-keys-on-a-line')
    : undefined;
}

/** `apiVersion v1`: a line in a mapping that has no colon. */
function missingColon({ problem, source, line, context }: Slip): Diagnosis | undefined {
  if (!/expected ':'|mapping values/.test(problem)) return undefined;
  for (const number of [source.position(context).line, lineAbove(source, line)]) {
    if (number > 0 && keyWithoutColon.test(beginning(source, number))) {
      return wholeLine(source, number, 'yaml-missing-colon');
    }
  }
  return undefined;
}

function misplacedDash({ problem, source, line }: Slip): Diagnosis | undefined {
  return problem.includes('block sequence entries')
    ? wholeLine(source, line, 'yaml-misplaced-dash')
    : undefined;
}

/** `-port: 80`: taken for a key that begins with a dash. */
function dashWithoutSpace({ problem, source, line }: Slip): Diagnosis | undefined {
  if (!/mapping values|expected/.test(problem)) return undefined;
  for (const number of [line, lineAbove(source, line)]) {
    if (/^\s*-[A-Za-z][\w.-]*:/.test(beginning(source, number))) {
      return wholeLine(source, number, 'yaml-missing-space-after-dash');
    }
  }
  return undefined;
}

/** The text of a `|` block that is not indented more than its key. */
function blockIndentation({ problem, source, context }: Slip): Diagnosis | undefined {
  if (!problem.includes("expected ':'")) return undefined;
  const { line } = source.position(context);
  return /:\s+[|>][-+0-9]*\s*$/.test(source.line(lineAbove(source, line)))
    ? wholeLine(source, line, 'yaml-block-indentation')
    : undefined;
}

/** A mapping or list whose lines do not all begin in the column of its first. */
function unevenIndentation({ problem, source, line, context }: Slip): Diagnosis | undefined {
  const open = source.position(context);
  if (!/expected key|'-' indicator/.test(problem) || open.line === line) return undefined;
  const found = wholeLine(source, line, 'yaml-uneven-indentation');
  return { ...found, parameters: { openLine: open.line, openColumn: open.column } };
}

function indentation({ problem, source, line }: Slip): Diagnosis | undefined {
  if (!/expected key|'-' indicator|mapping values|expected ':'/.test(problem)) return undefined;
  const above = lineAbove(source, line);
  return { ...wholeLine(source, line, 'yaml-indentation'), parameters: { above } };
}

function reservedCharacter({ problem, source, at }: Slip): Diagnosis | undefined {
  if (!/cannot start any token|mapping keys|alphabetic or numeric/.test(problem)) return undefined;
  const start = source.text.charAt(at).trim() === '' ? Math.max(at - 1, 0) : at;
  const character = source.text.charAt(start);
  return { code: 'yaml-reserved-character', start, end: start + 1, parameters: { character } };
}
