import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Store } from '../../src/gradebook/index.ts';
import { type OpenOptions, openStore } from '../../src/store/index.ts';

/** A folder of the running test's own, gone when it ends. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'service-lab-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A store in a real file, closed when the running test ends. */
export function tempStore(options: Partial<OpenOptions> = {}): Store {
  const store = openStore({ file: join(tempFolder(), 'lab.db'), ...options });
  onTestFinished(() => store.close());
  return store;
}
