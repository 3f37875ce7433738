import { join } from 'node:path';
import { Command } from 'commander';
import { loadExercise } from '../../exercise/load.ts';
import { variantIndex } from '../../exercise/variant.ts';
import { print } from '../with-lab.ts';
import { chosenFolder } from './chosen.ts';
import { type FolderOption, folderOption } from './folder-option.ts';

interface VariantsOptions extends FolderOption {
  readonly seed?: string;
  readonly json?: true;
}

/** `service-lab exercises variants`: what is dealt, and to whom. */
export function variantsCommand(): Command {
  return new Command('variants')
    .description('list the parameters of every variant that is dealt')
    .argument('<exercise>', 'its id, folder or path')
    .option('--seed <text>', 'show only the variant that this seed is dealt')
    .option('--json', 'print them as JSON')
    .addOption(folderOption())
    .action((name: string, { folder: path, seed, json }: VariantsOptions) => {
      const chosen = chosenFolder(path, name);
      const { id, version, variants } = loadExercise(
        join(chosen.path, chosen.folder),
        chosen.folder,
      );
      const dealt = seed === undefined ? -1 : variantIndex(id, version, seed, variants.length);
      const rows = variants
        .map(({ parameters }, index) => ({ index, parameters }))
        .filter(({ index }) => dealt < 0 || index === dealt);
      print(json ? JSON.stringify(rows) : textOf(rows));
    });
}

function textOf(
  rows: readonly { index: number; parameters: Readonly<Record<string, string | number>> }[],
): string {
  return rows
    .map(({ index, parameters }) => {
      const pairs = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
      return `${index}\t${pairs.join(' ') || '(no parameters)'}`;
    })
    .join('\n');
}
