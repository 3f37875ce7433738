import { Command } from 'commander';
import { loadExercises } from '../exercise/load.ts';
import { type FolderOption, folderOption } from './exercises/folder-option.ts';
import { lintCommand } from './exercises/lint-command.ts';
import { mutateCommand } from './exercises/mutate-command.ts';
import { newCommand } from './exercises/new-command.ts';
import { previewCommand } from './exercises/preview-command.ts';
import { releaseCommand, reviseCommand } from './exercises/release-command.ts';
import { testCommand } from './exercises/test-command.ts';
import { variantsCommand } from './exercises/variants-command.ts';
import { print } from './with-lab.ts';

/** `service-lab exercises …`: the workshop in which authors make and prove exercises. */
export function exercisesCommand(): Command {
  return new Command('exercises')
    .description('make, look at and prove exercises')
    .addCommand(listCommand())
    .addCommand(newCommand())
    .addCommand(lintCommand())
    .addCommand(testCommand())
    .addCommand(previewCommand())
    .addCommand(variantsCommand())
    .addCommand(mutateCommand())
    .addCommand(releaseCommand())
    .addCommand(reviseCommand());
}

const listCommand = (): Command =>
  new Command('list')
    .description('list the exercises')
    .addOption(folderOption())
    .action(({ folder }: FolderOption) => {
      for (const { id, version, points, title } of loadExercises(folder).exercises) {
        print([id, `v${version}`, `${points} points`, title].join('\t'));
      }
    });
