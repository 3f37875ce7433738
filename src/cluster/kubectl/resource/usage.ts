import { KubectlError, type Parsed } from '../command.ts';

/** kubectl's UsageErrorf: what is wrong, and where the help is. */
export const usageError = (commandPath: string, text: string): KubectlError =>
  new KubectlError(`error: ${text}\nSee '${commandPath} -h' for help and examples`);

/** The one NAME that `create …` takes; what follows `--` does not count. */
export function oneName(parsed: Parsed, commandPath: string): string {
  const [name = '', ...more] = parsed.positionals;
  if (name !== '' && more.length === 0) return name;
  throw usageError(commandPath, `exactly one NAME is required, got ${parsed.positionals.length}`);
}

/** cobra's answer when a flag that must be given is missing. */
export function requireFlags(parsed: Parsed, ...names: readonly string[]): void {
  const missing = names.filter((name) => !parsed.changed(name));
  if (missing.length === 0) return;
  const quoted = missing.map((name) => JSON.stringify(name)).join(', ');
  throw new KubectlError(`error: required flag(s) ${quoted} not set`);
}

export const failed = (text: string): KubectlError => new KubectlError(`error: ${text}`);

/** Nothing on the line names an object (cli-runtime resource.Builder). */
export const nothingNamed = (): KubectlError =>
  failed(
    "You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'",
  );
