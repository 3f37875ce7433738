import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  matchesLabels,
  parseLabelSelector,
  SelectorError,
} from '../../../src/cluster/api-server/selectors.ts';
import { create, send, services, smallCluster } from './world.ts';

const labels = { app: 'web', tier: 'front', weight: '3' };

describe('label selectors', () => {
  const chosen = [
    '',
    'app',
    '!legacy',
    'app=web',
    'app == web',
    'app!=api',
    'legacy!=x',
    'app in (web, api)',
    'app notin (api)',
    'legacy notin (x)',
    'weight>2',
    'weight<10',
    'app=web,tier in (front)',
  ];
  it.each(chosen)('%s chooses', (text) => {
    expect(matchesLabels(parseLabelSelector(text), labels)).toBe(true);
  });

  const left = ['legacy', '!app', 'app=', 'app=api', 'app!=web', 'app in ()', 'weight>3', 'app>1'];
  it.each(left)('%s does not', (text) => {
    let matched = false;
    try {
      matched = matchesLabels(parseLabelSelector(text), labels);
    } catch (error) {
      expect(error).toBeInstanceOf(SelectorError);
    }
    expect(matched).toBe(false);
  });

  const wrong: readonly (readonly [string, string])[] = [
    ['=', "found '=', expected: !, identifier, or 'end of string'"],
    ['a,', "found '', expected: identifier after ','"],
    ['a in b', "unable to parse requirement: found 'b' expected: '('"],
    ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ['a=b c', "found 'c', expected: ',' or 'end of string'"],
    ['a=,)', "found ')', expected: identifier after ','"],
  ];
  it.each(wrong)('%s is refused', (text, message) => {
    expect(() => parseLabelSelector(text)).toThrow(new SelectorError(message));
  });

  it('never fails in another way', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab=!(),<> in') }), (text) => {
        try {
          parseLabelSelector(text);
        } catch (error) {
          expect(error).toBeInstanceOf(SelectorError);
        }
      }),
    );
  });
});

it('lists are chosen by labels and by fields', () => {
  const cluster = smallCluster();
  create(cluster, { ports: [{ port: 80 }] }, { name: 'a', labels: { app: 'a' } });
  create(cluster, { ports: [{ port: 80 }], type: 'NodePort' }, { name: 'b', labels: { app: 'b' } });
  const names = (query: Record<string, string>): string[] => {
    const { items } = send(cluster, 'GET', services, undefined, query).body;
    return (items as unknown as { metadata: { name: string } }[]).map(
      ({ metadata }) => metadata.name,
    );
  };
  expect(names({})).toEqual(['a', 'b']);
  expect(names({ labelSelector: 'app=a' })).toEqual(['a']);
  expect(names({ fieldSelector: 'spec.type=NodePort' })).toEqual(['b']);
  expect(names({ fieldSelector: 'metadata.name!=a,spec.type=ClusterIP' })).toEqual([]);
  const refused = send(cluster, 'GET', services, undefined, { fieldSelector: 'spec.foo=x' });
  expect(refused.code).toBe(400);
});
