import { describe, expect, it } from 'vitest';
import { ask, bodyOf, testSandbox } from './lab.ts';

const services = '/api/v1/namespaces/default/services';
const jsonBody = { 'content-type': 'application/json' };
const { sandbox } = testSandbox();

describe('paths', () => {
  it.each([
    ['/api/v1/namespaces/default/services/%2e%2e', 400],
    ['/api/v1/namespaces/..%2f..%2fetc/services', 400],
    ['/api/v1/namespaces/default/services/a%2fb', 404],
    ['/api/v1/namespaces/default/services/a%00b', 404],
    ['/api/v1/namespaces/default/services/%', 404],
    ['/api/v1/namespaces/default/services/%ff', 404],
    ['/api/v1//namespaces/default/services', 404],
    ['//api/v1/services', 404],
    [`/api/v1/namespaces/default/services/${'a'.repeat(5000)}`, 404],
    ['/api/v1/namespaces/default/services/__proto__', 404],
    ['/api/v1/constructor', 404],
    ['/apis/__proto__/v1/constructor', 404],
    ['/apis/apps/v9/deployments', 404],
    ['/api/v1/namespaces/default/nodes', 404],
    ['/api/v1/namespaces/default/pods/x/toString', 404],
    ['/api/v1/namespaces/default/services/kubernetes/', 200],
    ['/api/v1/namespaces/default/services/kubernetes/status', 200],
    ['/api/v1/namespaces/default/services/kubernetes/a/b', 404],
  ])('%s is answered %i', (path, code) => {
    const answer = ask(sandbox, { path });
    expect(answer.code).toBe(code);
    if (code >= 400) expect(bodyOf(answer)).toMatchObject({ kind: 'Status', code });
  });
});

describe('what a client accepts', () => {
  it.each([
    ['application/json', 'ServiceList'],
    ['*/*', 'ServiceList'],
    ['application/vnd.kubernetes.protobuf,application/json', 'ServiceList'],
    ['application/json;as=Table;v=v1;g=meta.k8s.io,application/json', 'Table'],
    ['application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json', 'ServiceList'],
    ['application/json;q=0.1,application/json;as=Table;v=v1;g=meta.k8s.io', 'Table'],
    [
      'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io',
      'PartialObjectMetadataList',
    ],
  ])('%s → %s', (accept, kind) => {
    expect(bodyOf(ask(sandbox, { path: services, headers: { accept } })).kind).toBe(kind);
  });

  it('is told when nothing of it is served', () => {
    const answer = ask(sandbox, { path: services, headers: { accept: 'text/html' } });
    expect(answer.code).toBe(406);
  });

  it('may be YAML', () => {
    const answer = ask(sandbox, {
      path: `${services}/kubernetes`,
      headers: { accept: 'application/yaml' },
    });
    expect(answer.contentType).toBe('application/yaml');
    expect(String(answer.body)).toContain('kind: Service');
  });
});

describe('bodies', () => {
  const post = (body: string, query = '') =>
    ask(sandbox, { method: 'POST', path: services + query, headers: jsonBody, body });

  it.each([
    ['{"a":1,', 400],
    ['nul', 400],
    ['{}x', 400],
    [`{"metadata":${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}}`, 400],
    [`${'['.repeat(3000)}${']'.repeat(3000)}`, 400],
    ['{"kind":5}', 400],
    ['\u0000', 400],
  ])('%.20s is refused', (body, code) => {
    expect(post(body).code).toBe(code);
  });

  it('say twice what they may say once', () => {
    const body = '{"kind":"Service","metadata":{"name":"x"},"spec":{"type":"NodePort","type":"a"}}';
    const answer = post(body, '?fieldValidation=Strict');
    expect(bodyOf(answer).message).toContain('duplicate field "spec.type"');
  });

  it('keep keys that are special to JavaScript', () => {
    const path = '/api/v1/namespaces/default/configmaps';
    const body =
      '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"odd"},"data":{"__proto__":"a","constructor":"b"}}';
    expect(ask(sandbox, { method: 'POST', path, headers: jsonBody, body }).code).toBe(201);
    const text = String(ask(sandbox, { path: `${path}/odd` }).body);
    expect(text).toContain('"__proto__":"a"');
    expect(text).toContain('"constructor":"b"');
  });
});

describe('kinds that are served without being simulated', () => {
  const quotas = '/api/v1/namespaces/default/resourcequotas';

  it('are listed empty, and refuse to be made with a word on why', () => {
    expect(bodyOf(ask(sandbox, { path: quotas }))).toMatchObject({
      kind: 'ResourceQuotaList',
      items: [],
    });
    expect(ask(sandbox, { path: `${quotas}/q` }).code).toBe(404);
    const made = ask(sandbox, { method: 'POST', path: quotas, headers: jsonBody, body: '{}' });
    expect(made.code).toBe(405);
    expect(bodyOf(made).message).toContain('does not simulate resourcequotas');
  });

  it('answer who may do what', () => {
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    const body = '{"spec":{"resourceAttributes":{"verb":"get","resource":"pods"}}}';
    const answer = ask(sandbox, { method: 'POST', path, headers: jsonBody, body });
    expect(answer.code).toBe(201);
    expect(bodyOf(answer).status).toEqual({ allowed: true });
  });
});

describe('eviction', () => {
  const pods = '/api/v1/namespaces/default/pods';

  it('deletes the Pod as its options say, and nothing that is not there', () => {
    const body = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'c', image: 'nginx' }] },
    });
    ask(sandbox, { method: 'POST', path: pods, headers: jsonBody, body });
    const evict = (name: string, options = {}) =>
      ask(sandbox, {
        method: 'POST',
        path: `${pods}/${name}/eviction`,
        headers: jsonBody,
        body: JSON.stringify({ metadata: { name }, deleteOptions: options }),
      }).code;
    expect(evict('p', { dryRun: ['All'] })).toBe(201);
    expect(ask(sandbox, { path: `${pods}/p` }).code).toBe(200);
    expect(evict('p', { gracePeriodSeconds: 0 })).toBe(201);
    expect(ask(sandbox, { path: `${pods}/p` }).code).toBe(404);
    expect(evict('p')).toBe(404);
  });
});

describe('what the API server keeps for itself', () => {
  it('comes back after somebody deleted it', () => {
    const { sandbox: own, clock } = testSandbox();
    const service = `${services}/kubernetes`;
    expect(ask(own, { method: 'DELETE', path: service }).code).toBe(200);
    expect(ask(own, { path: service }).code).toBe(404);
    clock.pass(10_000);
    expect(bodyOf(ask(own, { path: service })).spec.clusterIP).toBe('10.96.0.1');
    const slice = '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes';
    expect(ask(own, { path: slice }).code).toBe(200);
  });
});

describe('events', () => {
  it('are shown by both of their groups', () => {
    const { sandbox: own, clock } = testSandbox();
    const body = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'c', image: 'nginx' }] },
    });
    const pods = '/api/v1/namespaces/default/pods';
    ask(own, { method: 'POST', path: pods, headers: jsonBody, body });
    clock.pass(5000);
    const core = bodyOf(ask(own, { path: '/api/v1/events' })).items;
    const other = bodyOf(ask(own, { path: '/apis/events.k8s.io/v1/events' })).items;
    expect(core.length).toBeGreaterThan(2);
    expect(other.map(({ note }: { note: string }) => note)).toEqual(
      core.map(({ message }: { message: string }) => message),
    );
    const path = `/apis/events.k8s.io/v1/namespaces/default/events/${core[0].metadata.name}`;
    expect(bodyOf(ask(own, { path })).regarding).toEqual(core[0].involvedObject);
  });
});
