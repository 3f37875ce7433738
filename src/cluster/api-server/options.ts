import type { Call } from './call.ts';
import { queryOf } from './call.ts';
import {
  type FieldError,
  fieldPath,
  forbidden,
  invalid,
  notSupported,
  required,
  tooLong,
} from './field-error.ts';
import { invalidObject } from './status.ts';

type OptionsKind = 'CreateOptions' | 'UpdateOptions' | 'PatchOptions' | 'DeleteOptions';

/** Refuses query parameters of a write that are no options of its (apimachinery meta/v1 validation). */
export function checkOptions(call: Call, kind: OptionsKind): void {
  const errors = [
    ...(kind === 'PatchOptions' ? patchErrors(call) : []),
    ...dryRunErrors(call.request.query?.dryRun),
    ...(kind === 'DeleteOptions' ? [] : [...managerErrors(call), ...fieldValidationErrors(call)]),
  ];
  if (errors.length > 0) throw invalidOptions(kind, errors);
}

export const invalidOptions = (kind: OptionsKind, errors: readonly FieldError[]) =>
  invalidObject({ group: 'meta.k8s.io', kind }, '', errors);

function dryRunErrors(dryRun: string | undefined): readonly FieldError[] {
  if (dryRun === undefined || dryRun === '' || dryRun === 'All') return [];
  return [notSupported(fieldPath('dryRun'), [dryRun], ['All'])];
}

const directives = ['', 'Ignore', 'Strict', 'Warn'];

function fieldValidationErrors(call: Call): readonly FieldError[] {
  const directive = queryOf(call, 'fieldValidation');
  if (directives.includes(directive)) return [];
  return [notSupported(fieldPath('fieldValidation'), directive, directives)];
}

const longestManager = 128;

function managerErrors(call: Call): readonly FieldError[] {
  const manager = queryOf(call, 'fieldManager');
  const path = fieldPath('fieldManager');
  if (Buffer.byteLength(manager) > longestManager) return [tooLong(path, longestManager)];
  const unprintable = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(manager);
  return unprintable ? [invalid(path, manager, 'should only contain printable characters')] : [];
}

function patchErrors(call: Call): readonly FieldError[] {
  if (call.request.patchType === 'application/apply-patch+yaml') {
    return queryOf(call, 'fieldManager') === ''
      ? [required(fieldPath('fieldManager'), 'is required for apply patch')]
      : [];
  }
  return call.request.query?.force === undefined
    ? []
    : [forbidden(fieldPath('force'), 'may not be specified for non-apply patch')];
}
