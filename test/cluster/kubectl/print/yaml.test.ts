import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toYaml } from '../../../../src/cluster/kubectl/print/yaml.ts';
import { yamlToJson } from '../../../../src/cluster/kubectl/read/yaml-to-json.ts';

describe('YAML as kubectl prints it', () => {
  test.each<[unknown, string]>([
    ['plain', 'plain'],
    ['1', '"1"'],
    ['0x1f', '"0x1f"'],
    ['08', '"08"'],
    ['1e3', '"1e3"'],
    ['1_000', '"1_000"'],
    ['0o', '0o'],
    ['0o17', '"0o17"'],
    ['+0b11', '"+0b11"'],
    ['yes', '"yes"'],
    ['Null', '"Null"'],
    ['', '""'],
    ['~', '"~"'],
    ['2026-01-01', '"2026-01-01"'],
    ['2026-01-01T00:00:00Z', '"2026-01-01T00:00:00Z"'],
    ['12:30:45', '"12:30:45"'],
    ['10.96.0.1', '10.96.0.1'],
    ['nginx:1.27', 'nginx:1.27'],
    ['25%', '25%'],
    ['a: b', "'a: b'"],
    ["it's #1", "'it''s #1'"],
    ['*', "'*'"],
    ['-', "'-'"],
    [' a', "' a'"],
    ['a\tb', '"a\\tb"'],
    ['a\nb\n', '|\n  a\n  b'],
    ['a\nb', '|-\n  a\n  b'],
    ['a \nb', '"a \\nb"'],
    [true, 'true'],
    [null, 'null'],
    [[], '[]'],
    [{}, '{}'],
  ])('%j', (value, text) => {
    expect(toYaml({ k: value })).toBe(`k: ${text}\n`);
  });

  test('keys are sorted, numbers in them as numbers; sequences are not indented', () => {
    expect(toYaml({ k10: [{ b: 1, a: [2, [3]] }], k2: { y: 'n' } })).toBe(
      'k2:\n  "y": "n"\nk10:\n- a:\n  - 2\n  - - 3\n  b: 1\n',
    );
  });

  test('long texts are folded behind column 80', () => {
    const words = Array.from({ length: 30 }, () => 'word').join(' ');
    const text = toYaml({ message: words });
    expect(text.split('\n').length).toBe(3);
    expect(yamlToJson(text)).toEqual({ message: words });
  });

  test('what is printed reads back as what it was', () => {
    const key = fc.stringMatching(/^[a-zA-Z0-9._/-]{1,12}$/);
    const text = fc.stringMatching(/^[ -~]{0,120}$/);
    const value = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        tie('leaf'),
        fc.array(tie('tree')),
        fc.dictionary(key, tie('tree')),
      ),
      leaf: fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), text),
    }));
    fc.assert(
      fc.property(value.tree, (tree) => {
        expect(yamlToJson(toYaml({ tree }))).toEqual({ tree });
      }),
    );
  });
});
