type Output = 'out' | 'err' | 'nowhere';

/** One program with its words as they were written, and where its two outputs go. */
export interface SimpleCommand {
  readonly kind: 'simple';
  readonly words: readonly string[];
  readonly stdout: Output;
  readonly stderr: Output;
}

/** `for NAME in WORDS; do …; done`. */
export interface Loop {
  readonly kind: 'loop';
  readonly variable: string;
  readonly words: readonly string[];
  readonly body: readonly Pipeline[];
  readonly stdout: Output;
  readonly stderr: Output;
}

/** Programs joined by `|`, and the operator that stands before them. */
export interface Pipeline {
  readonly after: ';' | '&&' | '||';
  readonly commands: readonly (SimpleCommand | Loop)[];
}

type Token = { readonly word: string } | { readonly operator: string };

/** A line that the shell of the lab does not read; the message is what it did not expect. */
export class ShellSyntaxError extends Error {}

/**
 * Reads the part of POSIX sh that fits a line: quotes, `&&`, `||`, `;`, `|`, `for` loops, and
 * redirection to /dev/null or to each other.
 */
export function readShellLine(line: string): readonly Pipeline[] {
  return readList(tokenize(line));
}

const pattern =
  /[^\S\n]*(?:#[^\n]*|(\n|;|&&|\|\||\||\d?>&\d|&>|\d?>>?|[<&()`])|((?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|\$\([^()]*\)|[^\s;&|<>()`'"\\])+)|(.))/gs;

function tokenize(line: string): Token[] {
  const tokens: Token[] = [];
  for (const [, operator, word, other] of line.trim().replaceAll('\\\n', '').matchAll(pattern)) {
    if (other !== undefined || ['<', '&', '(', ')', '`'].includes(operator ?? '')) {
      throw new ShellSyntaxError(other ?? operator);
    }
    if (operator !== undefined) tokens.push({ operator });
    if (word !== undefined) tokens.push({ word });
  }
  return tokens;
}

const wordOf = (token: Token | undefined): string | undefined =>
  token && 'word' in token ? token.word : undefined;

/** The operator that ends a pipeline here, a line end being a `;`. */
function separatorOf(token: Token | undefined): Pipeline['after'] | undefined {
  if (!token || !('operator' in token)) return undefined;
  if (token.operator === ';' || token.operator === '\n') return ';';
  return token.operator === '&&' || token.operator === '||' ? token.operator : undefined;
}

/** Takes tokens off the front, up to the end or up to and with `end`. */
function readList(tokens: Token[], end?: string): readonly Pipeline[] {
  const pipelines: Pipeline[] = [];
  let after: Pipeline['after'] = ';';
  while (tokens.length > 0) {
    const separator = separatorOf(tokens[0]);
    if (separator) {
      after = separator;
      tokens.shift();
    } else if (end !== undefined && wordOf(tokens[0]) === end) {
      tokens.shift();
      return pipelines;
    } else pipelines.push({ after, commands: readPipeline(tokens) });
  }
  if (end !== undefined) throw new ShellSyntaxError('end of file');
  return pipelines;
}

function readPipeline(tokens: Token[]): Pipeline['commands'] {
  const commands = [readCommand(tokens)];
  while (tokens[0] && 'operator' in tokens[0] && tokens[0].operator === '|') {
    tokens.shift();
    commands.push(readCommand(tokens));
  }
  return commands;
}

const notRead = new Set([
  'while',
  'until',
  'if',
  'case',
  'do',
  'done',
  'then',
  'fi',
  '{',
  '}',
  '!',
]);

function readCommand(tokens: Token[]): SimpleCommand | Loop {
  const first = wordOf(tokens[0]);
  if (first === 'for') return readLoop(tokens);
  if (first !== undefined && notRead.has(first)) throw new ShellSyntaxError(first);
  const own = takeCommand(tokens);
  if (own.length === 0) throw new ShellSyntaxError('|');
  return commandOf(own);
}

function readLoop(tokens: Token[]): Loop {
  const [, name, keyword] = tokens.splice(0, 3);
  const variable = wordOf(name);
  if (variable === undefined || wordOf(keyword) !== 'in') throw new ShellSyntaxError('for');
  const words = takeCommand(tokens).flatMap((token) => wordOf(token) ?? []);
  while (separatorOf(tokens[0])) tokens.shift();
  if (wordOf(tokens.shift()) !== 'do') throw new ShellSyntaxError('for');
  const body = readList(tokens, 'done');
  const { stdout, stderr } = commandOf(takeCommand(tokens));
  return { kind: 'loop', variable, words, body, stdout, stderr };
}

/** The tokens before the next separator or pipe. */
function takeCommand(tokens: Token[]): Token[] {
  const end = tokens.findIndex(
    (token) => separatorOf(token) !== undefined || ('operator' in token && token.operator === '|'),
  );
  return tokens.splice(0, end === -1 ? tokens.length : end);
}

function commandOf(tokens: readonly Token[]): SimpleCommand {
  const words: string[] = [];
  let stdout: Output = 'out';
  let stderr: Output = 'err';
  const rest = [...tokens];
  for (let token = rest.shift(); token; token = rest.shift()) {
    if ('word' in token) {
      words.push(token.word);
      continue;
    }
    if (token.operator === '2>&1') stderr = stdout;
    else if (/^1?>&2$/.test(token.operator)) stdout = stderr;
    else {
      if (wordOf(rest.shift()) !== '/dev/null') throw new ShellSyntaxError(token.operator);
      if (token.operator.startsWith('2')) stderr = 'nowhere';
      else if (token.operator === '&>') stdout = stderr = 'nowhere';
      else stdout = 'nowhere';
    }
  }
  return { kind: 'simple', words, stdout, stderr };
}
