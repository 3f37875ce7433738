import { selfTest } from '../../grading/self-test/exercise-report.ts';
import type { Chosen } from './chosen.ts';

/** A process of its own that tries one exercise after the other, as they are handed to it. */
process.on('message', ({ path, folder }: Chosen) => {
  process.send?.(selfTest(path, folder));
});
