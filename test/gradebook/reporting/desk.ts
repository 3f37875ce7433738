import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ReportQuestion } from '../../../src/gradebook/index.ts';
import { CellCache } from '../../../src/gradebook/reporting/cell-cache.ts';
import { answer } from '../../../src/report-desk/answer.ts';
import { openReportSource, openStore } from '../../../src/store/index.ts';
import { tempFolder } from '../../store/temp-folder.ts';
import { makeWorld } from '../world.ts';

/** A world with what makes its reports, in this very thread. */
export function makeReportingWorld(more: Parameters<typeof makeWorld>[0] = {}) {
  const file = join(tempFolder(), 'lab.db');
  const store = openStore({ file });
  onTestFinished(() => store.close());
  const world = makeWorld({ store, ...more });
  const source = openReportSource(file);
  onTestFinished(() => source.close());
  const newDesk = (sizes?: ConstructorParameters<typeof CellCache>[1]) => ({
    ...{ source, cache: new CellCache(source, sizes), remembered: new Map() },
  });
  const desk = newDesk();
  const report = (question: ReportQuestion) => [...answer(desk, question).pieces].join('');
  const fresh = (question: ReportQuestion) => [...answer(newDesk(), question).pieces].join('');
  /** As of a course too large to be kept, two learners at a time. */
  const inStretches = (question: ReportQuestion) =>
    [...answer(newDesk({ cells: 0, learnersAtOnce: 2 }), question).pieces].join('');
  const now = () => world.clock.now.toISOString();
  return { ...world, file, source, desk, report, fresh, inStretches, now };
}
