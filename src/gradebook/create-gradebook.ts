import type { Grader } from '../grading/verdict.ts';
import type { Gradebook } from './gradebook.ts';
import type { Library, Store } from './ports.ts';

/** What the gradebook is made of; everything that differs from run to run is handed in. */
export interface GradebookParts {
  readonly store: Store;
  readonly grader: Grader;
  readonly library: Library;
  readonly now: () => Date;
  readonly newId: () => string;
  /** A random secret. */
  readonly newToken: () => string;
  /** SHA-256 of a secret, hexadecimal. */
  readonly hash: (secret: string) => string;
}

export declare function createGradebook(parts: GradebookParts): Gradebook;
