import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { render } from '../catalogue/render.ts';
import type { Finding } from '../cluster/finding.ts';
import { loadExercises } from '../exercise/load.ts';
import { createGrader } from '../grading/grader.ts';
import type { Verdict } from '../grading/verdict.ts';
import { exercisesFolder } from '../lab.ts';
import { print } from './with-lab.ts';

interface CheckOptions {
  readonly exercise: string;
  readonly part?: string;
}

/** `service-lab check FILE`: grades a manifest against an exercise, without server or database. */
export function answerCommand(): Command {
  return new Command('check')
    .description('grade a manifest against an exercise and print the feedback; keeps nothing')
    .argument('<file>', 'the manifest')
    .requiredOption('--exercise <id>', 'the exercise')
    .option('--part <id>', 'the part; the first that takes a manifest if absent')
    .action((file: string, options: CheckOptions) => {
      const verdict = judge(readFileSync(file, 'utf8'), options);
      print(report(file, verdict));
      if (verdict.points < verdict.maximum) process.exitCode = 1;
    });
}

function judge(manifest: string, { exercise: id, part: partId }: CheckOptions): Verdict {
  const library = loadExercises(exercisesFolder);
  const exercise = library.get(id);
  const known = library.exercises.map((each) => each.id).join(', ');
  if (!exercise) throw usage(`there is no exercise ${id}; there are: ${known}`);
  const part = exercise.parts.find((each) =>
    partId === undefined ? each.kind === 'manifest' : each.id === partId,
  );
  if (part?.kind !== 'manifest') throw usage(`no part ${partId ?? ''} of ${id} takes a manifest`);
  const question = { part: part.id, seed: 'preview', answer: { manifest } };
  return createGrader(library).grade(exercise, question);
}

const usage = (message: string): Error => Object.assign(new Error(message), { code: 'USAGE' });

function report(file: string, verdict: Verdict): string {
  const checks = verdict.checks.flatMap(({ title, check, outcome, points, maximum, findings }) => [
    `${outcome === 'passed' ? '✓' : '✗'} ${title ?? check} (${points} of ${maximum})`,
    ...findings.map((finding) => `    ${line(file, finding)}`),
  ]);
  return [
    verdict.transcript.trimEnd(),
    ...verdict.findings.map((finding) => line(file, finding)),
    ...checks,
    `${verdict.outcome}: ${verdict.points} of ${verdict.maximum} points`,
  ]
    .filter((text) => text !== '')
    .join('\n');
}

function line(file: string, finding: Finding): string {
  const at = finding.range?.start;
  return `${at ? `${file}:${at.line}:${at.column}: ` : ''}${render(finding)}`;
}
