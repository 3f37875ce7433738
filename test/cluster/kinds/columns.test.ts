import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kinds } from '../../../src/cluster/kinds/registry.ts';

interface Definition {
  readonly name: string;
  readonly priority: number;
}

const measured = JSON.parse(
  readFileSync(new URL('../../conformance/discovery.json', import.meta.url), 'utf8'),
).tables as Record<string, readonly Definition[]>;

describe('the columns of each kind are those a real server prints', () => {
  it.each(kinds.filter(({ resource }) => measured[resource]))('$resource', (kind) => {
    const columns = kind.columns.map(({ name, priority }) => ({ name, priority }));
    const expected = measured[kind.resource]?.map(({ name, priority }) => ({ name, priority }));
    expect(columns).toEqual(expected);
  });
});
