import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { Refusal, type RosterProblem, type RosterResult } from '../gradebook/index.ts';
import { readRosterCsv } from '../http/csv/roster-csv.ts';
import { operator, print, withLab } from './with-lab.ts';

interface ImportOptions {
  readonly course: string;
  readonly dryRun?: boolean;
  readonly skipBad?: boolean;
  readonly deactivateAbsent?: boolean;
  readonly reason?: string;
}

/** `service-lab roster import`: the CSV that the API takes, from a file. */
export function rosterCommand(): Command {
  const roster = new Command('roster').description('who is in a course');
  roster
    .command('import')
    .argument('<file>', 'CSV with the header externalId,name,role,section,active')
    .description('bring the people of a course in line with a class list, all of it or nothing')
    .requiredOption('--course <id>', 'the course')
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--skip-bad', 'leave rows with problems out instead of refusing all')
    .option('--deactivate-absent', 'deactivate learners who are not in the file')
    .option('--reason <text>', 'kept in the audit')
    .action(importFile);
  return roster;
}

async function importFile(file: string, options: ImportOptions): Promise<void> {
  const { ignoredColumns, ...read } = readRosterCsv(readFileSync(file));
  const { course, dryRun, reason } = options;
  const onProblem = options.skipBad ? ('skip' as const) : ('refuse' as const);
  const absent = options.deactivateAbsent ? ('deactivate' as const) : ('keep' as const);
  await withLab(async ({ gradebook }) => {
    try {
      const ask = { ...read, dryRun, onProblem, absent, reason };
      report(await gradebook.importRoster(operator, course, ask), ignoredColumns);
    } catch (error) {
      if (error instanceof Refusal) complain(error.pointers as readonly Partial<RosterProblem>[]);
      throw error;
    }
  });
}

function report(result: RosterResult, ignored: readonly string[]): void {
  const { created, updated, deactivated, unchanged, sectionsCreated, problems } = result;
  complain(problems);
  if (ignored.length > 0) print(`columns that mean nothing here: ${ignored.join(', ')}`);
  const words = result.applied ? 'created' : 'would create';
  const counts = `${words} ${created}, updated ${updated}, deactivated ${deactivated}`;
  print(`${counts}, unchanged ${unchanged}, new sections ${sectionsCreated.length}`);
}

function complain(problems: readonly Partial<RosterProblem>[]): void {
  for (const { row, column, detail } of problems) {
    const place = [row && `row ${row}`, column].filter(Boolean).join(', ');
    process.stderr.write(`${place}: ${detail}\n`);
  }
}
