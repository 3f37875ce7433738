import { goQuote } from '../../../api-server/field-error.ts';
import type { Constructed } from './construct.ts';

/** A value as Go's %#v prints it, which is how go-yaml names a key that cannot be one. */
export function goSyntax(value: Constructed): string {
  if (value === null) return 'interface {}(nil)';
  if (typeof value === 'string') return goQuote(value);
  if (typeof value === 'number') return goNumber(value);
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  const entries = Object.keys(value)
    .sort()
    .map(
      (key) => `${goQuote(key)}:${goSyntax((value as Record<string, Constructed>)[key] ?? null)}`,
    );
  return `map[interface {}]interface {}{${entries.join(', ')}}`;
}

function goNumber(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : value < 0 ? '-Inf' : 'NaN';
  return String(value).replace(/e([-+])(\d)$/, 'e$10$2');
}

/** A float as Go formats a map key: the shortest form that a 32-bit float reads back. */
export function goFloat32(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  const narrow = Math.fround(value);
  if (!Number.isFinite(narrow)) return narrow > 0 ? '.inf' : '-.inf';
  const shortest = shortestDigits(narrow);
  const exponent = narrow === 0 ? 0 : Math.floor(Math.log10(Math.abs(Number(shortest))));
  if (exponent >= -4 && exponent < 6) return String(Number(shortest));
  return Number(shortest)
    .toExponential()
    .replace(/e([-+])(\d)$/, 'e$10$2');
}

function shortestDigits(narrow: number): string {
  for (let digits = 1; digits < 10; digits += 1) {
    const text = narrow.toPrecision(digits);
    if (Math.fround(Number(text)) === narrow) return text;
  }
  return String(narrow);
}
