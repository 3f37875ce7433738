import type { RefusalCode } from '../gradebook/index.ts';
import type { ReportQuestion } from '../gradebook/reporting/report.ts';

/** From the desk to its thread. `next`: room for one more piece; `stop`: nobody wants the rest. */
export type Ask =
  | { readonly kind: 'ask'; readonly id: number; readonly question: ReportQuestion }
  | { readonly kind: 'next'; readonly id: number }
  | { readonly kind: 'stop'; readonly id: number };

/** From the thread back. After `end` or `failed` the id is forgotten. */
export type Told =
  | { readonly kind: 'begin'; readonly id: number; readonly etag: string | undefined }
  | { readonly kind: 'piece'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly kind: 'end'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly error: Failure };

/** A refusal's code, or none where it is our fault. */
export interface Failure {
  readonly code?: RefusalCode;
  readonly detail: string;
}
