import { mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { readConfig } from '../config.ts';
import { databasePath } from '../lab.ts';
import { backupStore, restoreStore } from '../store/index.ts';
import { print } from './with-lab.ts';

/** `service-lab backup [FILE]`: a consistent copy, taken beside a running server. */
export function backupCommand(): Command {
  return new Command('backup')
    .description('copy the store as it stands now, beside a running server')
    .argument('[file]', 'the new file; default: a dated one in the data folder’s backups')
    .action((file: string | undefined) => {
      const { dataDir } = readConfig(process.env);
      const target = resolve(file ?? join(dataDir, 'backups', datedName(new Date())));
      mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
      backupStore(databasePath(dataDir), target);
      print(`${target} (${(statSync(target).size / 1024 / 1024).toFixed(1)} MiB)`);
    });
}

/** `service-lab restore FILE`: a backup in the store's place, with the server stopped. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('put a backup in the place of the store; the server must be stopped')
    .argument('<file>', 'a file that `service-lab backup` wrote')
    .option('--replace', 'move the store that is there aside', false)
    .action((file: string, { replace }: { readonly replace: boolean }) => {
      const { dataDir } = readConfig(process.env);
      mkdirSync(dataDir, { recursive: true, mode: 0o700 });
      const place = databasePath(dataDir);
      const { before } = restoreStore(resolve(file), place, { replace, now: new Date() });
      print(`${place} is now what ${file} holds.`);
      if (before !== undefined) print(`What was there before is kept as ${before}.`);
    });
}

const datedName = (now: Date): string =>
  `service-lab-${now.toISOString().replaceAll(/[:.]/g, '-')}.db`;
