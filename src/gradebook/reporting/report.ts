import type { Role } from '../actor.ts';
import type { Instant } from '../course.ts';

/** What a learning management system wants a gradebook to look like; `plain` is for people. */
export const presets = ['plain', 'canvas', 'moodle'] as const;
export type Preset = (typeof presets)[number];

/** The column of an LMS that our external ids stand in; each preset has a usual one. */
export const idColumns = {
  plain: ['Learner ID'],
  canvas: ['SIS User ID', 'SIS Login ID', 'ID'],
  moodle: ['ID number', 'Username', 'Email address'],
} as const satisfies Record<Preset, readonly [string, ...string[]]>;
export type IdColumn = (typeof idColumns)[Preset][number];

export interface CsvOptions {
  readonly preset: Preset;
  readonly idColumn: IdColumn;
  /** Whether cells that a spreadsheet would run are disarmed, or left as they are. */
  readonly formulas: 'escape' | 'keep';
}

interface Asked {
  readonly courseId: string;
  /** The moment that decides what is released and due. */
  readonly now: Instant;
  /** Whose eyes it is for: learners' and their LMS see nothing that is withheld. */
  readonly role: Role;
}

/** Everything that can be asked of the thread that makes reports; rights were looked at before. */
export type ReportQuestion = Asked &
  (
    | { readonly report: 'gradebook' }
    | ({ readonly report: 'gradebook-csv' } & CsvOptions)
    | { readonly report: 'matrix' }
    | { readonly report: 'matrix-csv'; readonly formulas: CsvOptions['formulas'] }
    | { readonly report: 'submissions-csv'; readonly formulas: CsvOptions['formulas'] }
    | { readonly report: 'page' }
    | { readonly report: 'changes'; readonly cursor?: string; readonly limit: number }
    | { readonly report: 'analytics' }
    | { readonly report: 'assignment-analytics'; readonly assignmentId: string }
    | { readonly report: 'at-risk' }
  );

/** An answer as it comes: UTF-8, in pieces, each made when the one before was taken. */
export interface ReportAnswer {
  /** Changes whenever the answer does; absent where that is not known beforehand. */
  readonly etag?: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** For who does not want the rest, or any of it. */
  cancel(): void;
}

/** Where reports are made: beside the live requests, which never wait for them. */
export interface ReportDesk {
  /** Rejects with a Refusal where there is nothing to report of, or no time for it. */
  ask(question: ReportQuestion): Promise<ReportAnswer>;
  close(): Promise<void>;
}
