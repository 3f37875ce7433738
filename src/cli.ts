#!/usr/bin/env node
import { Command } from 'commander';
import { backupCommand, restoreCommand } from './commands/backup.ts';
import { answerCommand } from './commands/check.ts';
import { courseCommand } from './commands/course.ts';
import { exercisesCommand } from './commands/exercises.ts';
import { exportCommand } from './commands/export.ts';
import { explainFailure } from './commands/failure.ts';
import { migrateCommand } from './commands/migrate.ts';
import { rosterCommand } from './commands/roster.ts';
import { tokenCommand } from './commands/token.ts';
import { version } from './version.ts';

const program = new Command('service-lab')
  .description('A teaching lab for Kubernetes Services: graded by the traffic that would flow.')
  .version(version)
  .showHelpAfterError()
  .addCommand(
    new Command('serve')
      .description('listen for requests; configured by the environment')
      .action(async () => {
        await import('./main.ts');
      }),
  )
  .addCommand(answerCommand())
  .addCommand(exercisesCommand())
  .addCommand(courseCommand())
  .addCommand(rosterCommand())
  .addCommand(tokenCommand())
  .addCommand(exportCommand())
  .addCommand(migrateCommand())
  .addCommand(backupCommand())
  .addCommand(restoreCommand());

program.parseAsync().catch(explainFailure);
