import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handle } from '../../../src/cluster/api-server/handle.ts';
import type { Json } from '../../../src/cluster/json.ts';
import { causesOf, create, patch, send, smallCluster, specOf, web } from './world.ts';

const twoPorts = [
  { name: 'a', port: 80 },
  { name: 'b', port: 443 },
];

function withTwoPorts() {
  const cluster = smallCluster();
  create(cluster, { ports: twoPorts, selector: { app: 'web' } });
  return cluster;
}

const portNumbers = (ports: Json | undefined): Json[] =>
  (ports as { port: number }[]).map(({ port }) => port);

describe('strategic merge', () => {
  const cases: readonly (readonly [string, Json, readonly number[]])[] = [
    ['merges by key', [{ port: 80, targetPort: 9 }], [80, 443]],
    ['puts new elements first', [{ port: 81, name: 'c' }], [81, 80, 443]],
    ['$patch delete takes one out', [{ port: 80, $patch: 'delete' }], [443]],
    ['$patch replace takes all others out', [{ $patch: 'replace' }, { port: 82 }], [82]],
  ];
  it.each(cases)('%s', (_name, ports, expected) => {
    const response = patch(withTwoPorts(), 'strategic', { spec: { ports } });
    expect(response.code).toBe(200);
    expect(portNumbers(specOf(response).ports)).toEqual(expected);
  });

  it('$setElementOrder orders, and keeps what only the server has', () => {
    const response = patch(withTwoPorts(), 'strategic', {
      spec: {
        '$setElementOrder/ports': [{ port: 443 }, { port: 90 }],
        ports: [{ port: 90, name: 'c' }],
      },
    });
    expect(portNumbers(specOf(response).ports)).toEqual([80, 443, 90]);
    expect(JSON.stringify(response.body)).not.toContain('$');
  });

  it('refuses a list that contradicts its order', () => {
    const order = { '$setElementOrder/ports': [{ port: 1 }], ports: [{ port: 2 }] };
    expect(patch(withTwoPorts(), 'strategic', { spec: order }).code).toBe(500);
  });

  it('$retainKeys drops every member it does not name', () => {
    const selector = { $retainKeys: ['tier'], tier: 'api' };
    const response = patch(withTwoPorts(), 'strategic', { spec: { selector } });
    expect(specOf(response).selector).toEqual({ tier: 'api' });
  });

  it('$patch replace puts a map in the place of another', () => {
    const selector = { $patch: 'replace', x: 'y' };
    const response = patch(withTwoPorts(), 'strategic', { spec: { selector } });
    expect(specOf(response).selector).toEqual({ x: 'y' });
  });

  it('merges and prunes lists of primitives', () => {
    const cluster = withTwoPorts();
    patch(cluster, 'strategic', { metadata: { finalizers: ['a/b', 'c/d'] } });
    const response = patch(cluster, 'strategic', {
      metadata: { '$deleteFromPrimitiveList/finalizers': ['a/b'] },
    });
    expect(response.body.metadata).toMatchObject({ finalizers: ['c/d'] });
  });

  it('null removes and is not stored', () => {
    const response = patch(withTwoPorts(), 'strategic', {
      spec: { selector: { app: null, gone: null, tier: 'x' } },
    });
    expect(specOf(response).selector).toEqual({ tier: 'x' });
  });

  it('says what is wrong with the result in the words of the conversion', () => {
    const bad: readonly (readonly [Json, string])[] = [
      [{ type: 1 }, 'cannot convert int64 to v1.ServiceType'],
      [{ type: true }, 'unrecognized type: string'],
      [{ ports: 80 }, 'cannot restore slice from int64'],
      [{ selector: 'x' }, 'cannot restore map from string'],
      [{ foo: 1 }, 'strict decoding error: unknown field "spec.foo"'],
    ];
    for (const [spec, words] of bad) {
      const response = patch(withTwoPorts(), 'strategic', { spec });
      expect(response.code).toBe(422);
      expect(causesOf(response)[0]).toContain(words);
    }
  });
});

describe('JSON merge patch', () => {
  it('replaces lists and removes by null', () => {
    const response = patch(withTwoPorts(), 'merge', {
      spec: { ports: [{ port: 81 }], selector: { app: null } },
    });
    expect(portNumbers(specOf(response).ports)).toEqual([81]);
    expect(specOf(response).selector).toBeUndefined();
  });

  it('keeps its hands off prototypes', () => {
    const body = JSON.parse('{"metadata":{"annotations":{"__proto__":"x"}}}');
    patch(withTwoPorts(), 'merge', body);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });
});

describe('server-side apply', () => {
  const apply = (
    body: Json,
    query: Record<string, string> = { fieldManager: 'kubectl', force: 'true' },
  ) => {
    const cluster = withTwoPorts();
    const send = (path: string) =>
      handle(cluster, {
        method: 'PATCH',
        path,
        body,
        query,
        patchType: 'application/apply-patch+yaml',
      });
    return { there: send(web), missing: send(`${web}-2`) };
  };

  it('creates what is missing and merges keyed lists into what is there', () => {
    const spec = { ports: [{ port: 443, name: 'tls' }] };
    const { there, missing } = apply({ apiVersion: 'v1', kind: 'Service', spec });
    expect(missing.code).toBe(201);
    expect(specOf(there).ports).toMatchObject([{ name: 'a' }, { name: 'tls' }]);
  });

  it('needs a manager and knows its fields', () => {
    const body = { apiVersion: 'v1', kind: 'Service', spec: { foo: 1 } };
    expect(apply(body, {}).there.code).toBe(422);
    const { there } = apply(body);
    expect(there.code).toBe(500);
    expect(there.body.message).toBe(
      'failed to create typed patch object (default/web; /v1, Kind=Service): .spec.foo: field not declared in schema',
    );
  });
});

it('a patch as deep as a well is refused', () => {
  let deep: Json = {};
  for (let level = 0; level < 50_000; level += 1) deep = { spec: deep };
  for (const type of ['strategic', 'merge'])
    expect(patch(withTwoPorts(), type, deep).code).toBe(400);
});

describe('JSON patch', () => {
  const spec = (path: string): string => `/spec${path}`;
  const good: readonly (readonly [string, Json, readonly number[]])[] = [
    [
      'add at the end',
      [{ op: 'add', path: spec('/ports/-'), value: { port: 9, name: 'c' } }],
      [80, 443, 9],
    ],
    [
      'add in front',
      [{ op: 'add', path: spec('/ports/0'), value: { port: 9, name: 'c' } }],
      [9, 80, 443],
    ],
    ['remove', [{ op: 'remove', path: spec('/ports/0') }], [443]],
    ['replace', [{ op: 'replace', path: spec('/ports/0/port'), value: 81 }], [81, 443]],
    ['move', [{ op: 'move', from: spec('/ports/0'), path: spec('/ports/1') }], [443, 80]],
    ['test', [{ op: 'test', path: spec('/ports/0/port'), value: 80 }], [80, 443]],
  ];
  it.each(good)('%s', (_name, operations, expected) => {
    const response = patch(withTwoPorts(), 'json', operations);
    expect(portNumbers(specOf(response).ports)).toEqual(expected);
  });

  const bad: readonly (readonly [string, Json, number])[] = [
    ['an unknown operation', [{ op: 'nope', path: '/spec' }], 422],
    ['a missing member', [{ op: 'remove', path: spec('/nope') }], 422],
    ['a failed test', [{ op: 'test', path: spec('/type'), value: 'x' }], 422],
    ['an index out of range', [{ op: 'add', path: spec('/ports/7'), value: 1 }], 422],
    ['no list', { op: 'x' }, 400],
    ['an inherited operation', [{ op: 'constructor', path: '/spec' }], 422],
  ];
  it.each(bad)('%s', (_name, operations, code) => {
    expect(patch(withTwoPorts(), 'json', operations).code).toBe(code);
  });
});

it('any patch gives an answer of the API, and the same patch twice changes nothing more', () => {
  const member = fc.constantFrom(
    'spec',
    'metadata',
    'ports',
    'selector',
    '$patch',
    '$retainKeys',
    'x',
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(null, true, 0, 80, 'delete', 'replace', 'x'),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(member, tie('any'), { maxKeys: 3 }),
    ),
  })).any as fc.Arbitrary<Json>;
  fc.assert(
    fc.property(fc.constantFrom('strategic', 'merge', 'json'), value, (type, body) => {
      const cluster = withTwoPorts();
      const first = patch(cluster, type, body);
      expect([200, 400, 409, 422, 500]).toContain(first.code);
      if (first.code !== 200 || type === 'json') return;
      const version = cluster.store.version();
      patch(cluster, type, body);
      expect(cluster.store.version()).toBe(version);
      expect(send(cluster, 'GET', web).body).toEqual(first.body);
    }),
    { numRuns: 200 },
  );
});
