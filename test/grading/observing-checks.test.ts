import { describe, expect, it } from 'vitest';
import { grade } from '../../src/grading/grade.ts';
import { exerciseWith, header, manifestPart } from '../exercise/fixture.ts';

const service = (spec: string, name = 'shop') =>
  `{apiVersion: v1, kind: Service, metadata: {name: ${name}}, spec: ${spec}}`;

function judge(check: string, manifest: string, head = header) {
  const exercise = exerciseWith(manifestPart(check), {}, head);
  const verdict = grade(exercise, { part: 'answer', seed: 's', answer: { manifest } });
  const [result] = verdict.checks;
  return { outcome: result?.outcome, codes: result?.findings.map(({ code }) => code) };
}

const plain = service('{selector: {app: web}, ports: [{port: 80}]}');
const passed = { outcome: 'passed', codes: [] };
const failed = (...codes: string[]) => ({ outcome: 'failed', codes });
const base = 'id: c, title: T, points: 1';

describe('count', () => {
  const check = (is: number, more = '') =>
    `{ ${base}, kind: count, resource: services, namespace: default${more}, is: ${is} }`;
  it.each([
    [check(3), passed],
    [check(2), failed('check-count')],
    [check(0, ', labels: { app: nobody }'), passed],
    [check(1, ', labels: { constructor: x }'), failed('check-count')],
  ])('%s', (text, expected) => {
    expect(judge(text, plain)).toEqual(expected);
  });
});

describe('expression', () => {
  const check = (expression: string) =>
    `{ ${base}, kind: expression, message: M, expression: "${expression}" }`;
  const rows: readonly (readonly [string, object])[] = [
    [`objects.services.exists(s, s.metadata.name == 'shop')`, passed],
    [`objects.services.exists(s, s.metadata.name == 'none')`, failed('check-expression')],
    ['objects.services.size() == before.services.size() + 1', passed],
    [`objects.services.exists(s, has(s.spec.ports) && s.spec.ports[0].port == 80)`, passed],
    ['objects.services.all(s, s.spec.nowhere == 1)', failed('check-expression')],
  ];
  it.each(rows)('%s', (expression, expected) => {
    expect(judge(check(expression), plain)).toEqual(expected);
  });

  const wrong: readonly (readonly [string, RegExp])[] = [
    ['objects.services.exists(', /Unexpected|Expected/],
    ['objects.servces.size() > 0', /no resource `servces`/],
    ['elsewhere == 1', /Unknown variable/],
    ['objects.services.size()', /must be true or false/],
    ['objects.pods.all(a, objects.pods.all(b, objects.pods.all(c, true)))', /loops in loops/],
    ['true && '.repeat(300).concat('true'), /longer|exceed|Exceed/],
  ];
  it.each(wrong)('a wrong one is a load error at its place: %s', (expression, words) => {
    const load = () => judge(check(expression), plain);
    expect(load).toThrow(/exercise\.yaml:\d+:\d+: parts\[0\]\.checks\[0\]\.expression: /);
    expect(load).toThrow(words);
  });
});

describe('prints', () => {
  const rows: readonly (readonly [string, object])[] = [
    ['command: kubectl get service shop, contains: [ClusterIP]', passed],
    ['command: kubectl get service shop, contains: [NodePort]', failed('check-prints')],
    ['command: kubectl get service shop, lacks: [NodePort]', passed],
    ['command: kubectl get service shop, lacks: [ClusterIP]', failed('check-prints')],
    ["command: 'kubectl get svc shop -o jsonpath={.spec.type}', equals: ClusterIP", passed],
    [
      "command: 'kubectl get svc shop -o jsonpath={.spec.type}', equals: Cluster",
      failed('check-prints'),
    ],
    ['command: hostname, from: pod default/client, equals: client', passed],
    ['command: hostname, from: pod default/client, equals: other', failed('check-prints-in-pod')],
    ['command: hostname, from: pod default/nobody, equals: client', failed('check-prints-in-pod')],
  ];
  it.each(rows)('%s', (text, expected) => {
    expect(judge(`{ ${base}, kind: prints, ${text} }`, plain)).toEqual(expected);
  });
});

describe('connects looks at the client, too', () => {
  const pods = '{ pods: { labels: { app: web }, count: 3 }, port: 80 }';
  const inside = (more: string) =>
    `{ ${base}, kind: connects, from: pod default/client, reaches: ${pods}, ${more} }`;
  const sticky = service('{selector: {app: web}, ports: [{port: 80}], sessionAffinity: ClientIP}');
  const rows: readonly (readonly [string, string, object])[] = [
    ['sticky: true', sticky, passed],
    ['sticky: true', plain, failed('check-not-sticky')],
    ['sticky: false', sticky, failed('check-sticky')],
    ['sticky: false', plain, passed],
    ['keepsClientIp: true', plain, passed],
  ];
  it.each(rows)('%s at %s', (more, manifest, expected) => {
    expect(judge(inside(more), manifest)).toEqual(expected);
  });

  const cloud = header.replace('docker-desktop', 'cloud');
  const balanced = (more: string) =>
    service(`{type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]${more}}`);
  const outside = (more: string) =>
    `{ ${base}, kind: connects, from: outside, by: load-balancer, reaches: ${pods}${more} }`;
  const closed = ', loadBalancerSourceRanges: [10.0.0.0/8]';
  const balancing: readonly (readonly [string, string, string, object])[] = [
    ['cloud', '', balanced(''), passed],
    ['cloud', ', port: 80', balanced(''), passed],
    ['cloud', ', keepsClientIp: false', balanced(''), passed],
    ['cloud', ', keepsClientIp: true', balanced(''), failed('check-client-ip-lost')],
    ['cloud', ', keepsClientIp: true', balanced(', externalTrafficPolicy: Local'), passed],
    ['cloud', '', balanced(closed), failed('check-timeout', 'check-source-ranges')],
    ['cloud', ', port: 81', balanced(''), failed('check-timeout', 'check-port-undeclared')],
    ['cloud', '', plain, failed('check-no-address', 'check-not-exposed')],
    ['kind', '', balanced(''), failed('check-no-address', 'check-pending-load-balancer')],
  ];
  it.each(balancing)('on %s%s: %s', (platform, more, manifest, expected) => {
    const head = cloud.replace('cloud', platform);
    expect(judge(outside(more), manifest, head)).toEqual(expected);
  });

  it('by a node’s external address where the platform gives it one', () => {
    const check = outside('').replace('load-balancer', 'node-port');
    expect(judge(check, balanced(''), cloud)).toEqual(passed);
  });
});

describe('shows', () => {
  const exercise = exerciseWith(`
- id: do
  kind: commands
  title: Do
  prompt: Do.
  failing: goes-on
  checks:
    - { id: seen, kind: shows, title: Seen, points: 1, contains: [old, ClusterIP] }
    - { id: again, kind: shows, title: Again, points: 1, contains: [NodePort], lacks: [Warning], after: seen }
`);
  const look = 'kubectl get service old';
  const change = `kubectl patch service old -p '{"spec":{"type":"NodePort"}}'`;
  const rows: readonly (readonly [string, string[], string[]])[] = [
    ['looked, changed, looked again', [look, change, look], []],
    ['only looked', [look], ['check-not-shown']],
    ['looked in the end', [change, look], ['check-not-shown', 'check-shown-too-early']],
    ['past what fails', ['kubectl get service nobody', look, change, look], []],
  ];
  it.each(rows)('%s', (_name, commands, expected) => {
    const verdict = grade(exercise, { part: 'do', seed: 's', answer: { commands } });
    expect(verdict.outcome).toBe('graded');
    const codes = verdict.checks.flatMap(({ findings }) => findings.map(({ code }) => code));
    expect(codes).toEqual(expected);
  });

  it('is told to be too early where it was seen before its turn', () => {
    const order = exerciseWith(`
- id: do
  kind: commands
  title: Do
  prompt: Do.
  checks:
    - { id: first, kind: shows, title: F, points: 1, contains: [nginx] }
    - { id: second, kind: shows, title: S, points: 1, contains: [ClusterIP], after: first }
`);
    const commands = [
      look,
      'kubectl get pods -o wide -l app=web',
      'kubectl describe pod -l app=web',
    ];
    const verdict = grade(order, { part: 'do', seed: 's', answer: { commands } });
    expect(verdict.checks[1]?.findings.map(({ code }) => code)).toEqual(['check-shown-too-early']);
  });
});
