import { Command } from 'commander';
import { loadExercises } from '../exercise/load.ts';
import { testExercises } from '../grading/self-test.ts';
import { exercisesFolder } from '../lab.ts';
import { print } from './with-lab.ts';

/** `service-lab exercises list | test`: what authors run. */
export function exercisesCommand(): Command {
  const exercises = new Command('exercises').description('list and prove the exercises');
  const folder = ['--folder <path>', 'where the exercises are', exercisesFolder] as const;
  exercises
    .command('list')
    .description('list the exercises')
    .option(...folder)
    .action((options: { readonly folder: string }) => {
      for (const { id, version, points, title } of loadExercises(options.folder).exercises) {
        print([id, `v${version}`, `${points} points`, title].join('\t'));
      }
    });
  exercises
    .command('test')
    .description('let every exercise prove itself: start, right and wrong answers, mutants')
    .option(...folder)
    .action((options: { readonly folder: string }) => {
      const { text, ok } = testExercises(options.folder);
      print(text);
      if (!ok) process.exitCode = 1;
    });
  return exercises;
}
