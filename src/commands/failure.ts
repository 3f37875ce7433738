import { ConfigError } from '../config.ts';
import { ExerciseError } from '../exercise/read-yaml.ts';
import { Refusal } from '../gradebook/index.ts';
import { StoreError } from '../store/index.ts';

/** Says what went wrong on stderr and sets the exit code; a stack only where the cause is unknown. */
export function explainFailure(error: unknown): void {
  process.stderr.write(`service-lab: ${wordsFor(error)}\n`);
  process.exitCode = error instanceof ConfigError ? 2 : 1;
}

function wordsFor(error: unknown): string {
  if (error instanceof ConfigError) return `the configuration is wrong:\n  ${list(error.problems)}`;
  if (error instanceof ExerciseError) return `an exercise is wrong:\n  ${list(error.problems)}`;
  if (error instanceof StoreError) return error.message;
  if (error instanceof Refusal) return error.detail;
  const { code, path, message, stack } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `there is no file ${path}`;
  return code ? message : (stack ?? String(error));
}

const list = (problems: readonly string[]): string => problems.join('\n  ');
