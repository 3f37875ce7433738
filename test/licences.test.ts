import { expect, it } from 'vitest';
import { refused } from '../scripts/check-licences.ts';

const one = (license: string | undefined, dev = false) => ({
  version: '1.0.0',
  dev,
  ...(license !== undefined && { license }),
});

it.each([
  ['MIT', false, true],
  ['(MIT OR GPL-3.0-only)', false, true],
  ['MIT AND ISC', false, true],
  ['MIT AND GPL-3.0-only', false, false],
  ['GPL-3.0-only', true, false],
  ['MPL-2.0', true, true],
  ['MPL-2.0', false, false],
  [undefined, false, false],
])('a package under %s (development: %s) may be used: %s', (license, dev, may) => {
  const found = refused({ '': one('x'), 'node_modules/a/node_modules/@b/c': one(license, dev) });
  expect(found).toEqual(may ? [] : [`@b/c@1.0.0: ${license ?? 'no licence named'}`]);
});
