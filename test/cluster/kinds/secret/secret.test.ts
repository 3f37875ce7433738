import { describe, expect, it } from 'vitest';
import { secret } from '../../../../src/cluster/kinds/secret/secret.ts';
import { examples } from '../examples.ts';
import { errorsOf, prepared, tweaked, updateErrorsOf } from '../tweak.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const typed = (type: string, data: Record<string, string>) =>
  errorsOf(secret, { ...examples.Secret, type, stringData: undefined, data });

describe('a Secret', () => {
  it('keeps text as data', () => {
    const object = prepared(secret, tweaked(examples.Secret, 'data', { key: 'b2xk', other: '' }));
    expect(object).toMatchObject({ type: 'Opaque', data: { key: base64('value'), other: '' } });
    expect(object).not.toHaveProperty('stringData');
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['Opaque', {}, []],
    ['example.com/own', {}, []],
    ['kubernetes.io/tls', { 'tls.crt': '' }, ['data[tls.key]: Required value']],
    ['kubernetes.io/basic-auth', { username: '' }, []],
    [
      'kubernetes.io/basic-auth',
      {},
      ['data[username]: Required value', 'data[password]: Required value'],
    ],
    ['kubernetes.io/ssh-auth', {}, ['data[ssh-privatekey]: Required value']],
    ['kubernetes.io/dockerconfigjson', { '.dockerconfigjson': base64('{}') }, []],
    [
      'kubernetes.io/dockerconfigjson',
      { '.dockerconfigjson': base64('x') },
      [
        `data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": invalid character 'x' looking for beginning of value`,
      ],
    ],
    [
      'kubernetes.io/service-account-token',
      {},
      ['metadata.annotations[kubernetes.io/service-account.name]: Required value'],
    ],
  ])('of type %s with %j', (type, data, expected) => {
    expect(typed(type, data)).toEqual(expected);
  });

  it('keeps its type', () => {
    const object = tweaked(examples.Secret, 'type', 'example.com/own');
    expect(updateErrorsOf(secret, object, examples.Secret)).toEqual([
      'type: Invalid value: "example.com/own": field is immutable',
    ]);
  });
});
