import { expect, test } from 'vitest';
import { withoutTrailing } from '../../src/cluster/without-trailing.ts';

test.each([
  ['ab==', '=', 'ab'],
  ['=a=b', '=', '=a=b'],
  ['====', '=', ''],
  ['', '=', ''],
  [`x"'"`, `"'`, 'x'],
])('%s without trailing %s is %s', (text, characters, rest) => {
  expect(withoutTrailing(text, characters)).toBe(rest);
});
