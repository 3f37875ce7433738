import { Option } from 'commander';
import { exercisesFolder } from '../../lab.ts';

export interface FolderOption {
  readonly folder: string;
}

/** `--folder`: where the exercises lie, for authors who keep theirs elsewhere. */
export const folderOption = (): Option =>
  new Option('--folder <path>', 'where the exercises are').default(exercisesFolder);
