import { describe, expect, test } from 'vitest';
import { bootstrapCluster } from '../../../src/cluster/bootstrap.ts';
import { forkCluster } from '../../../src/cluster/cluster.ts';
import { runKubectl, runKubectlLine } from '../../../src/cluster/kubectl/run.ts';
import { limits } from '../../../src/limits.ts';

const pod = (name: string, containers: string, more = '') => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { run: ${name} }${more} }
spec: { containers: [${containers}] }
`;
const manifest = [
  `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: main, image: "nginx:1.27" }] }
`,
  pod('two', '{ name: a, image: "hashicorp/http-echo" }, { name: b, image: busybox }'),
  pod('stuck', '{ name: a, image: "nope:1" }'),
  pod('crash', '{ name: a, image: "crash:1" }'),
  pod('says', '{ name: a, image: busybox, command: [sh, -c, "echo one; echo two; echo three"] }'),
  pod(
    'loop',
    '{ name: a, image: busybox, args: [sh, -c, "while true; do echo up; sleep 1; done"] }',
  ),
  pod('idle', '{ name: a, image: busybox, command: [sleep, "10"] }'),
  pod(
    'pick',
    '{ name: a, image: busybox }, { name: b, image: busybox, args: [echo, b] }',
    ', annotations: { kubectl.kubernetes.io/default-container: b }',
  ),
].join('---');
const images = { 'nope:1': { state: 'missing' }, 'crash:1': { state: 'crashes' } } as const;
const base = bootstrapCluster({ images, platform: 'kind' });
runKubectl(base, { args: ['create', '-f', 'a.yaml'], files: { 'a.yaml': manifest } });

const kubectl = (line: string) => runKubectlLine(forkCluster(base), line);
const out = (line: string): string => {
  const { stdout, stderr } = kubectl(line);
  return stdout + stderr;
};
const first = base.store.list('pods', 'default').find(({ metadata }) => metadata.labels?.app);
const webPod = first?.metadata.name ?? '';

describe('what containers printed', () => {
  test.each([
    ['logs says', 'one\ntwo\nthree\n'],
    ['logs says --tail=1', 'three\n'],
    ['logs says --tail=0', ''],
    ['logs says --tail 2 -f', 'two\nthree\n'],
    ['logs says --limit-bytes=5', 'one\nt'],
    ['logs says a --tail=1', 'three\n'],
    ['logs says -c a --tail=1 --prefix', '[pod/says/a] three\n'],
    ['logs says --tail=1 --timestamps', '2026-01-01T00:00:00.000000000Z three\n'],
    ['logs says --since=1h --tail=1', 'three\n'],
    ['logs says --since-time=2027-01-01T00:00:00Z', ''],
    ['logs loop', 'up\n'],
    ['logs idle', ''],
    ['logs pick', 'b\n'],
    ['logs two a', '2026/01/01 00:00:00 [INFO] server is listening on :5678\n'],
    ['logs two b', ''],
    ['logs -l run=says --prefix --tail=1', '[pod/says/a] three\n'],
    ['logs -l run=nope', 'No resources found in default namespace.\n'],
    ['logs -n kube-system -l k8s-app=kube-dns --tail=1', 'CoreDNS-1.13.1\nCoreDNS-1.13.1\n'],
  ])('%s', (line, expected) => {
    expect(out(line)).toBe(expected);
  });

  test('nginx speaks of its start, and a selector shows the last ten lines', () => {
    const lines = kubectl(`logs ${webPod}`).stdout.trimEnd().split('\n');
    expect(lines.at(0)).toMatch(/^\/docker-entrypoint.sh: /);
    expect(lines.at(-1)).toMatch(/start worker process \d+$/);
    expect(kubectl('logs -l app=web').stdout.trimEnd().split('\n')).toHaveLength(30);
    expect(kubectl('logs -l app=web --tail=-1').stdout.split('\n').length).toBeGreaterThan(31);
  });

  test('of several Pods one is used and named, or all', () => {
    const { stdout, stderr } = kubectl('logs deploy/web --tail=1');
    expect(stderr).toBe(`Found 3 pods, using pod/${webPod}\n`);
    expect(stdout.split('\n')).toHaveLength(2);
    expect(
      kubectl('logs deploy/web --all-pods --tail=1').stdout.match(/^\[pod\/web-/gm),
    ).toHaveLength(3);
  });

  test('a crashed container is told by what it left', () => {
    expect(kubectl('logs crash')).toMatchObject({ exit: 0, stderr: '' });
    expect(out('logs crash')).not.toBe('');
    expect(out('logs crash -p')).toBe(out('logs crash'));
  });
});

describe('what kubectl refuses', () => {
  const bad = 'Error from server (BadRequest): ';
  test.each([
    [
      'logs stuck',
      `${bad}container "a" in pod "stuck" is waiting to start: trying and failing to pull image\n`,
    ],
    ['logs says -p', `${bad}previous terminated container "a" in pod "says" not found\n`],
    [
      'logs nope',
      'error: error from server (NotFound): pods "nope" not found in namespace "default"\n',
    ],
    ['logs two -c x', 'error: container x is not valid for pod two out of: a, b\n'],
    ['logs two a -c b', 'error: only one of -c or an inline [CONTAINER] arg is allowed\n'],
    [
      'logs two a --all-containers',
      'error: --all-containers=true should not be specified with container name a\n',
    ],
    ['logs says --tail=-2', 'error: --tail must be greater than or equal to -1\n'],
    ['logs says --limit-bytes=-1', 'error: --limit-bytes must be greater than 0\n'],
    ['logs says --since=-5s', 'error: --since must be greater than 0\n'],
    [
      'logs says --since=5s --since-time=2026-01-01T00:00:00Z',
      'error: at most one of `sinceTime` or `sinceSeconds` may be specified\n',
    ],
    [
      'logs -l app=web -f --max-log-requests=2',
      'error: you are attempting to follow 3 log streams, but maximum allowed concurrency is 2, use --max-log-requests to increase the limit\n',
    ],
    [
      'logs says -l app=web',
      "error: only a selector (-l) or a POD name is allowed\nSee 'kubectl logs -h' for help and examples\n",
    ],
  ])('%s', (line, expected) => {
    expect(kubectl(line)).toMatchObject({ exit: 1, stderr: expected });
  });

  test('errors of some do not hide the logs of others with --ignore-errors', () => {
    expect(kubectl('logs -l run --tail=1').exit).toBe(1);
    const { exit, stdout } = kubectl('logs -l run --tail=1 --ignore-errors');
    expect(exit).toBe(0);
    expect(stdout).toContain('three\n');
    expect(stdout).toContain('error: container "a" in pod "stuck"');
  });

  test('more containers than the lab looks into', () => {
    const cluster = forkCluster(base);
    runKubectlLine(cluster, `scale deploy web --replicas=${limits.logContainers + 1}`);
    expect(runKubectlLine(cluster, 'logs -l app=web').exit).toBe(1);
  });
});
