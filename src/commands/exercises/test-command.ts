import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { loadExercise } from '../../exercise/load.ts';
import { type Report, reportLines } from '../../grading/self-test/report.ts';
import { print } from '../with-lab.ts';
import { type Chosen, chosenFolders } from './chosen.ts';
import { exercisesPage } from './exercises-page.ts';
import { factsOf } from './facts.ts';
import { type FolderOption, folderOption } from './folder-option.ts';
import { recordProblems } from './record-problems.ts';
import { testAll } from './test-all.ts';

interface TestOptions extends FolderOption {
  readonly exercise: readonly string[];
  readonly json?: true;
  readonly report?: string;
  readonly threads?: number;
}

/** `service-lab exercises test`: every exercise proves itself; exit code 1 where one does not. */
export function testCommand(): Command {
  return new Command('test')
    .description('let exercises prove themselves: start, right and wrong answers, mutants')
    .argument('[exercises...]', 'ids, folders or paths; all of them if absent')
    .option('--exercise <id>', 'the same, as an option; may be repeated', gathered, [])
    .option('--json', 'print the reports as JSON')
    .option('--report <file>', 'write what was proved as a page; what people wrote in it is kept')
    .option(
      '--threads <count>',
      'how many exercises are tried at once; all cores if absent',
      Number,
    )
    .addOption(folderOption())
    .action(async (names: readonly string[], options: TestOptions) => {
      const started = performance.now();
      const folders = chosenFolders(options.folder, [...names, ...options.exercise]);
      const reports = await testAll(folders, options.threads);
      const record = recordProblems(options.folder, folders);
      const ok = folders.length > 0 && [...reports].every(({ problems }) => problems.length === 0);
      const seconds = (performance.now() - started) / 1000;
      if (options.json)
        print(JSON.stringify({ ok: ok && record.length === 0, record, exercises: reports }));
      else print(textOf(reports, record, seconds));
      if (!ok || record.length > 0) process.exitCode = 1;
      else if (options.report !== undefined) writePage(options.report, folders, reports);
    });
}

const gathered = (value: string, before: readonly string[]): readonly string[] => [
  ...before,
  value,
];

function textOf(reports: readonly Report[], record: readonly string[], seconds: number): string {
  const failed = reports.filter(({ problems }) => problems.length > 0).length;
  const sum = `${reports.length} exercises, ${failed} of them with problems, in ${seconds.toFixed(1)} s`;
  return [...reports.flatMap(reportLines), ...record.map((each) => `FAIL ${each}`), sum].join('\n');
}

function writePage(file: string, folders: readonly Chosen[], reports: readonly Report[]): void {
  const rows = folders.flatMap(({ path, folder }, index) => {
    const mutants = reports[index]?.mutants;
    return mutants ? [{ ...factsOf(loadExercise(`${path}/${folder}`, folder)), mutants }] : [];
  });
  writeFileSync(file, exercisesPage(rows, existsSync(file) ? readFileSync(file, 'utf8') : ''));
}
