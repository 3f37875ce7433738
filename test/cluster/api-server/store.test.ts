import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStore, type Store } from '../../../src/cluster/api-server/store.ts';
import type { KubeObject } from '../../../src/cluster/objects.ts';

const object = (namespace: string, name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...(namespace && { namespace }) },
});

type Step =
  | { readonly do: 'put' | 'remove'; readonly namespace: string; readonly name: string }
  | { readonly do: 'list'; readonly namespace: string | undefined }
  | { readonly do: 'fork' };

const namespace = fc.constantFrom('a', 'b', 'ab');
const name = fc.constantFrom('x', 'y', 'z', 'y-1', '__proto__', 'constructor');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('put', 'remove'), namespace, name }) as fc.Arbitrary<Step>,
  fc.record({
    do: fc.constant('list' as const),
    namespace: fc.option(namespace, { nil: undefined }),
  }),
  fc.constant({ do: 'fork' as const }),
);

const namesIn = (store: Store, within?: string): string[] =>
  store.list('configmaps', within).map(({ metadata }) => `${metadata.namespace} ${metadata.name}`);

describe('the store', () => {
  it('holds what a plain map would hold, in order, whatever the writes and forks', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let store = createStore();
        const model = new Set<string>();
        const expected = (within?: string) =>
          [...model].filter((key) => !within || key.startsWith(`${within} `)).sort();
        for (const each of steps) {
          if (each.do === 'fork') {
            store = store.fork();
          } else if (each.do === 'list') {
            expect(namesIn(store, each.namespace)).toEqual(expected(each.namespace));
          } else if (each.do === 'put') {
            store.put('configmaps', object(each.namespace, each.name));
            model.add(`${each.namespace} ${each.name}`);
          } else {
            const removed = store.remove('configmaps', each.namespace, each.name);
            expect(removed !== undefined).toBe(model.delete(`${each.namespace} ${each.name}`));
          }
        }
        expect(namesIn(store)).toEqual(expected());
        expect(store.size()).toBe(model.size);
      }),
    );
  });

  it('hands out the same list as long as nothing in it changed, to forks too', () => {
    const store = createStore();
    store.put('configmaps', object('a', 'x'));
    store.put('configmaps', object('b', 'x'));
    const [inA, inB] = [store.list('configmaps', 'a'), store.list('configmaps', 'b')];
    const fork = store.fork();
    fork.put('configmaps', object('b', 'y'));
    expect(fork.list('configmaps', 'a')).toBe(inA);
    expect(store.list('configmaps', 'b')).toBe(inB);
    expect(namesIn(fork, 'b')).toEqual(['b x', 'b y']);
  });

  it('logs every write once', () => {
    const store = createStore();
    const first = store.put('configmaps', object('a', 'x'));
    const second = store.put('configmaps', object('a', 'x'));
    store.remove('configmaps', 'a', 'x');
    store.remove('configmaps', 'a', 'x');
    expect(store.drain()).toEqual([
      { resource: 'configmaps', after: first },
      { resource: 'configmaps', before: first, after: second },
      { resource: 'configmaps', before: second },
    ]);
    expect(store.drain()).toEqual([]);
    expect(store.version()).toBe(3);
  });
});
