import type { Command } from '../command.ts';
import { apply } from './apply.ts';
import { createFile } from './create-file.ts';
import { get } from './get.ts';
import { patch } from './patch.ts';
import { replace } from './replace.ts';

/** Every kubectl command there is, in the order of kubectl's own help. To add one, add its line. */
export const commands: readonly Command[] = Object.freeze<Command[]>([
  apply,
  patch,
  replace,
  createFile,
  get,
]);
