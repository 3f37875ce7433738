import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { learnerView } from './exercise/learner-view.ts';
import type { Library as ExerciseLibrary } from './exercise/load.ts';
import { loadExercises } from './exercise/load.ts';
import { variantIndex } from './exercise/variant.ts';
import {
  createGradebook,
  type Gradebook,
  type GradebookParts,
  hashSecret,
  newIdentity,
  newSecret,
  type ReportDesk,
  type Store,
} from './gradebook/index.ts';
import { createGrader } from './grading/grader.ts';
import type { Grader } from './grading/verdict.ts';
import type { ExerciseShelf } from './http/parts.ts';
import { openReportDesk } from './report-desk/desk.ts';
import { createSandboxes, type Sandboxes, type SandboxStore } from './sandboxes/index.ts';
import { openStore } from './store/index.ts';
import { reachOf } from './webhooks/reach.ts';

/** The database of a data folder. */
export const databasePath = (dataDir: string): string => join(dataDir, 'service-lab.db');

/** The exercises that the product ships, beside `src` and `dist` alike. */
export const exercisesFolder = fileURLToPath(new URL('../exercises', import.meta.url));

/** Everything but the HTTP face: what the server and the command line share. */
export interface Lab {
  readonly store: Store & SandboxStore;
  readonly gradebook: Gradebook;
  /** What the gradebook is made of, for whoever makes a demo in it. */
  readonly parts: GradebookParts;
  readonly exercises: ExerciseShelf;
  readonly sandboxes: Sandboxes;
  /** Begins its thread with the first report; closed with the store. */
  readonly reports: ReportDesk;
}

export interface LabOptions {
  readonly dataDir: string;
  /** False for a command that works beside a running server. */
  readonly exclusive: boolean;
  /** Networks that webhooks may be sent to though they are private. */
  readonly webhookNetworks?: readonly string[];
  /** Told the seconds each verdict took. */
  readonly gradingTook?: (seconds: number) => void;
}

/** Opens the database and loads the exercises; throws StoreError or ExerciseError. */
export function openLab(options: LabOptions): Lab {
  const { dataDir, exclusive, gradingTook, webhookNetworks = [] } = options;
  const library = loadExercises(exercisesFolder);
  const file = databasePath(dataDir);
  const reports = openReportDesk(file);
  const store = closedAfter(openStore({ file, exclusive }), reports);
  const grader = createGrader(library);
  const parts: GradebookParts = {
    store,
    grader: gradingTook ? timed(grader, gradingTook) : grader,
    library: portOf(library),
    now: () => new Date(),
    newId: newIdentity,
    newToken: newSecret,
    hash: hashSecret,
    webhookAddress: reachOf(webhookNetworks).refuseUrl,
  };
  const gradebook = createGradebook(parts);
  const exercise = library.find;
  const sandboxes = createSandboxes({ store, gradebook, parts, exercise });
  return { store, gradebook, parts, exercises: shelfOf(library), sandboxes, reports };
}

/** Nobody may still read when the store puts its log away. */
function closedAfter<S extends Store>(store: S, reports: ReportDesk): S {
  const close = async () => {
    await reports.close();
    await store.close();
  };
  return { ...store, close };
}

function timed(grader: Grader, took: (seconds: number) => void): Grader {
  return {
    ...grader,
    grade(exercise, question) {
      const start = performance.now();
      try {
        return grader.grade(exercise, question);
      } finally {
        took((performance.now() - start) / 1000);
      }
    },
  };
}

const portOf = (library: ExerciseLibrary): GradebookParts['library'] => ({
  list: () => library.all,
  newest: (id) => library.get(id),
  find: (key) => library.find(key),
  variantOf(key, seed) {
    const found = library.find(key);
    return found && variantIndex(found.id, found.version, seed, found.variants.length);
  },
});

const shelfOf = (library: ExerciseLibrary): ExerciseShelf => ({
  list: () => library.exercises,
  view(named, seed, explained) {
    const exercise = typeof named === 'string' ? library.get(named) : library.find(named);
    return exercise && learnerView(exercise, seed, explained);
  },
});
