import { goQuote } from '../field-error.ts';
import { type ApiError, applyConflict } from '../status.ts';
import { type FieldSet, pathsOf } from './field-set.ts';
import type { Manager } from './provenance.ts';

/** Fields that an author states otherwise than the manager they belong to. */
export interface Conflict {
  readonly manager: Manager;
  readonly fields: FieldSet;
}

/** 409: every field is a cause; the message lists them by manager (fieldmanager/internal/conflict.go). */
export function conflictError(conflicts: readonly Conflict[]): ApiError {
  const fields = conflicts.flatMap(({ manager, fields }) =>
    pathsOf(fields).map((path) => ({ path, by: managerText(manager) })),
  );
  const causes = fields.map(({ path, by }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${by}`,
    field: path,
  }));
  return applyConflict(messageOf(fields), causes);
}

interface Contested {
  readonly path: string;
  readonly by: string;
}

function messageOf(fields: readonly Contested[]): string {
  const [first] = fields;
  if (fields.length === 1 && first) {
    return `Apply failed with 1 conflict: conflict with ${first.by}: ${first.path}`;
  }
  const managers = [...new Set(fields.map(({ by }) => by))].sort();
  const lines = managers.flatMap((manager) => [
    `conflicts with ${manager}:`,
    ...fields.filter(({ by }) => by === manager).map(({ path }) => `- ${path}`),
  ]);
  return `Apply failed with ${fields.length} conflicts: ${lines.join('\n')}`;
}

function managerText({ manager, operation, apiVersion, subresource }: Manager): string {
  const part = subresource === undefined ? '' : ` with subresource ${goQuote(subresource)}`;
  const using = operation === 'Update' ? ` using ${apiVersion}` : '';
  return `${goQuote(manager)}${part}${using}`;
}
