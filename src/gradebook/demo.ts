import type { GradebookParts } from './create-gradebook.ts';

/** The demo course, and the secrets of its people: shown once, kept only as hashes. */
export interface Demo {
  readonly courseId: string;
  readonly assignments: readonly { readonly id: string; readonly exerciseId: string }[];
  readonly instructor: string;
  readonly learners: readonly { readonly name: string; readonly secret: string }[];
}

/** Makes the demo course on an empty store; undefined when there is anything in it already. */
export declare function makeDemo(parts: GradebookParts): Promise<Demo | undefined>;
