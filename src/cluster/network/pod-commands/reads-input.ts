import { isShell } from './shell.ts';
import { type Pipeline, readShellLine, ShellSyntaxError } from './shell-syntax.ts';

/** Programs that read their standard input, given their words; a file's name makes some not. */
const readers: ReadonlyMap<string, (operands: readonly string[]) => boolean> = new Map<
  string,
  (operands: readonly string[]) => boolean
>([
  ['cat', (operands) => operands.length === 0 || operands.includes('-')],
  ['grep', () => true],
  ['head', () => true],
  ['nc', () => true],
  ['sort', () => true],
  ['uniq', () => true],
  ['wc', () => true],
]);

/** Whether a command waits for its standard input to end before it can say what it prints. */
export function readsInput([name = '', ...args]: readonly string[]): boolean {
  if (isShell(name)) {
    const flag = args.findIndex((word) => /^-\w*c$/.test(word));
    return flag === -1 || lineReadsInput(args[flag + 1] ?? '');
  }
  const operands = args.filter((word) => !word.startsWith('-') || word === '-');
  return readers.get(name)?.(operands) ?? false;
}

function lineReadsInput(line: string): boolean {
  try {
    return readShellLine(line).some(pipelineReadsInput);
  } catch (error) {
    if (error instanceof ShellSyntaxError) return false;
    throw error;
  }
}

function pipelineReadsInput({ commands: [first] }: Pipeline): boolean {
  if (!first) return false;
  return first.kind === 'loop' ? first.body.some(pipelineReadsInput) : readsInput(first.words);
}
