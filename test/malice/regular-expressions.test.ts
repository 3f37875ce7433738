import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nameOf, regularExpressions } from './expressions.ts';

const verdicts = JSON.parse(
  readFileSync(new URL('regular-expressions.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>;

describe('regular expressions of the source (after a new one: npm run redos)', () => {
  const found = regularExpressions();

  it('are found', () => {
    expect(found.length).toBeGreaterThan(300);
  });

  it('are each proved linear, or bounded by what a person says there', () => {
    const open = found.filter((one) => {
      const verdict = verdicts[nameOf(one)];
      return verdict === undefined || verdict.startsWith('UNSAFE');
    });
    expect(open.map((one) => `${one.where}: ${nameOf(one)}`)).toEqual([]);
  });

  it('that were judged still stand in the source', () => {
    const names = new Set(found.map(nameOf));
    expect(Object.keys(verdicts).filter((name) => !names.has(name))).toEqual([]);
  });
});
