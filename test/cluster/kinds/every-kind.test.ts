import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handle } from '../../../src/cluster/api-server/handle.ts';
import { type Cluster, emptyCluster } from '../../../src/cluster/cluster.ts';
import type { Json } from '../../../src/cluster/json.ts';
import { kindOf } from '../../../src/cluster/kinds/registry.ts';
import type { KubeObject } from '../../../src/cluster/objects.ts';
import { examples } from './examples.ts';
import { absent, errorsOf, prepared, tweaked } from './tweak.ts';

function clusterWithDefault(): Cluster {
  const cluster = emptyCluster();
  cluster.store.put('namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'default' },
    status: { phase: 'Active' },
  });
  return cluster;
}

const pathOf = (group: string, resource: string, namespaced: boolean, version = 'v1'): string => {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  return namespaced ? `${root}/namespaces/default/${resource}` : `${root}/${resource}`;
};

/** The paths of all fields of an object, parents first. */
function pathsIn(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    return [path, ...pathsIn(member, path)];
  });
}

const values = fc.oneof(
  fc.constant(absent),
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    '',
    'A_b',
    -1,
    0,
    65536,
    null,
    [],
    {},
    [null],
    [{}],
    '150%',
    '__proto__',
  ),
);

describe.each(Object.entries(examples))('%s', (name, example) => {
  const kind = kindOf(example.apiVersion, name);
  if (!kind) throw new Error(`no kind ${name}`);

  it('takes its example', () => {
    expect(errorsOf(kind, example)).toEqual([]);
  });

  it('changes nothing when its defaults are applied again', () => {
    const once = prepared(kind, example);
    const twice = structuredClone(once);
    kind.defaults?.(twice);
    expect(twice).toEqual(once);
  });

  it('prints a cell in every column, for an object that holds nothing too', () => {
    const bare: KubeObject = { apiVersion: '', kind: name, metadata: { name: 'bare' } };
    for (const object of [prepared(kind, example), bare]) {
      for (const column of kind.columns) {
        expect(['string', 'number']).toContain(typeof column.cell(object, emptyCluster()));
      }
    }
  });

  it('answers whatever is changed in its example', () => {
    const paths = pathsIn(example).filter((path) => path !== 'apiVersion' && path !== 'kind');
    fc.assert(
      fc.property(fc.constantFrom(...paths), values, (path, value) => {
        const body = tweaked(example, path, value) as unknown as Json;
        const request = {
          method: 'POST',
          path: pathOf(kind.group, kind.resource, kind.namespaced),
          body,
        } as const;
        const { code } = handle(clusterWithDefault(), request);
        expect([201, 400, 403, 404, 409, 422]).toContain(code);
      }),
      { numRuns: 60 },
    );
  });
});
