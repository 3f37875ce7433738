import type { Parsed } from '../command.ts';
import { failed } from './usage.ts';

export type DryRun = 'none' | 'server' | 'client';

/** What `--dry-run` asks for; throws KubectlError for anything else (cmdutil.GetDryRunStrategy). */
export function dryRunOf(parsed: Parsed): DryRun {
  const value = parsed.flag('dry-run') ?? 'none';
  if (value === 'none' || value === 'server' || value === 'client') return value;
  if (value === 'unchanged') {
    throw failed(
      '--dry-run flag without a value was specified. A value must be set: "none", "server", or "client".',
    );
  }
  throw failed(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
}

/** What is put behind an operation's word: `created (dry run)`. */
export const dryRunSuffix = (dryRun: DryRun): string =>
  ({ none: '', client: ' (dry run)', server: ' (server dry run)' })[dryRun];

/** The query of a writing request. */
export const writeQuery = (dryRun: DryRun, manager?: string): Readonly<Record<string, string>> => ({
  ...(manager !== undefined && { fieldManager: manager }),
  ...(dryRun === 'server' && { dryRun: 'All' }),
});
