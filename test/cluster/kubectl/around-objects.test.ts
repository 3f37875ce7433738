import { describe, expect, test } from 'vitest';
import { bootstrapCluster } from '../../../src/cluster/bootstrap.ts';
import { forkCluster } from '../../../src/cluster/cluster.ts';
import { runKubectl, runKubectlLine } from '../../../src/cluster/kubectl/run.ts';

const manifest = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: main, image: "nginx:1.27", resources: { requests: { cpu: 500m, memory: 1Gi } } }
        - { name: side, image: busybox }
---
apiVersion: v1
kind: Pod
metadata: { name: stuck }
spec: { containers: [{ name: a, image: "nope:1" }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;
const base = bootstrapCluster({ platform: 'kind', images: { 'nope:1': { state: 'missing' } } });
runKubectl(base, { args: ['create', '-f', 'a.yaml'], files: { 'a.yaml': manifest } });

/** Runs lines one upon the other and hands back what the last one printed. */
function last(...lines: readonly string[]) {
  const cluster = forkCluster(base);
  return lines.map((line) => runKubectlLine(cluster, line)).at(-1);
}
const out = (...lines: readonly string[]): string => {
  const { stdout = '', stderr = '' } = last(...lines) ?? {};
  return stdout + stderr;
};

describe('--overrides', () => {
  const host = `--overrides='{"spec":{"hostNetwork":true}}'`;
  const add = `'[{"op":"add","path":"/metadata/labels/a","value":"b"}]'`;
  const env = `'{"spec":{"containers":[{"name":"x","env":[{"name":"A","value":"b"}]}]}}'`;
  test.each([
    [`run x --image=nginx ${host}`, 'get pod x -o jsonpath={.spec.hostNetwork}', 'true'],
    [
      `run x --image=nginx --override-type=json --overrides=${add}`,
      'get pod x -o jsonpath={.metadata.labels.a}',
      'b',
    ],
    [
      `run x --image=nginx --override-type=strategic --overrides=${env}`,
      'get pod x -o jsonpath={.spec.containers[*].image}-{.spec.containers[0].env[0].value}',
      'nginx-b',
    ],
    [
      `expose deploy web --port=80 --name=np --overrides='{"spec":{"type":"NodePort"}}'`,
      'get svc np -o jsonpath={.spec.type}',
      'NodePort',
    ],
  ])('%s', (write, read, expected) => {
    expect(out(write, read)).toBe(expected);
  });

  test.each([
    "run x --image=nginx --overrides='{bad'",
    "run x --image=nginx --overrides='[]'",
    "run x --image=nginx --override-type=json --overrides='{}'",
    "run x --image=nginx --override-type=nope --overrides='{}'",
    'run x --image=nginx --override-type=json --overrides=\'[{"op":"remove","path":"/nope"}]\'',
  ])('%s is refused', (line) => {
    expect(last(line)).toMatchObject({ exit: 1, stdout: '' });
  });
});

describe('set resources and set serviceaccount', () => {
  const read = 'get deploy web -o jsonpath={.spec.template.spec.containers[*].resources}';
  test.each([
    [
      'set resources deploy web --limits=cpu=1000m',
      '{"limits":{"cpu":"1"},"requests":{"cpu":"500m","memory":"1Gi"}} {"limits":{"cpu":"1"}}',
    ],
    [
      'set resources deploy/web -c side --requests=cpu=1,memory=64Mi',
      '{"requests":{"cpu":"500m","memory":"1Gi"}} {"requests":{"cpu":"1","memory":"64Mi"}}',
    ],
  ])('%s', (line, expected) => {
    expect(out(line)).toBe('deployment.apps/web resource requirements updated\n');
    expect(out(line, read)).toBe(expected);
  });

  test.each([
    ['set resources deploy web', /you must specify an update/],
    ['set resources deploy web --limits=cpu', /Invalid argument syntax cpu/],
    ['set resources deploy web --limits=cpu=x', /quantities must match/],
    ['set resources deploy web -c nope --limits=cpu=1', /unable to find container named nope/],
    ['set resources svc web --limits=cpu=1', /does not have a pod template/],
    ['set serviceaccount', /serviceaccount is required/],
  ])('%s is refused', (line, expected) => {
    expect(last(line)).toMatchObject({ exit: 1, stderr: expect.stringMatching(expected) });
  });

  test('set serviceaccount', () => {
    expect(out('set sa deploy web robot')).toBe('deployment.apps/web serviceaccount updated\n');
    const name = 'get deploy web -o jsonpath={.spec.template.spec.serviceAccountName}';
    expect(out('set sa deploy web robot', name)).toBe('robot');
  });
});

describe('auth', () => {
  test.each([
    ['auth can-i get pods', 0, 'yes\n'],
    ["auth can-i '*' '*'", 0, 'yes\n'],
    ['auth can-i get /healthz', 0, 'yes\n'],
    ['auth can-i get pods -q', 0, ''],
    ['auth can-i get pods --as=bob', 1, 'no\n'],
    ['auth can-i get pods --as=bob --as-group=system:masters', 0, 'yes\n'],
    ['auth can-i get nodes', 0, "yes\nWarning: resource 'nodes' is not namespace scoped\n\n"],
    [
      'auth can-i get x.y',
      0,
      "yes\nWarning: the server doesn't have a resource type 'x' in group 'y'\n\n",
    ],
    ['auth can-i eat pods', 0, "yes\nWarning: verb 'eat' is not a known verb\n\n"],
  ])('%s', (line, exit, printed) => {
    expect(last(line)?.exit).toBe(exit);
    expect(out(line)).toBe(printed);
  });

  test('the list, and who asks', () => {
    expect(last('auth can-i --list')?.stdout).toMatch(/^Resources +Non-Resource URLs.*\n\*\.\* /);
    expect(last('auth can-i --list --as=bob')?.stdout).not.toContain('*.*');
    expect(last('auth can-i --list -q')?.exit).toBe(1);
    expect(out('auth whoami -o jsonpath={.status.userInfo.username}')).toBe('kubernetes-admin');
  });
});

describe('events, nodes, contexts', () => {
  test('events of one object, of one type, of none', () => {
    const about = last('events --for=pod/stuck --no-headers')?.stdout.trimEnd().split('\n') ?? [];
    expect(about.length).toBeGreaterThan(2);
    expect(about.every((line) => / Pod\/stuck /.test(line))).toBe(true);
    expect(last('events --types=Warning --no-headers')?.stdout).not.toMatch(/ Normal /);
    expect(out('events --for=pod/nope')).toBe('No events found in default namespace.\n');
    expect(last('events --types=Odd')?.exit).toBe(1);
    expect(out('events --for pod/stuck -o jsonpath={.items[0].reason}')).toBe('Scheduled');
  });

  test('a node tells what it has and what is asked of it', () => {
    const text = last('describe node')?.stdout ?? '';
    expect(text).toMatch(/\nCapacity:\n {2}cpu: +4\n/);
    expect(text).toMatch(/\n {2}Ready +True /);
    expect(text).toMatch(/ {2}default +web-\S+ +500m \(12%\) +0 \(0%\) +1Gi \(12%\)/);
    expect(text).toMatch(/\n {2}cpu +500m \(12%\) +0 \(0%\)\n {2}memory +1Gi \(12%\)/);
  });

  test.each([
    ['config get-clusters', 'NAME\nkind-kind\n'],
    ['config get-users', 'NAME\nkind-kind\n'],
    ['config view -o jsonpath={.current-context}', 'kind-kind'],
    [
      'port-forward svc/web x:80',
      `error: error parsing local port 'x': strconv.ParseUint: parsing "x": invalid syntax\n`,
    ],
    ['version now', 'error: extra arguments: [now]\n'],
    [
      'get svc web -o jsonpath-as-json={.spec.ports[*].port}{.metadata.name}',
      '[\n    80\n]\n[\n    "web"\n]\n',
    ],
  ])('%s', (line, expected) => {
    expect(out(line)).toBe(expected);
  });
});
