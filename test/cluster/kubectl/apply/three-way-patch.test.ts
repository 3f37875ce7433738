import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { threeWayPatch } from '../../../../src/cluster/kubectl/apply/three-way-patch.ts';

const service = 'core/v1.Service';
const spec = (value: Record<string, unknown>) => ({ spec: value }) as never;

describe('the three-way strategic merge patch', () => {
  test.each([
    ['nothing to do', {}, { type: 'A' }, { type: 'A', clusterIP: 'x' }, {}],
    ['a change', { type: 'A' }, { type: 'B' }, { type: 'A' }, { spec: { type: 'B' } }],
    [
      'what was applied and is gone is deleted',
      { type: 'A', sessionAffinity: 'x' },
      { type: 'A' },
      { type: 'A', sessionAffinity: 'x' },
      { spec: { sessionAffinity: null } },
    ],
    ['what others wrote stays', { type: 'A' }, { type: 'A' }, { type: 'A', clusterIP: 'x' }, {}],
    [
      'a port by its number',
      { ports: [{ port: 80 }, { port: 81 }] },
      { ports: [{ port: 80, targetPort: 8080 }] },
      { ports: [{ port: 80, targetPort: 80 }, { port: 81 }] },
      {
        spec: {
          '$setElementOrder/ports': [{ port: 80 }],
          ports: [
            { port: 80, targetPort: 8080 },
            { port: 81, $patch: 'delete' },
          ],
        },
      },
    ],
    [
      'an order alone',
      { ports: [{ port: 80 }, { port: 81 }] },
      { ports: [{ port: 81 }, { port: 80 }] },
      { ports: [{ port: 80 }, { port: 81 }] },
      { spec: { '$setElementOrder/ports': [{ port: 81 }, { port: 80 }] } },
    ],
    [
      'a list without a key is replaced',
      { externalIPs: ['a'] },
      { externalIPs: ['b'] },
      { externalIPs: ['a'] },
      { spec: { externalIPs: ['b'] } },
    ],
    [
      'a map merges by key',
      { selector: { a: '1', b: '2' } },
      { selector: { a: '1', c: '3' } },
      { selector: { a: '1', b: '2' } },
      { spec: { selector: { b: null, c: '3' } } },
    ],
  ])('%s', (_, original, modified, current, patch) => {
    expect(threeWayPatch(spec(original), spec(modified), spec(current), service)).toEqual(patch);
  });

  test('fields that exclude each other are named to be kept', () => {
    const strategy = (value: object) => ({ spec: { strategy: value } }) as never;
    const patch = threeWayPatch(
      strategy({ type: 'Recreate' }),
      strategy({ type: 'RollingUpdate' }),
      strategy({ type: 'Recreate' }),
      'apps/v1.Deployment',
    );
    expect(patch).toEqual({ spec: { strategy: { $retainKeys: ['type'], type: 'RollingUpdate' } } });
  });

  test('plain values of a set are taken out by name', () => {
    const meta = (finalizers: string[]) => ({ metadata: { finalizers } }) as never;
    expect(threeWayPatch(meta(['a', 'b']), meta(['b', 'c']), meta(['a', 'b']), service)).toEqual({
      metadata: {
        '$deleteFromPrimitiveList/finalizers': ['a'],
        '$setElementOrder/finalizers': ['b', 'c'],
        finalizers: ['c'],
      },
    });
  });

  test('names of prototypes are keys like any other', () => {
    const selector = (text: string) =>
      ({ spec: { selector: JSON.parse(text) as object } }) as never;
    const patch = threeWayPatch(
      selector('{}'),
      selector('{"__proto__":"a"}'),
      selector('{}'),
      service,
    );
    expect(JSON.stringify(patch)).toBe('{"spec":{"selector":{"__proto__":"a"}}}');
  });

  test('is empty for any manifest against itself', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (selector) => {
        const object = spec({ selector, ports: [{ port: 1 }, { port: 1, protocol: 'UDP' }] });
        expect(threeWayPatch(object, object, object, service)).toEqual({});
      }),
    );
  });
});
