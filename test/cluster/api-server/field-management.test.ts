import { describe, expect, test } from 'vitest';
import { handle } from '../../../src/cluster/api-server/handle.ts';
import type { ApiResponse } from '../../../src/cluster/api-server/request.ts';
import { type Cluster, forkCluster } from '../../../src/cluster/cluster.ts';
import type { Json, JsonObject } from '../../../src/cluster/json.ts';
import { runKubectl } from '../../../src/cluster/kubectl/run.ts';
import { create, patch, send, serviceBody, smallCluster, specOf, web } from './world.ts';

function apply(
  cluster: Cluster,
  manager: string,
  spec: JsonObject,
  { force = false, labels }: { force?: boolean; labels?: JsonObject } = {},
): ApiResponse {
  return handle(cluster, {
    method: 'PATCH',
    path: web,
    patchType: 'application/apply-patch+yaml',
    query: { fieldManager: manager, force: String(force) },
    body: serviceBody(spec, labels && { labels }),
  });
}

interface Entry {
  readonly manager: string;
  readonly operation: string;
  readonly fieldsV1: JsonObject;
}

function managers(cluster: Cluster): readonly Entry[] {
  const { body } = handle(cluster, { method: 'GET', path: web, withManagedFields: true });
  return ((body.metadata as JsonObject).managedFields ?? []) as unknown as Entry[];
}

const labelsOf = ({ body }: ApiResponse): Json | undefined => (body.metadata as JsonObject).labels;
const port80 = 'k:{"port":80,"protocol":"TCP"}';
const http = { ports: [{ port: 80 }] };

describe('who manages which fields', () => {
  test('of a creation: what was sent and its defaults, not what was allocated', () => {
    const cluster = smallCluster();
    create(cluster, { ...http, selector: { app: 'a' } }, { labels: { a: 'b' } });
    const port = { '.': {}, 'f:port': {}, 'f:protocol': {}, 'f:targetPort': {} };
    expect(managers(cluster)).toEqual([
      {
        manager: 'unknown',
        operation: 'Update',
        apiVersion: 'v1',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:metadata': { 'f:labels': { '.': {}, 'f:a': {} } },
          'f:spec': {
            'f:internalTrafficPolicy': {},
            'f:ports': { '.': {}, [port80]: port },
            'f:selector': {},
            'f:sessionAffinity': {},
            'f:type': {},
          },
        },
      },
    ]);
  });

  test('of an applied one: what was stated', () => {
    const cluster = smallCluster();
    expect(apply(cluster, 'one', http).code).toBe(201);
    const [entry] = managers(cluster);
    expect(entry).toMatchObject({ manager: 'one', operation: 'Apply' });
    expect(entry?.fieldsV1).toEqual({
      'f:spec': { 'f:ports': { [port80]: { '.': {}, 'f:port': {} } } },
    });
  });

  test('a patch takes over what it changes, in its cluster alone', () => {
    const cluster = smallCluster();
    apply(cluster, 'one', http, { labels: { a: '1', b: '1' } });
    const fork = forkCluster(cluster);
    patch(fork, 'merge', { metadata: { labels: { a: '2' } } });
    const labels = ({ fieldsV1 }: Entry) => (fieldsV1['f:metadata'] as JsonObject)['f:labels'];
    expect(managers(fork).map(labels)).toEqual([{ 'f:b': {} }, { 'f:a': {} }]);
    expect(managers(cluster).map(labels)).toEqual([{ 'f:a': {}, 'f:b': {} }]);
  });

  test('is not shown to those who do not ask', () => {
    const cluster = smallCluster();
    create(cluster, http);
    const get = (...args: string[]) =>
      runKubectl(cluster, { args: ['get', 'svc', 'web', ...args] });
    expect(get('-o', 'yaml').stdout).not.toContain('managedFields');
    expect(get('-o', 'yaml', '--show-managed-fields').stdout).toContain('f:ports:');
  });
});

describe('applying', () => {
  test('the same again changes nothing', () => {
    const cluster = smallCluster();
    const first = apply(cluster, 'one', http);
    expect(apply(cluster, 'one', http).body).toEqual(first.body);
  });

  test('fields of another manager is a conflict, told field by field', () => {
    const cluster = smallCluster();
    create(cluster, http, { labels: { a: '1' } });
    const { code, body } = apply(cluster, 'one', { ports: [{ port: 80, targetPort: 81 }] });
    expect(code).toBe(409);
    expect(body).toMatchObject({
      reason: 'Conflict',
      message:
        'Apply failed with 1 conflict: conflict with "unknown" using v1: .spec.ports[port=80,protocol="TCP"].targetPort',
      details: {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "unknown" using v1',
            field: '.spec.ports[port=80,protocol="TCP"].targetPort',
          },
        ],
      },
    });
  });

  test('several conflicts are listed by manager', () => {
    const cluster = smallCluster();
    apply(cluster, 'one', http, { labels: { a: '1', b: '1' } });
    apply(cluster, 'two', {}, { labels: { c: '1' } });
    const { body } = apply(cluster, 'three', {}, { labels: { a: '2', b: '2', c: '2' } });
    expect(body.message).toBe(
      'Apply failed with 3 conflicts: conflicts with "one":\n- .metadata.labels.a\n- .metadata.labels.b\nconflicts with "two":\n- .metadata.labels.c',
    );
  });

  test('the value that is there is no conflict, and then both manage it', () => {
    const cluster = smallCluster();
    apply(cluster, 'one', http, { labels: { a: '1' } });
    expect(apply(cluster, 'two', {}, { labels: { a: '1' } }).code).toBe(200);
    expect(labelsOf(apply(cluster, 'one', http))).toEqual({ a: '1' });
    expect(labelsOf(apply(cluster, 'two', {}))).toBeUndefined();
  });

  test('by force takes the fields over', () => {
    const cluster = smallCluster();
    apply(cluster, 'one', http, { labels: { a: '1' } });
    expect(apply(cluster, 'two', {}, { labels: { a: '2' }, force: true }).code).toBe(200);
    expect(apply(cluster, 'one', http, { labels: { a: '1' } }).code).toBe(409);
  });

  test('less than before takes away what nobody else manages', () => {
    const cluster = smallCluster();
    const two = {
      ports: [
        { port: 80, name: 'a' },
        { port: 81, name: 'b' },
      ],
    };
    apply(cluster, 'one', two, { labels: { a: '1', b: '1' } });
    const less = apply(
      cluster,
      'one',
      { ports: [{ port: 80, name: 'a' }] },
      { labels: { a: '1' } },
    );
    expect(specOf(less).ports).toMatchObject([{ port: 80 }]);
    expect(labelsOf(less)).toEqual({ a: '1' });
  });

  test('one port number for two protocols are two elements', () => {
    const cluster = smallCluster();
    apply(cluster, 'one', { ports: [{ port: 53, name: 'tcp' }] });
    const both = apply(cluster, 'two', { ports: [{ port: 53, name: 'udp', protocol: 'UDP' }] });
    expect(specOf(both).ports).toMatchObject([{ name: 'tcp' }, { name: 'udp' }]);
  });

  test.each([
    [
      'twice the same key',
      [{ port: 80 }, { port: 80 }],
      '.spec.ports: duplicate entries for key [port=80,protocol="TCP"]',
    ],
    [
      'no key',
      [{ name: 'a' }],
      '.spec.ports: element 0: associative list with keys has an element that omits key field "port" (and doesn\'t have default value)',
    ],
  ])('a list with %s', (_, ports, words) => {
    const cluster = smallCluster();
    apply(cluster, 'one', http);
    expect(apply(cluster, 'one', { ports }).body.message).toContain(words);
  });

  test('is dry when asked to be', () => {
    const cluster = smallCluster();
    const query = { fieldManager: 'one', dryRun: 'All' };
    const patchType = 'application/apply-patch+yaml';
    handle(cluster, { method: 'PATCH', path: web, patchType, query, body: serviceBody(http) });
    expect(send(cluster, 'GET', web).code).toBe(404);
  });
});

describe('kubectl apply --server-side', () => {
  const text = (label: string, more = '') =>
    `{apiVersion: v1, kind: Service, metadata: {name: web, labels: {a: "${label}"}}, spec: {ports: [{port: 80}]${more}}}`;
  const run = (cluster: Cluster, stdin: string, ...flags: string[]) =>
    runKubectl(cluster, { args: ['apply', '-f', '-', ...flags], stdin });

  test('explains a conflict and what to do', () => {
    const cluster = smallCluster();
    create(cluster, http, { labels: { a: '1' } });
    const { exit, stderr } = run(cluster, text('2'), '--server-side');
    expect(exit).toBe(1);
    expect(stderr).toMatch(/^error: Apply failed with 1 conflict: .*\.metadata\.labels\.a\n/);
    expect(stderr).toContain('--force-conflicts');
    expect(run(cluster, text('2'), '--server-side', '--force-conflicts').stdout).toBe(
      'service/web serverside-applied\n',
    );
  });

  test('takes over what was applied from the client, and what goes from the file goes', () => {
    const cluster = smallCluster();
    run(cluster, text('1', ', sessionAffinity: ClientIP'));
    expect(run(cluster, text('2'), '--server-side').stderr).toBe('');
    expect(
      managers(cluster)
        .map(({ manager }) => manager)
        .sort(),
    ).toEqual(['kubectl', 'kubectl-last-applied']);
    const { body } = send(cluster, 'GET', web);
    expect(body).toMatchObject({
      metadata: { labels: { a: '2' } },
      spec: { sessionAffinity: 'None' },
    });
    expect(run(cluster, text('2')).exit).toBe(0);
    expect(run(cluster, text('2')).stdout).toBe('service/web unchanged\n');
  });

  test('does not take over what somebody else changed since', () => {
    const cluster = smallCluster();
    run(cluster, text('1'));
    runKubectl(cluster, { args: ['label', 'svc', 'web', 'a=x', '--overwrite'] });
    expect(run(cluster, text('2'), '--server-side').stderr).toContain(
      'conflict with "kubectl-label" using v1: .metadata.labels.a',
    );
  });
});
