import type { ApiResponse } from '../cluster/api-server/request.ts';
import { isObject } from '../cluster/json.ts';
import type { Watch } from './watch.ts';

/** An HTTP request to one sandbox, as it came: nothing of it is decoded yet. */
export interface WireRequest {
  readonly method: string;
  /** The path below the sandbox's own, percent-encoded as it was sent: `/api/v1/pods`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** An answer in one piece. */
export interface WholeAnswer {
  readonly code: number;
  readonly contentType: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string | string[]>>;
}

/** An answer, or a watch that goes on until its client or the server ends it. */
export type WireAnswer = WholeAnswer | { readonly watch: Watch; readonly contentType: string };

export const json = 'application/json';

/** An answer of the API server as JSON on the wire, with its warnings (RFC 7234 `Warning: 299`). */
export function jsonAnswer({ code, body, warnings }: ApiResponse, indent = 0): WholeAnswer {
  const text = `${JSON.stringify(body, null, indent)}\n`;
  const headers = {
    ...(warnings.length > 0 && { warning: warnings.map(warningText) }),
    ...retryAfter(body),
  };
  return {
    code,
    contentType: json,
    body: text,
    ...(Object.keys(headers).length > 0 && { headers }),
  };
}

/** A Status that says when to come back says so in the header as well: clients look there. */
function retryAfter({ details }: ApiResponse['body']): { readonly 'retry-after'?: string } {
  const seconds = isObject(details) ? details.retryAfterSeconds : undefined;
  return typeof seconds === 'number' ? { 'retry-after': String(seconds) } : {};
}

/** Characters that no header may hold are left out, as apimachinery's net.NewWarningHeader does. */
const warningText = (text: string): string => {
  const quoted = text.replace(/[\p{Cc}]/gu, ' ').replace(/["\\]/g, '\\$&');
  return `299 - "${Buffer.from(quoted).toString('latin1')}"`;
};

export const textAnswer = (code: number, body: string): WholeAnswer => ({
  code,
  contentType: 'text/plain; charset=utf-8',
  body,
});

/** What Go's own router says of a path that leads nowhere. */
export const noPage = (): WholeAnswer => textAnswer(404, '404 page not found\n');
