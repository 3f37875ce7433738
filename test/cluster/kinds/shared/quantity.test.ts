import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalQuantity,
  nanoOf,
  parseQuantity,
  roundUpToMilli,
} from '../../../../src/cluster/kinds/shared/quantity.ts';

describe('a quantity', () => {
  it.each([
    ['0.5', '500m'],
    ['1000', '1k'],
    ['1200', '1200'],
    ['1000m', '1'],
    ['1024Mi', '1Gi'],
    ['1.5Gi', '1536Mi'],
    ['0.5Ki', '512'],
    ['0.1Mi', '104857600m'],
    ['1e3', '1e3'],
    ['-1', '-1'],
    ['+1', '1'],
    ['0', '0'],
    ['0m', '0'],
    ['.5', '500m'],
    ['12E', '9223372036854775807'],
  ])('%s is spelled %s', (text, spelled) => {
    expect(canonicalQuantity(text)).toBe(spelled);
  });

  it.each(['64 Mi', '64MB', 'x', '', '1.2.3', '1 '])('%j is none', (text) => {
    expect(() => parseQuantity(text)).toThrow('quantities must match the regular expression');
  });

  it.each(['1MM', '1iK', '1e', '--1'])('%j has a suffix nobody knows', (text) => {
    expect(() => parseQuantity(text)).toThrow("unable to parse quantity's suffix");
  });

  it('is stored in thousandths, rounded away from zero', () => {
    expect(roundUpToMilli('1u')).toBe('1m');
    expect(roundUpToMilli('-1u')).toBe('-1m');
    expect(roundUpToMilli('100m')).toBe('100m');
  });

  it('keeps its amount and its spelling when spelled again', () => {
    const suffix = fc.constantFrom('', 'm', 'k', 'M', 'Ki', 'Mi', 'Gi', 'e2', 'E-3');
    const number = fc.double({ min: -1000, max: 1000, noNaN: true }).map((each) => each.toFixed(3));
    fc.assert(
      fc.property(number, suffix, (digits, unit) => {
        const text = `${digits}${unit}`;
        const spelled = canonicalQuantity(text);
        expect(nanoOf(spelled)).toBe(nanoOf(text));
        expect(canonicalQuantity(spelled)).toBe(spelled);
      }),
    );
  });
});
