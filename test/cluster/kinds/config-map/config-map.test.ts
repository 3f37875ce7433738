import { describe, expect, it } from 'vitest';
import { configMap } from '../../../../src/cluster/kinds/config-map/config-map.ts';
import { examples } from '../examples.ts';
import { errorsOf, tweaked, updateErrorsOf } from '../tweak.ts';

const key = (path: string, name: string) => `${path}[${name}]: Invalid value: "${name}": `;
const oneMebibyte = 1024 * 1024;

describe('a ConfigMap with one field changed', () => {
  it.each<[string, unknown, string[]]>([
    ['data', { 'a.b-c_d': '' }, []],
    ['data', { '..': '' }, [`${key('data', '..')}must not be '..'`]],
    [
      'binaryData',
      { key: 'AAAA' },
      [`${key('data', 'key')}duplicate of key present in binaryData`],
    ],
    ['data', { key: 'x'.repeat(oneMebibyte) }, []],
    [
      'data',
      { key: 'x'.repeat(oneMebibyte + 1) },
      [`: Too long: may not be more than ${oneMebibyte} bytes`],
    ],
  ])('%s = %j', (path, value, expected) => {
    expect(errorsOf(configMap, tweaked(examples.ConfigMap, path, value))).toEqual(expected);
  });

  it('says what a key may consist of', () => {
    const [error] = errorsOf(configMap, tweaked(examples.ConfigMap, 'data', { 'a b': '' }));
    expect(error).toContain(`${key('data', 'a b')}a valid config key must consist of`);
  });

  it('stays as it is once it is immutable', () => {
    const sealed = tweaked(examples.ConfigMap, 'immutable', true);
    const message = 'Forbidden: field is immutable when `immutable` is set';
    expect(updateErrorsOf(configMap, sealed, sealed)).toEqual([]);
    expect(updateErrorsOf(configMap, tweaked(examples.ConfigMap, 'data', {}), sealed)).toEqual([
      `immutable: ${message}`,
      `data: ${message}`,
    ]);
  });
});
