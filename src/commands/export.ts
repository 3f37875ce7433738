import { Command } from 'commander';
import { gradebookCsv } from '../http/views/gradebook-csv.ts';
import { operator, withLab } from './with-lab.ts';

/** `service-lab export gradebook`: the CSV that the API gives, on stdout. */
export function exportCommand(): Command {
  const command = new Command('export').description('print what is kept');
  command
    .command('gradebook')
    .description('print the grades of a course as CSV')
    .requiredOption('--course <id>', 'the course')
    .action(({ course }: { readonly course: string }) =>
      withLab(async ({ gradebook }) => {
        process.stdout.write(gradebookCsv(await gradebook.grades(operator, course)));
      }),
    );
  return command;
}
