import { goQuote } from '../../api-server/field-error.ts';
import type { Parsed } from '../command.ts';
import { failed } from './usage.ts';

/** How strictly the server is to read an object (`fieldValidation` of a request). */
export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

const directives = new Map<string, FieldValidation>([
  ['strict', 'Strict'],
  ['warn', 'Warn'],
  ['ignore', 'Ignore'],
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((word) => [word, 'Strict'] as const),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((word) => [word, 'Ignore'] as const),
]);

/** What `--validate` asks for; throws KubectlError (cmdutil.GetValidationDirective). */
export function fieldValidationOf(parsed: Parsed): FieldValidation {
  const given = parsed.flag('validate') ?? 'strict';
  const directive = directives.get(given);
  if (directive) return directive;
  throw failed(
    `invalid - validate option ${goQuote(given)}; must be one of: strict (or true), warn, ignore (or false)`,
  );
}
