import { join } from 'node:path';
import { Command } from 'commander';
import { stringify } from 'yaml';
import { type LearnerPart, type LearnerView, learnerView } from '../../exercise/learner-view.ts';
import { loadExercise } from '../../exercise/load.ts';
import { print } from '../with-lab.ts';
import { chosenFolder } from './chosen.ts';
import { type FolderOption, folderOption } from './folder-option.ts';

interface PreviewOptions extends FolderOption {
  readonly seed: string;
  readonly json?: true;
}

/** `service-lab exercises preview`: what a learner is shown, and nothing else. */
export function previewCommand(): Command {
  return new Command('preview')
    .description('show an exercise as the learner of a seed sees it')
    .argument('<exercise>', 'its id, folder or path')
    .option('--seed <text>', 'draws the variant, the questions and their order', 'preview')
    .option('--json', 'print what the API would answer')
    .addOption(folderOption())
    .action((name: string, { folder: path, seed, json }: PreviewOptions) => {
      const chosen = chosenFolder(path, name);
      const exercise = loadExercise(join(chosen.path, chosen.folder), chosen.folder);
      const view = learnerView(exercise, seed);
      print(json ? JSON.stringify(view, null, 2) : textOf(view));
    });
}

function textOf(view: LearnerView): string {
  const { id, version, title, brief, level, minutes, platform, points, objectives } = view;
  return [
    `# ${title}`,
    `${id}, version ${version}: ${level}, ${minutes} minutes, ${platform}, ${points} points`,
    objectives.map((objective) => `- ${objective}`).join('\n'),
    brief.trimEnd(),
    ...view.parts.map(partText),
  ].join('\n\n');
}

function partText({
  id,
  kind,
  title,
  prompt,
  points,
  hintCosts,
  start,
  ...rest
}: LearnerPart): string {
  const hints = hintCosts.length > 0 ? `, hints at ${hintCosts.join(', ')}` : '';
  return [
    `## ${title}`,
    `${id}: ${kind}, ${points} points${hints}`,
    prompt.trimEnd(),
    ...(start === undefined ? [] : [`\`\`\`yaml\n${start.trimEnd()}\n\`\`\``]),
    ...(Object.keys(rest).length === 0 ? [] : [stringify(rest).trimEnd()]),
  ].join('\n\n');
}
