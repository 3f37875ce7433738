import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import { idColumns, type Preset, presets } from '../gradebook/index.ts';
import { operator, withLab } from './with-lab.ts';

/** `service-lab export gradebook`: the CSV that the API gives, on stdout. */
export function exportCommand(): Command {
  const command = new Command('export').description('print what is kept');
  command
    .command('gradebook')
    .description('print the grades of a course as CSV')
    .requiredOption('--course <id>', 'the course')
    .addOption(
      new Option('--preset <name>', 'for people, or as a platform imports it')
        .choices([...presets])
        .default('plain'),
    )
    .action(({ course, preset }: { readonly course: string; readonly preset: Preset }) =>
      withLab(async ({ gradebook, reports }) => {
        const csv = { preset, idColumn: idColumns[preset][0], formulas: 'escape' } as const;
        const ask = { report: 'gradebook-csv', courseId: course, ...csv } as const;
        const { chunks } = await reports.ask(await gradebook.reportQuestion(operator, ask));
        await pipeline(chunks, process.stdout, { end: false });
      }),
    );
  return command;
}
