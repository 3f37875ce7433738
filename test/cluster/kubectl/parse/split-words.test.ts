import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLine, splitWords } from '../../../../src/cluster/kubectl/parse/split-words.ts';

describe('splitting a line into words', () => {
  test.each<[string, string[]]>([
    ['get  pods\t-A', ['get', 'pods', '-A']],
    ["get pods -l '!app'", ['get', 'pods', '-l', '!app']],
    [`-o 'jsonpath={.a[?(@.b=="c")]}'`, ['-o', 'jsonpath={.a[?(@.b=="c")]}']],
    ['a"b c"d', ['ab cd']],
    ['"a\\"b\\n"', ['a"b\\n']],
    ["''", ['']],
    ['a\\ b', ['a b']],
    ['get pods # all of them', ['get', 'pods']],
    ['a#b', ['a#b']],
    ['', []],
  ])('%s', (line, words) => {
    expect(splitWords(line)).toEqual(words);
  });

  test.each(["'open", '"open', 'get pods | grep web', 'get pods > file', 'a; b', 'a && b', '`a`'])(
    'tells what a shell would make of %s, and has words all the same',
    (line) => {
      expect(readLine(line).problem).toMatch(/^error: /);
      expect(splitWords(line)).toEqual(readLine(line).words);
    },
  );

  test('quoted words come back whole', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        const line = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
        expect(readLine(line)).toEqual({ words });
      }),
    );
  });
});
