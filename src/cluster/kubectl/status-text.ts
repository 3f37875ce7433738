import type { Status, StatusCause } from '../api-server/request.ts';

type Refusal = Pick<Status, 'message' | 'reason' | 'details'>;

/**
 * What kubectl prints when the API server refuses and that is the only error of the command: no
 * final line end. `during` is what it was doing, `error when creating "answer.yaml"`; kubectl puts
 * that before the server's message, but not before an Invalid answer, which it prints from the
 * causes (k8s.io/kubectl/pkg/cmd/util/helpers.go, checkErr).
 */
export function statusText(status: Refusal, during = ''): string {
  return status.reason === 'Invalid' ? invalidText(status, during) : statusLine(status, during);
}

/** The same refusal as one of several errors of a command: every reason is printed alike. */
export function statusLine(status: Refusal, during = ''): string {
  const message = statusMessage(status, during);
  if (status.reason === 'Unauthorized') {
    return `error: You must be logged in to the server (${message})`;
  }
  return status.reason
    ? `Error from server (${status.reason}): ${message}`
    : `Error from server: ${message}`;
}

/** The server's message with what kubectl was doing in front of it. */
const statusMessage = (status: Refusal, during: string): string =>
  during ? `${during}: ${status.message ?? ''}` : (status.message ?? '');

function invalidText(status: Refusal, during: string): string {
  const { details } = status;
  const message = statusMessage(status, during);
  if (!details) return message ? `The request is invalid: ${message}` : 'The request is invalid';
  const causes = causeTexts(details.causes ?? []);
  const named = details.kind || details.name;
  const head = named
    ? `The ${details.kind ?? ''} "${details.name ?? ''}" is invalid`
    : `The request is invalid${message && causes.length === 0 ? `: ${message}` : ''}`;
  return causes.length ? `${head}: ${listed(causes)}` : head;
}

/** kubectl says the same thing once only; it ends a line also after a cause that ends one. */
const causeTexts = (causes: readonly StatusCause[]): readonly string[] => [
  ...new Set(causes.map((cause) => `${cause.field ?? ''}: ${cause.message}`)),
];

const listed = (texts: readonly string[]): string => {
  const [first = ''] = texts;
  if (texts.length > 1) return ['', ...texts.map((text) => `* ${text}`)].join('\n');
  return first.endsWith('\n') ? `${first}\n` : first;
};
