/** One program with its words as they were written, and where its two outputs go. */
export interface SimpleCommand {
  readonly words: readonly string[];
  readonly stdout: 'out' | 'err' | 'nowhere';
  readonly stderr: 'out' | 'err' | 'nowhere';
}

/** Programs joined by `|`, and the operator that stands before them. */
export interface Pipeline {
  readonly after: ';' | '&&' | '||';
  readonly commands: readonly SimpleCommand[];
}

type Token = { readonly word: string } | { readonly operator: string };

/** A line that the shell of the lab does not read: loops, substitutions, files. */
export class ShellSyntaxError extends Error {}

/**
 * Reads the part of POSIX sh that fits a line: quotes, variables, `&&`, `||`, `;`, `|`, and
 * redirection to /dev/null or to each other.
 */
export function readShellLine(line: string): readonly Pipeline[] {
  const pipelines: Pipeline[] = [];
  let commands: SimpleCommand[] = [];
  let tokens: Token[] = [];
  let after: Pipeline['after'] = ';';
  const endCommand = () => {
    if (tokens.length > 0) commands.push(commandOf(tokens));
    tokens = [];
  };
  const endPipeline = (next: Pipeline['after']) => {
    endCommand();
    if (commands.length > 0) pipelines.push({ after, commands });
    commands = [];
    after = next;
  };
  for (const token of tokenize(line)) {
    const operator = 'operator' in token ? token.operator : '';
    if (operator === '|') endCommand();
    else if (operator === ';' || operator === '\n') endPipeline(';');
    else if (operator === '&&' || operator === '||') endPipeline(operator);
    else tokens.push(token);
  }
  endPipeline(';');
  return pipelines;
}

const pattern =
  /\s*(?:(\n|;|&&|\|\||\||\d?>&\d|&>|\d?>>?|[<&()`])|((?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s;&|<>()`'"\\])+)|(.))/gs;

function tokenize(line: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const [, operator, word, other] of line.trim().matchAll(pattern)) {
    if (other !== undefined || ['<', '&', '(', ')', '`'].includes(operator ?? '')) {
      throw new ShellSyntaxError(other ?? operator);
    }
    if (operator !== undefined) tokens.push({ operator });
    if (word !== undefined) tokens.push({ word });
  }
  return tokens;
}

const piece = /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)|([^'"\\]+)/gs;

/** A word without its quotes, its variables filled in; inside single quotes nothing is. */
export function unquote(word: string, variable: (name: string) => string): string {
  let text = '';
  for (const [, single, double, escaped, bare] of word.matchAll(piece)) {
    if (double !== undefined) text += expand(double, variable).replaceAll(/\\(["\\$`])/g, '$1');
    else text += single ?? escaped ?? expand(bare ?? '', variable);
  }
  return text;
}

function expand(text: string, variable: (name: string) => string): string {
  if (text.includes('$(')) throw new ShellSyntaxError('$(');
  return text.replaceAll(/\$(?:\{(\w+)\}|([A-Za-z_]\w*|\?))/g, (_whole, braced, bare) =>
    variable(braced ?? bare),
  );
}

function commandOf(tokens: readonly Token[]): SimpleCommand {
  const words: string[] = [];
  let stdout: SimpleCommand['stdout'] = 'out';
  let stderr: SimpleCommand['stderr'] = 'err';
  const rest = [...tokens];
  for (let token = rest.shift(); token; token = rest.shift()) {
    if ('word' in token) {
      words.push(token.word);
      continue;
    }
    if (token.operator === '2>&1') stderr = stdout;
    else if (/^1?>&2$/.test(token.operator)) stdout = stderr;
    else {
      const target = rest.shift();
      if (!target || !('word' in target) || target.word !== '/dev/null') {
        throw new ShellSyntaxError(token.operator);
      }
      if (token.operator.startsWith('2')) stderr = 'nowhere';
      else if (token.operator === '&>') stdout = stderr = 'nowhere';
      else stdout = 'nowhere';
    }
  }
  return { words, stdout, stderr };
}
