import { join } from 'node:path';
import { Command } from 'commander';
import { loadExercise } from '../../exercise/load.ts';
import { mutantsIn } from '../../grading/self-test/exercise-report.ts';
import type { TriedMutant } from '../../grading/self-test/try-mutants.ts';
import { print } from '../with-lab.ts';
import { chosenFolder, usage } from './chosen.ts';
import { type FolderOption, folderOption } from './folder-option.ts';

interface MutateOptions extends FolderOption {
  readonly variant: string;
  readonly part?: string;
  readonly answer?: string;
  readonly survivors?: true;
  readonly texts?: true;
  readonly json?: true;
}

/** `service-lab exercises mutate`: what the test changes in right answers, and what came of it. */
export function mutateCommand(): Command {
  return new Command('mutate')
    .description('show the mutants of right answers, what they get, and whether they still behave')
    .argument('<exercise>', 'its id, folder or path')
    .option('--variant <index>', 'in which variant', '0')
    .option('--part <id>', 'only of this part')
    .option('--answer <name>', 'only of the right answers whose file is called so')
    .option('--survivors', 'only those whose marks and behaviour do not agree')
    .option('--texts', 'print the mutants themselves, too')
    .option('--json', 'print them as JSON')
    .addOption(folderOption())
    .action((name: string, options: MutateOptions) => {
      const chosen = chosenFolder(options.folder, name);
      const exercise = loadExercise(join(chosen.path, chosen.folder), chosen.folder);
      const variant = exercise.variants[Number(options.variant)];
      if (!variant) throw usage(`there are the variants 0 to ${exercise.variants.length - 1}`);
      const mutants = mutantsIn(exercise, variant).filter((each) => isWanted(each, options));
      print(options.json ? JSON.stringify(mutants) : textOf(mutants, options.texts === true));
    });
}

function isWanted(
  { part, file, verdict }: TriedMutant,
  { part: wanted, answer, survivors }: MutateOptions,
): boolean {
  if (wanted !== undefined && part !== wanted) return false;
  if (answer !== undefined && !file.includes(answer)) return false;
  return !survivors || verdict === 'too-lax' || verdict === 'too-strict';
}

function textOf(mutants: readonly TriedMutant[], texts: boolean): string {
  const lines = mutants.map(({ file, mutation, verdict, points, maximum, allowed, answer }) => {
    const why = allowed === undefined ? '' : ` (allowed: ${allowed.trim().replace(/\s+/g, ' ')})`;
    const line = `${verdict}\t${points}/${maximum}\t${file}: ${mutation}${why}`;
    const [text] = Object.values(answer);
    const lines = Array.isArray(text) ? text : [text];
    return texts ? `${line}\n${lines.map((each) => `    ${each}`).join('\n')}` : line;
  });
  return [...lines, `${mutants.length} mutants`].join('\n');
}
