import { type Call, queryOf } from '../call.ts';
import { badRequest } from '../status.ts';

/** What becomes of a field nobody knows: refused, warned of (the server's default), or dropped. */
export function strictness(call: Call, unknown: readonly string[]): void {
  const complaints = [...unknown, ...(call.request.bodyComplaints ?? [])];
  if (complaints.length === 0) return;
  const directive = queryOf(call, 'fieldValidation') || 'Warn';
  if (directive === 'Warn') call.warnings.push(...complaints);
  if (directive !== 'Strict') return;
  const { kind } = call;
  throw badRequest(
    `${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: ${strictError(complaints)}`,
  );
}

export const strictError = (complaints: readonly string[]): string =>
  `strict decoding error: ${complaints.join(', ')}`;
