import type { Status } from '../api-server/request.ts';
import { KubectlError } from './command.ts';
import { statusLine, statusText } from './status-text.ts';

/** Why a command did not do what it was asked for one object: kubectl's own words or a Status. */
export type CommandFailure =
  | { readonly text: string }
  | { readonly status: Status; readonly during: string };

/**
 * Ends the command when something failed: one failure in its full form, several a line each
 * (k8s.io/kubectl/pkg/cmd/util/helpers.go, checkErr).
 */
export function failWith(failures: readonly CommandFailure[]): void {
  const [first, ...more] = failures;
  if (!first) return;
  throw new KubectlError(more.length === 0 ? aloneText(first) : failures.map(lineText).join('\n'));
}

function aloneText(failure: CommandFailure): string {
  if ('status' in failure) return statusText(failure.status, failure.during);
  return failure.text.startsWith('error: ') ? failure.text : `error: ${failure.text}`;
}

const lineText = (failure: CommandFailure): string =>
  'status' in failure ? statusLine(failure.status, failure.during) : failure.text;
