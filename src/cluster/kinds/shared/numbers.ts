import { type FieldError, type FieldPath, invalid } from '../../api-server/field-error.ts';

/** Counts and seconds; what is absent was left out on purpose. */
export const nonNegative = (number: number | undefined, path: FieldPath): FieldError[] =>
  number !== undefined && number !== null && number < 0
    ? [invalid(path, number, 'must be greater than or equal to 0')]
    : [];
