import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command, Option } from 'commander';
import { courseFile } from '../../exercise/course.ts';
import { print } from '../with-lab.ts';
import { usage } from './chosen.ts';
import { type FolderOption, folderOption } from './folder-option.ts';
import { type NewKind, newExercise, newKinds } from './template/new-exercise.ts';

interface NewOptions extends FolderOption {
  readonly id: string;
  readonly title: string;
  readonly kind: NewKind;
}

/** `service-lab exercises new`: a folder that proves itself, to be filled with something better. */
export function newCommand(): Command {
  return new Command('new')
    .description('make the folder of an exercise: it passes its test, and is yours to rewrite')
    .requiredOption('--id <id>', 'its name for ever: lower-case words joined by hyphens')
    .requiredOption('--title <text>', 'its title')
    .addOption(
      new Option('--kind <kind>', 'what the learner sends')
        .choices([...newKinds])
        .default('manifest'),
    )
    .addOption(folderOption())
    .action(({ id, title, kind, folder: path }: NewOptions) => {
      if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
        throw usage(`\`${id}\` is no id: write lower-case words joined by hyphens`);
      }
      const taken = readdirSync(path).find((each) => each.replace(/^\d+-/, '') === id);
      if (taken !== undefined) throw usage(`${join(path, taken)} is there already`);
      const folder = `${nextNumber(path)}-${id}`;
      for (const [name, text] of Object.entries(newExercise(kind, { id, title }))) {
        const file = join(path, folder, name);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
      print(nextSteps(path, folder, id));
    });
}

/** Ten after the highest, so that others fit between. */
function nextNumber(path: string): string {
  const numbers = readdirSync(path).map((name) => Number(/^(\d+)-/.exec(name)?.[1] ?? 0));
  const next = Math.floor(Math.max(0, ...numbers) / 10) * 10 + 10;
  return String(next).padStart(3, '0');
}

function nextSteps(path: string, folder: string, id: string): string {
  const outline = existsSync(join(path, courseFile))
    ? `give it its place in ${join(path, courseFile)}: - { id: ${id}, minutes: 15, level: beginner, objective: …, misconceptions: [port-is-target-port] }`
    : `write ${join(path, courseFile)} if the exercises are to have an order`;
  return `${join(path, folder)} is there. Now
  1. rewrite world.yaml, exercise.yaml and answers/ (docs/authoring.md);
  2. service-lab exercises preview ${id}, lint ${id}, test ${id}, until nothing is said;
  3. ${outline};
  4. service-lab exercises release ${id}, when learners may have it.`;
}
