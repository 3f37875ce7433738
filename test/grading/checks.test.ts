import { describe, expect, it } from 'vitest';
import { checks } from '../../src/grading/checks/registry.ts';
import { grade } from '../../src/grading/grade.ts';
import type { CheckResult } from '../../src/grading/verdict.ts';
import { exerciseWith, manifestPart } from '../exercise/fixture.ts';

const web = '{ namespace: default, labels: { app: web }, count: 3 }';
const reaches = `reaches: { pods: ${web}, port: 80 }`;
const byName = `{ id: it, kind: connects, title: T, points: 2, from: pod default/client, by: name, port: 80, ${reaches} }`;
const outside = `{ id: it, kind: connects, title: T, points: 2, from: outside, by: localhost, port: 30007, ${reaches} }`;
const shut =
  '{ id: it, kind: connects, title: T, points: 2, from: outside, by: localhost, not: true }';
const selects = `{ id: it, kind: selects, title: T, points: 2, pods: ${web} }`;
const endpoints = `{ id: it, kind: endpoints, title: T, points: 2, pods: ${web}, port: 80 }`;
const resolves = '{ id: it, kind: resolves, title: T, points: 2, from: pod default/client }';
const keeps =
  '{ id: it, kind: keeps, title: T, points: 2, service: default/old, field: metadata.uid }';
const typed =
  '{ id: it, kind: object, title: T, points: 2, name: web, fields: { spec.type: [NodePort, LoadBalancer] } }';
const named = '{ id: it, kind: object, title: T, points: 2, name: shop }';
const untouched = '{ id: it, kind: untouched, title: T, points: 2 }';
const applies = '{ id: it, kind: applies, title: T, points: 2, resource: configmaps }';

/** A Service as a learner types it; `lines` stand from line 6 on. */
const service = (...lines: readonly string[]): string =>
  ['apiVersion: v1', 'kind: Service', 'metadata:', '  name: web', 'spec:', ...lines].join('\n');

const good = service('  selector:', '    app: web', '  ports:', '    - port: 80');

const pod = (name: string, labels: string): string =>
  `apiVersion: v1
kind: Pod
metadata:
  { name: ${name}, labels: { ${labels} } }
spec: { containers: [{ name: client, image: alpine }] }`;

function judge(check: string, manifest: string, ...more: readonly string[]): CheckResult {
  const exercise = exerciseWith(manifestPart(check, ...more));
  const verdict = grade(exercise, { part: 'answer', seed: 's', answer: { manifest } });
  expect(verdict.outcome, verdict.transcript).toBe('graded');
  return verdict.checks.find(({ check: id }) => id === 'it') as CheckResult;
}

/** Each finding as `code line:column`, from where it points. */
const pointed = ({ findings }: CheckResult): string[] =>
  findings.map(({ code, range }) =>
    range ? `${code} ${range.start.line}:${range.start.column}` : code,
  );

describe('each kind of check passes for what is right', () => {
  const cases: readonly [string, string, string][] = [
    ['selects', selects, good],
    ['endpoints', endpoints, good],
    ['connects by name', byName, good],
    [
      'connects, with a named port and another matching label',
      byName,
      service('  selector: { tier: front, app: web }', '  ports: [{ port: 80, targetPort: http }]'),
    ],
    [
      'connects from outside',
      outside,
      service(
        '  type: NodePort',
        '  selector: { app: web }',
        '  ports: [{ port: 80, nodePort: 30007 }]',
      ),
    ],
    ['connects not', shut, good],
    ['resolves', resolves, good],
    ['untouched', untouched, good],
    ['untouched, with a Pod beside', untouched, pod('other', 'app: other')],
    ['untouched, applied as it was', untouched, pod('client', 'app: client')],
    ['keeps', keeps, good],
    [
      'object',
      typed,
      service('  type: NodePort', '  selector: { app: web }', '  ports: [{ port: 80 }]'),
    ],
    ['applies', applies, `${good}\n---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: x}}`],
  ];
  it.each(cases)('%s', (_name, check, manifest) => {
    expect(judge(check, manifest)).toMatchObject({ outcome: 'passed', points: 2, findings: [] });
  });
});

/** A Service without a selector, and one endpoint of it that the learner wrote. */
const byHand = (address: string, port: string): string =>
  [
    service('  ports: [{ port: 80 }]'),
    '---',
    'apiVersion: discovery.k8s.io/v1',
    'kind: EndpointSlice',
    'metadata: { name: web-1, labels: { kubernetes.io/service-name: web } }',
    'addressType: IPv4',
    `endpoints: [{ addresses: [${address}] }]`,
    `ports: [${port}]`,
  ].join('\n');

const endpointsByHand = (address: string): string =>
  [
    service('  ports: [{ port: 80 }]'),
    '---',
    'apiVersion: v1',
    'kind: Endpoints',
    'metadata: { name: web }',
    `subsets: [{ addresses: [{ ip: ${address} }], ports: [{ port: 80 }] }]`,
  ].join('\n');

describe('endpoints that were written by hand', () => {
  it.each([
    ['another port name', byHand('192.168.65.3', '{ name: http, port: 80 }'), 'port-name 13:1'],
    ['another protocol', byHand('192.168.65.3', '{ protocol: UDP, port: 80 }'), 'port-name 13:1'],
    ['nobody there', byHand('10.244.9.9', '{ port: 80 }'), 'nobody 12:1'],
    ['nothing listens there', byHand('192.168.65.3', '{ port: 81 }'), 'closed 13:1'],
    ['Endpoints, mirrored', endpointsByHand('10.244.9.9'), 'nobody 11:13'],
  ])('are told as the cause, and a missing selector is not: %s', (_name, manifest, told) => {
    expect(pointed(judge(byName, manifest)).slice(1)).toEqual([`check-endpoint-${told}`]);
  });

  it('that are missing leave the missing selector as the cause', () => {
    const codes = pointed(judge(byName, service('  ports: [{ port: 80 }]')));
    expect(codes.slice(1)).toEqual(['check-no-selector 5:1']);
  });
});

describe('each failure is told with its code and its place in the text', () => {
  const cases: readonly [string, string, string, string[]][] = [
    [
      'nobody selected',
      selects,
      service('  selector:', '    app: webb', '  ports:', '    - port: 80'),
      ['check-selector-matches-nothing 6:3'],
    ],
    [
      'too many selected',
      selects,
      service('  selector:', '    tier: front', '  ports:', '    - port: 80'),
      ['check-selector-takes-others 6:3'],
    ],
    ['no selector', selects, service('  ports:', '    - port: 80'), ['check-no-selector 5:1']],
    [
      'endpoints at another port',
      endpoints,
      service('  selector: { app: web }', '  ports:', '    - port: 80', '      targetPort: 8080'),
      ['check-endpoint-port-differs 9:19'],
    ],
    [
      'nobody listens',
      byName,
      service('  selector: { app: web }', '  ports:', '    - port: 80', '      targetPort: 8080'),
      ['check-refused', 'check-nothing-listens 9:19'],
    ],
    [
      'the port is not declared',
      byName,
      service('  selector: { app: web }', '  ports:', '    - port: 8080', '      targetPort: 80'),
      ['check-timeout', 'check-port-undeclared 8:13'],
    ],
    [
      'another protocol',
      byName,
      service('  selector: { app: web }', '  ports:', '    - port: 80', '      protocol: UDP'),
      ['check-timeout', 'check-protocol-differs 9:17'],
    ],
    [
      'no Pod is ready',
      byName,
      service('  selector:', '    app: broken', '  ports:', '    - port: 80'),
      ['check-refused', 'check-pods-not-ready 6:3'],
    ],
    [
      'no container port of that name',
      byName,
      service('  selector: { app: web }', '  ports:', '    - port: 80', '      targetPort: web'),
      ['check-refused', 'check-target-port-unnamed 9:19'],
    ],
    [
      'other Pods answer',
      byName,
      service('  selector:', '    app: api', '  ports: [{ port: 80, targetPort: 8080 }]'),
      ['check-wrong-answer', 'check-selector-takes-others 6:3'],
    ],
    [
      'an alias',
      byName,
      service('  type: ExternalName', '  externalName: example.com'),
      ['check-unresolved', 'check-external-name 6:9'],
    ],
    [
      'another namespace',
      byName,
      good.replace('  name: web\n', '  name: web\n  namespace: kube-public\n'),
      ['check-unresolved', 'check-other-namespace 5:14'],
    ],
    [
      'not open to the outside',
      outside,
      service('  selector: { app: web }', '  type: ClusterIP', '  ports: [{ port: 80 }]'),
      ['check-refused', 'check-not-exposed 7:9'],
    ],
    [
      'another node port',
      outside,
      service(
        '  type: NodePort',
        '  selector: { app: web }',
        '  ports:',
        '    - port: 80',
        '      nodePort: 30070',
      ),
      ['check-refused', 'check-node-port-differs 10:17'],
    ],
    [
      'open, and should not be',
      shut,
      service('  type: NodePort', '  selector: { app: web }', '  ports: [{ port: 80 }]'),
      ['check-reachable 6:9'],
    ],
    [
      'no such name',
      resolves,
      good.replace('  name: web\n', '  name: web\n  namespace: kube-public\n'),
      ['check-name-not-found 5:14'],
    ],
    [
      'no address of its own',
      resolves,
      service('  clusterIP: None', '  selector: { app: web }', '  ports: [{ port: 80 }]'),
      ['check-name-other-address 4:9'],
    ],
    [
      'another type',
      typed,
      service('  type: ClusterIP', '  selector: { app: web }', '  ports: [{ port: 80 }]'),
      ['check-object-field 6:9'],
    ],
    ['another label', untouched, pod('client', 'app: web'), ['check-touched 4:34']],
    [
      'a node port of another protocol',
      outside,
      service(
        '  type: NodePort',
        '  selector: { app: web }',
        '  ports:',
        '    - { port: 80, nodePort: 30007,',
        '        protocol: UDP }',
      ),
      ['check-refused', 'check-protocol-differs 10:19'],
    ],
    [
      'an alias that selects nobody',
      selects,
      service('  type: ExternalName', '  externalName: example.invalid'),
      ['check-external-name 6:9'],
    ],
    [
      'an alias that has no address',
      resolves,
      service('  type: ExternalName', '  externalName: example.invalid'),
      ['check-external-name 6:9'],
    ],
    [
      'the Service of the brief, in another namespace',
      byName.replace('by: name', 'service: default/old, by: name'),
      good.replace('  name: web\n', '  name: old\n  namespace: kube-public\n'),
      ['check-elsewhere 5:14'],
    ],
    [
      'a Service in the system’s namespace',
      byName,
      good.replace('  name: web\n', '  name: web\n  namespace: kube-system\n'),
      ['check-unresolved', 'check-other-namespace 5:14'],
    ],
    [
      'open at an external address',
      shut,
      service(
        '  selector: { app: web }',
        '  ports: [{ port: 80 }]',
        '  externalIPs: [203.0.113.9]',
      ),
      ['check-reachable 8:3'],
    ],
    [
      'a load balancer without node ports',
      outside.replace('port: 30007, ', ''),
      service(
        '  type: LoadBalancer',
        '  allocateLoadBalancerNodePorts: false',
        '  selector: { app: web }',
        '  ports: [{ port: 80 }]',
      ),
      ['check-refused', 'check-no-node-port 7:34'],
    ],
    ['another name', named, good, ['check-object-missing']],
    ['nothing of the resource', applies, good, ['check-nothing-applied']],
    [
      'fewer Pods than are meant',
      selects,
      `${good}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 2, selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web, tier: front } }, spec: { containers: [{ name: nginx, image: nginx }] } } }`,
      ['check-pod-count'],
    ],
  ];
  it.each(cases)('%s', (_name, check, manifest, expected) => {
    const result = judge(check, manifest);
    expect(result).toMatchObject({ outcome: 'failed', points: 0 });
    expect(pointed(result)).toEqual(expected);
  });
});

describe('a failure shows facts, never the answer', () => {
  it('says what a selector was compared with, and leaves the labels to kubectl', () => {
    const result = judge(selects, good.replace('app: web', 'app: nobody'));
    const parameters = { selector: 'app=nobody', namespace: 'default' };
    expect(result.findings).toMatchObject([{ observed: '6', parameters }]);
    expect(JSON.stringify(result.findings)).not.toContain('web');
    expect(JSON.stringify(result.findings)).not.toContain('expected');
  });

  it('says nothing of a hidden check but that one failed', () => {
    const hidden = selects.replace('points: 2', 'points: 2, hidden: true');
    const result = judge(hidden, good.replace('app: web', 'app: nobody'));
    expect(result).toEqual({
      check: 'it',
      outcome: 'failed',
      points: 0,
      maximum: 2,
      findings: [{ code: 'check-hidden-failed', severity: 'info' }],
    });
  });
});

describe('survives-churn', () => {
  const churn = '{ id: it, kind: survives-churn, title: T, points: 2, of: first }';
  const first = byName.replace('id: it', 'id: first');

  it('passes where the selector follows the labels', () => {
    expect(judge(first, good, churn).outcome).toBe('passed');
  });

  it('fails where the Service clings to the labels of one generation of Pods', () => {
    const exercise = exerciseWith(manifestPart(first, churn));
    const slice = exercise.variants[0]?.world.store.list('pods', 'default')[0];
    expect(slice).toBeDefined();
    const pods = exercise.variants[0]?.world.store
      .list('pods', 'default')
      .filter(({ metadata }) => metadata.labels?.app === 'web');
    const endpointsByHand = `${service('  ports: [{ port: 80 }]')}
---
apiVersion: v1
kind: Endpoints
metadata: { name: web }
subsets:
  - ports: [{ port: 80 }]
    addresses: [${pods?.map(({ metadata, status }) => `{ ip: ${status?.podIP}, targetRef: { kind: Pod, namespace: default, name: ${metadata.name} } }`).join(', ')}]`;
    const answer = { manifest: endpointsByHand };
    const verdict = grade(exercise, { part: 'answer', seed: 's', answer });
    expect(verdict.checks.map(({ outcome }) => outcome)).toEqual(['passed', 'failed']);
    expect(verdict.checks[1]?.findings[0]?.code).toBe('check-after-churn');
  });

  it('is skipped where the connection did not work before', () => {
    expect(judge(first, good.replace('app: web', 'app: x'), churn).outcome).toBe('skipped');
  });
});

it('every kind of check has one judge', () => {
  expect(new Set(checks.map(({ kind }) => kind)).size).toBe(checks.length);
});
