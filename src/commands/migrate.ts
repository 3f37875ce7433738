import { Command } from 'commander';
import { readConfig } from '../config.ts';
import { openLab } from '../lab.ts';
import { print } from './with-lab.ts';

/** `service-lab migrate`: what a start does first, without starting. */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description('bring the database to the newest version')
    .action(async () => {
      const { dataDir } = readConfig(process.env);
      await openLab({ dataDir, exclusive: true }).store.close();
      print(`The database in ${dataDir} is up to date.`);
    });
}
