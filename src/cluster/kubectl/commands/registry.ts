import type { Command } from '../command.ts';
import { get } from './get.ts';

/** Every kubectl command there is, in the order of kubectl's own help. To add one, add its line. */
export const commands: readonly Command[] = Object.freeze<Command[]>([get]);
