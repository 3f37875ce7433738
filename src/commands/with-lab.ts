import { readConfig } from '../config.ts';
import type { Actor } from '../gradebook/index.ts';
import { type Lab, openLab } from '../lab.ts';

/** Whoever may run a command on this machine holds the database file: an admin by that. */
export const operator: Actor = { tokenId: 'operator', role: 'admin', courseIds: [] };

/** Opens the database of the configured data folder for one command, beside a running server. */
export async function withLab(work: (lab: Lab) => Promise<void>): Promise<void> {
  const lab = openLab({ dataDir: readConfig(process.env).dataDir, exclusive: false });
  try {
    await work(lab);
  } finally {
    await lab.store.close();
  }
}

export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
