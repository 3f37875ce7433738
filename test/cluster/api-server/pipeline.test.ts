import { describe, expect, it } from 'vitest';
import { handle } from '../../../src/cluster/api-server/handle.ts';
import { forkCluster } from '../../../src/cluster/cluster.ts';
import {
  causesOf,
  create,
  onePort,
  patch,
  send,
  serviceBody,
  services,
  smallCluster,
  web,
} from './world.ts';

describe('which error wins', () => {
  const strict = { fieldValidation: 'Strict' };
  const wrong = { ...onePort, type: 'x', ports: [{ port: 0, nodePort: 80 }] };
  const cases: readonly (readonly [
    string,
    string,
    Parameters<typeof serviceBody>,
    number,
    string,
  ])[] = [
    ['options before the body', '?', [{ foo: 1 }], 422, 'dryRun'],
    ['types before strictness', services, [{ a: 1, type: 1 }], 400, 'cannot unmarshal'],
    [
      'strictness before the namespace',
      '/api/v1/namespaces/no/services',
      [{ foo: 1 }],
      400,
      'strict',
    ],
    [
      'the namespace before allocation',
      '/api/v1/namespaces/no/services',
      [wrong],
      404,
      'not found',
    ],
    [
      'allocation before validation',
      services,
      [{ ...wrong, type: 'NodePort' }],
      422,
      'valid range',
    ],
    ['validation before the name', services, [wrong], 422, 'Unsupported value'],
    ['the name at last', services, [onePort], 409, 'already exists'],
  ];
  it.each(cases)('%s', (_name, path, body, code, words) => {
    const cluster = smallCluster();
    create(cluster, onePort);
    const options = path === '?' ? { dryRun: 'x' } : strict;
    const target = path === '?' ? services : path;
    const response = send(cluster, 'POST', target, serviceBody(...body), options);
    expect(response.code).toBe(code);
    expect(String(response.body.message)).toContain(words);
  });
});

describe('bodies', () => {
  const refused: readonly (readonly [string, Parameters<typeof send>[3], string])[] = [
    ['nothing', undefined, '(<empty>)'],
    ['a list', [], '(5b5d)'],
    ['another kind', { apiVersion: 'v1', kind: 'Pod' }, 'converting (v1.Pod) to (core.Service)'],
    ['an unknown version', { apiVersion: 'v2', kind: 'Service' }, 'is registered for version "v2"'],
    [
      'another namespace',
      serviceBody(onePort, { namespace: 'other' }),
      'does not match the namespace',
    ],
  ];
  it.each(refused)('%s is refused', (_name, body, words) => {
    const response = send(smallCluster(), 'POST', services, body);
    expect(response.code).toBe(400);
    expect(String(response.body.message)).toContain(words);
  });

  it('need not say what the path says', () => {
    const response = send(smallCluster(), 'POST', services, {
      metadata: { name: 'a' },
      spec: onePort,
    });
    expect(response.body).toMatchObject({ kind: 'Service', apiVersion: 'v1' });
  });

  it('warn of unknown fields unless told otherwise', () => {
    const body = serviceBody({ ...onePort, foo: 1 });
    const sent = (fieldValidation: string) =>
      send(smallCluster(), 'POST', services, body, { fieldValidation });
    expect(sent('')).toMatchObject({ code: 201, warnings: ['unknown field "spec.foo"'] });
    expect(sent('Ignore')).toMatchObject({ code: 201, warnings: [] });
    expect(sent('Strict').code).toBe(400);
  });
});

it('complaints about the body’s text count as strict errors', () => {
  const response = handle(smallCluster(), {
    method: 'POST',
    path: services,
    query: { fieldValidation: 'Strict' },
    body: serviceBody({ ...onePort, foo: 1 }),
    bodyComplaints: ['duplicate field "spec.type"'],
  });
  expect(response.body.message).toBe(
    'Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.foo", duplicate field "spec.type"',
  );
});

describe('system fields', () => {
  it('are the server’s own', () => {
    const given = { uid: 'mine', creationTimestamp: '2001-01-01T00:00:00Z', resourceVersion: '7' };
    const { metadata } = create(smallCluster(), onePort, given).body as { metadata: typeof given };
    expect(metadata.uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
    expect(metadata.creationTimestamp).toBe('2026-01-01T00:00:00Z');
    expect(metadata.resourceVersion).not.toBe('7');
  });

  it('survive a replacement', () => {
    const cluster = smallCluster();
    const first = create(cluster, onePort).body.metadata as Record<string, string>;
    const second = send(cluster, 'PUT', web, serviceBody({ ports: [{ port: 81 }] })).body
      .metadata as Record<string, string>;
    expect(second).toEqual({ ...first, resourceVersion: String(cluster.store.version()) });
  });

  it('a name is made from generateName', () => {
    const { metadata } = create(smallCluster(), onePort, { name: '', generateName: 'web-' }).body;
    expect(metadata).toMatchObject({ name: expect.stringMatching(/^web-[b-z2-9]{5}$/) });
  });
});

describe('updates', () => {
  it('refuse a stale version and a foreign uid', () => {
    const cluster = smallCluster();
    create(cluster, onePort);
    for (const meta of [{ resourceVersion: '1' }, { uid: 'x' }]) {
      expect(send(cluster, 'PUT', web, serviceBody(onePort, meta)).code).toBe(409);
    }
    expect(patch(cluster, 'merge', { metadata: { name: 'b' } }).code).toBe(400);
  });

  it('that change nothing write nothing', () => {
    const cluster = smallCluster();
    create(cluster, onePort);
    const version = cluster.store.version();
    expect(send(cluster, 'PUT', web, serviceBody(onePort)).code).toBe(200);
    expect(cluster.store.version()).toBe(version);
  });

  it('of a status leave the spec, and of a spec the status', () => {
    const cluster = smallCluster();
    create(cluster, { ...onePort, type: 'LoadBalancer' });
    const status = { loadBalancer: { ingress: [{ ip: '203.0.113.5', ipMode: 'VIP' }] } };
    const body = { ...serviceBody({ ports: [{ port: 99 }] }), status };
    const written = send(cluster, 'PUT', `${web}/status`, body).body;
    expect(written).toMatchObject({ status, spec: { ports: [{ port: 80 }] } });
    const spec = { ...onePort, type: 'LoadBalancer', sessionAffinity: 'ClientIP' };
    expect(send(cluster, 'PUT', web, serviceBody(spec)).body).toMatchObject({ status });
  });

  it('create what is missing, for kinds that allow it', () => {
    const cluster = smallCluster();
    expect(send(cluster, 'PUT', web, serviceBody(onePort)).code).toBe(201);
    expect(send(cluster, 'PUT', '/api/v1/namespaces/default/configmaps/a', { data: {} }).code).toBe(
      404,
    );
  });
});

describe('deletion', () => {
  it('takes the Endpoints along', () => {
    const cluster = smallCluster();
    create(cluster, onePort);
    const endpoints = '/api/v1/namespaces/default/endpoints';
    send(cluster, 'POST', endpoints, { metadata: { name: 'web' } });
    expect(send(cluster, 'DELETE', web)).toMatchObject({ code: 200, body: { kind: 'Service' } });
    expect(send(cluster, 'GET', `${endpoints}/web`).code).toBe(404);
    expect(send(cluster, 'DELETE', web).code).toBe(404);
  });

  it('waits for finalizers', () => {
    const cluster = smallCluster();
    create(cluster, onePort, { finalizers: ['example.com/hold'] });
    send(cluster, 'DELETE', web);
    const held = send(cluster, 'GET', web).body;
    expect(held.metadata).toMatchObject({ deletionTimestamp: '2026-01-01T00:00:00Z' });
    patch(cluster, 'merge', { metadata: { finalizers: null } });
    expect(send(cluster, 'GET', web).code).toBe(404);
  });

  it('heeds preconditions, policies and dry runs', () => {
    const cluster = smallCluster();
    create(cluster, onePort);
    expect(send(cluster, 'DELETE', web, { preconditions: { uid: 'x' } }).code).toBe(409);
    expect(send(cluster, 'DELETE', web, { propagationPolicy: 'x' }).code).toBe(422);
    expect(send(cluster, 'DELETE', web, undefined, { dryRun: 'All' }).code).toBe(200);
    expect(send(cluster, 'GET', web).code).toBe(200);
    expect(send(cluster, 'DELETE', '/api/v1/namespaces/default').code).toBe(403);
  });

  it('of a collection heeds selectors', () => {
    const cluster = smallCluster();
    create(cluster, onePort, { name: 'a', labels: { app: 'a' } });
    create(cluster, onePort, { name: 'b' });
    send(cluster, 'DELETE', services, undefined, { labelSelector: 'app=a' });
    expect(cluster.store.list('services').map(({ metadata }) => metadata.name)).toEqual(['b']);
  });

  it('an object on its way out admits nothing new', () => {
    const cluster = smallCluster();
    send(cluster, 'DELETE', '/api/v1/namespaces/other');
    const response = send(
      cluster,
      'POST',
      '/api/v1/namespaces/other/services',
      serviceBody(onePort),
    );
    expect(response.code).toBe(403);
    expect(causesOf(response)).toEqual(['metadata.namespace: namespace other is being terminated']);
  });
});

describe('scale', () => {
  const deployments = '/apis/apps/v1/namespaces/default/deployments';
  const body = {
    metadata: { name: 'web' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'a', image: 'nginx' }] },
      },
    },
  };

  it('shows and changes the number of replicas', () => {
    const cluster = smallCluster();
    expect(send(cluster, 'POST', deployments, body).code).toBe(201);
    const scale = `${deployments}/web/scale`;
    expect(send(cluster, 'GET', scale).body).toMatchObject({
      kind: 'Scale',
      spec: { replicas: 2 },
      status: { selector: 'app=web' },
    });
    expect(patch(cluster, 'merge', { spec: { replicas: 5 } }, scale).code).toBe(200);
    expect(send(cluster, 'GET', `${deployments}/web`).body).toMatchObject({
      spec: { replicas: 5 },
    });
    expect(patch(cluster, 'merge', { spec: { replicas: -1 } }, scale).code).toBe(422);
    expect(patch(cluster, 'json', [{ op: 'nope' }], scale).code).toBe(422);
  });
});

describe('paths', () => {
  const missing = [
    '/api/v1/nope',
    '/api/v2/services',
    '/apis/apps/v1/services',
    '/nope',
    `${web}/nope`,
    `${web}/scale`,
    '/api/v1/services/web',
    '/api/v1/namespaces/default/nodes',
    '/api/v1/__proto__',
  ];
  it.each(missing)('%s is not served', (path) => {
    expect(send(smallCluster(), 'GET', path).code).toBe(404);
  });

  it('of all namespaces list only', () => {
    const cluster = smallCluster();
    create(cluster, onePort);
    expect(send(cluster, 'GET', '/api/v1/services').body.items).toHaveLength(1);
    expect(send(cluster, 'POST', '/api/v1/services', serviceBody(onePort)).code).toBe(405);
    expect(send(cluster, 'PUT', services, serviceBody(onePort)).code).toBe(405);
  });

  it('of Endpoints warn each time', () => {
    const { warnings } = send(smallCluster(), 'GET', '/api/v1/endpoints');
    expect(warnings).toHaveLength(1);
  });
});

it('a Table has a cell for each column and metadata for each row', () => {
  const cluster = smallCluster();
  create(cluster, onePort);
  const { body } = handle(cluster, { method: 'GET', path: services, asTable: true });
  const { rows, columnDefinitions } = body as never as {
    rows: { cells: unknown[]; object: { kind: string } }[];
    columnDefinitions: unknown[];
  };
  expect(rows[0]?.cells).toHaveLength(columnDefinitions.length);
  expect(rows[0]?.object.kind).toBe('PartialObjectMetadata');
});

it('a dry run and a fork leave the cluster as it was', () => {
  const cluster = smallCluster();
  create(cluster, onePort);
  const before = JSON.stringify(cluster.store.list('services'));
  const fork = forkCluster(cluster);
  patch(fork, 'merge', { spec: { type: 'NodePort' } });
  send(fork, 'DELETE', web);
  const dry = send(cluster, 'PUT', web, serviceBody({ ports: [{ port: 9 }] }), { dryRun: 'All' });
  expect(dry.body).toMatchObject({ spec: { ports: [{ port: 9 }] } });
  expect(JSON.stringify(cluster.store.list('services'))).toBe(before);
});
