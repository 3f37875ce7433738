import { type FieldError, type FieldPath, invalid } from '../../api-server/field-error.ts';
import { percentage } from './names.ts';
import { nonNegative } from './numbers.ts';

type IntOrPercent = number | string | undefined;

/** A count, or a share such as `25%`. */
export function validateIntOrPercent(value: IntOrPercent, path: FieldPath): FieldError[] {
  if (typeof value !== 'string') return nonNegative(value, path);
  return percentage(value).map((message) => invalid(path, value, message));
}

export function notMoreThanAll(value: IntOrPercent, path: FieldPath): FieldError[] {
  const share = shareOf(value);
  return share !== undefined && share > 100
    ? [invalid(path, value, 'must not be greater than 100%')]
    : [];
}

/** The number in it, whether a count or a share; text that is neither counts as 0. */
export const magnitudeOf = (value: IntOrPercent): number =>
  typeof value === 'number' ? value : (shareOf(value) ?? (Number.parseInt(value ?? '', 10) || 0));

const shareOf = (value: IntOrPercent): number | undefined =>
  typeof value === 'string' && /^[0-9]+%$/.test(value) ? Number.parseInt(value, 10) : undefined;
