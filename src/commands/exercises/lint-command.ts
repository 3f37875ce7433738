import { join } from 'node:path';
import { Command } from 'commander';
import { type Course, loadCourse } from '../../exercise/course.ts';
import { loadExercise } from '../../exercise/load.ts';
import { ExerciseError } from '../../exercise/read-yaml.ts';
import { lintExercise } from '../../grading/self-test/lint/lint.ts';
import type { LintFinding } from '../../grading/self-test/lint/lint-finding.ts';
import { print } from '../with-lab.ts';
import { type Chosen, chosenFolders } from './chosen.ts';
import { type FolderOption, folderOption } from './folder-option.ts';
import { recordProblems } from './record-problems.ts';

interface LintOptions extends FolderOption {
  readonly json?: true;
}

/** `service-lab exercises lint`: exit code 1 where there is something to mend. */
export function lintCommand(): Command {
  return new Command('lint')
    .description('find what makes an exercise unfair, unclear or unproved, without mutating')
    .argument('[exercises...]', 'ids, folders or paths; all of them if absent')
    .option('--json', 'print the findings as JSON')
    .addOption(folderOption())
    .action((names: readonly string[], options: LintOptions) => {
      const folders = chosenFolders(options.folder, names);
      const findings = lintFolders(options.folder, folders);
      const record = recordProblems(options.folder, folders);
      if (options.json) print(JSON.stringify({ findings, record }));
      else print(textOf(findings, record, folders.length));
      if (findings.length + record.length > 0) process.exitCode = 1;
    });
}

/** The findings on all folders; their files are named from the folder of exercises on. */
export function lintFolders(path: string, folders: readonly Chosen[]): readonly LintFinding[] {
  const course = outlineOf(path);
  return folders.flatMap((chosen) =>
    lintFolder(chosen, course).map((finding) => {
      return { ...finding, file: `${chosen.folder}/${finding.file}` };
    }),
  );
}

/** An outline that cannot be read is told of once, by the record's problems. */
function outlineOf(path: string): Course | undefined {
  try {
    return loadCourse(path);
  } catch (error) {
    if (error instanceof ExerciseError) return undefined;
    throw error;
  }
}

function lintFolder({ path, folder }: Chosen, course: Course | undefined): readonly LintFinding[] {
  try {
    return lintExercise(loadExercise(join(path, folder), folder), course);
  } catch (error) {
    if (error instanceof ExerciseError) return error.problems.map(unloadable);
    throw error;
  }
}

/** A problem of loading as a finding: its text begins with the place. */
function unloadable(problem: string): LintFinding {
  const [, file = 'exercise.yaml', line = '1', column = '1', message = problem] =
    /^([^:\s]+)(?::(\d+):(\d+))?: (.*)$/s.exec(problem) ?? [];
  const place = { file, line: Number(line), column: Number(column) };
  return { ...place, rule: 'unloadable', message, advice: 'see docs/authoring.md for the format' };
}

function textOf(
  findings: readonly LintFinding[],
  record: readonly string[],
  count: number,
): string {
  const lines = findings.map(
    ({ file, line, column, rule, message, advice }) =>
      `${file}:${line}:${column}: ${rule}: ${message}; ${advice}`,
  );
  const sum = `${count} exercises, ${findings.length + record.length} findings`;
  return [...lines, ...record, sum].join('\n');
}
