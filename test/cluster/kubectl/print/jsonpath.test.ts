import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compileJsonPath,
  JsonPathError,
} from '../../../../src/cluster/kubectl/print/jsonpath/jsonpath.ts';

const data = {
  items: [
    {
      metadata: { name: 'a', labels: { 'x.y/z': '1' } },
      spec: {
        ports: [
          { name: 'http', port: 80 },
          { name: 'm', port: 9 },
        ],
        selector: { b: '<', a: '2' },
      },
    },
    { metadata: { name: 'b' }, spec: { ports: [{ port: 1 }] }, gone: null },
  ],
};

describe("kubectl's jsonpath", () => {
  test.each([
    ['{.items[*].spec.ports[*].port}', '80 9 1'],
    [
      '{range .items[*]}{.metadata.name}{"\\t"}{.spec.ports[0].port}{"\\n"}{end}.',
      'a\t80\nb\t1\n.',
    ],
    ['{range .items[*]}{range .spec.ports[*]}{.port},{end};{end}', '80,9,;1,;'],
    ['{..name}', 'a http m b'],
    ['{.items[?(@.metadata.name=="b")].spec.ports[0].port}', '1'],
    ['{.items[0].spec.ports[?(@.port>10)].name}', 'http'],
    ['{.items[?(@.metadata.labels)].metadata.name}', 'a'],
    ['{.items[-1].metadata.name}', 'b'],
    ['{.items[:1].metadata.name}', 'a'],
    ['{.items[0:2:2].metadata.name}', 'a'],
    ["{.items[0].metadata.labels['x\\.y/z']}", '1'],
    ['{.items[0].metadata.labels.x\\.y/z}', '1'],
    ["{.items[0]['metadata.name','spec.selector.a']}", 'a 2'],
    ['{.items[0].spec.selector}', '{"a":"2","b":"\\u003c"}'],
    ['{$.items[0].metadata.name}', 'a'],
    ['{.items[1].gone}', 'null'],
    ['{.items[*].nope}', ''],
    ['plain', 'plain'],
    ['{.items[*].metadata.name} and {"more"}', 'a b and more'],
  ])('%s', (template, text) => {
    expect(compileJsonPath(template)(data)).toBe(text);
  });

  test.each([
    ['{.items[', 'unterminated array'],
    ['{.items', 'unclosed action'],
    ['{nope}', 'unrecognized identifier nope'],
    ['{.items[9]}', 'array index out of bounds: index 9, length 2'],
    ['{.items[x]}', 'invalid array index x'],
    ['{.items[0].metadata[0]}', 'map[string]interface {} is not array or slice'],
    ['{.items[?(@.metadata.name==1)]}', 'incompatible types for comparison'],
    ['{end}', 'not in range, nothing to end'],
    ['{"a}', 'unterminated quoted string'],
  ])('%s fails: %s', (template, text) => {
    expect(() => compileJsonPath(template)(data)).toThrow(text);
  });

  test('any template prints or fails as a JsonPathError', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '.',
      '..',
      '*',
      '?(',
      ')',
      '@',
      '"',
      "'",
      'items',
      'range ',
      'end',
      '-',
      '9',
      ',',
      ':',
      '==',
      '\\',
      '~',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          compileJsonPath(pieces.join(''))(data);
        } catch (error) {
          expect(error).toBeInstanceOf(JsonPathError);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('deep nesting and repeated descent are bounded', () => {
    expect(() => compileJsonPath(`{${'[?(@'.repeat(5000)}`)(data)).toThrow(JsonPathError);
    const wide = { a: Array.from({ length: 50 }, () => ({ a: [{ a: [1, 2] }] })) };
    expect(() => compileJsonPath(`{${'..*'.repeat(40)}}`)(wide)).toThrow(JsonPathError);
  });
});
