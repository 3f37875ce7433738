import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { bootstrapCluster } from '../../../src/cluster/bootstrap.ts';
import { type Cluster, forkCluster } from '../../../src/cluster/cluster.ts';
import { commands } from '../../../src/cluster/kubectl/commands/registry.ts';
import { runKubectl, runKubectlLine } from '../../../src/cluster/kubectl/run.ts';
import { limits } from '../../../src/limits.ts';

const manifest = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: main, image: "nginx:1.27", ports: [{ containerPort: 80, name: http }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, labels: { team: a } }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: http }] }
`;
const base = bootstrapCluster();
runKubectl(base, { args: ['create', '-f', 'a.yaml'], files: { 'a.yaml': manifest } });
let cluster: Cluster;

beforeEach(() => {
  cluster = forkCluster(base);
});

const kubectl = (line: string) => runKubectlLine(cluster, line);
const out = (line: string): string => {
  const { stdout, stderr } = kubectl(line);
  return stdout + stderr;
};

const notFound = (resource: string, name: string) =>
  `Error from server (NotFound): ${resource} "${name}" not found\n`;
const described = runKubectlLine(forkCluster(base), 'describe svc web --show-events=false').stdout;

describe('a session', () => {
  test.each([
    ['get svc web -o jsonpath={.spec.ports[0].targetPort}', 'http'],
    ["get svc web -o 'go-template={{range .spec.ports}}{{.port}}{{end}}'", '80'],
    ['get svc,deploy web -o name', 'service/web\ndeployment.apps/web\n'],
    ['get svc web -o custom-columns=N:.metadata.name,X:.spec.nope', 'N     X\nweb   <none>\n'],
    [
      'get svc web nope -o name',
      'service/web\nError from server (NotFound): services "nope" not found\n',
    ],
    ['get svc nope --ignore-not-found', ''],
    ['get pods web -A', 'error: a resource cannot be retrieved by name across all namespaces\n'],
    [
      'get svc/web pods',
      "error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'\n",
    ],
    ['expose deploy web --name=w2 --port=80 --dry-run=client -o name', 'service/w2\n'],
    ['expose deploy web --name=w2', 'service/w2 exposed\n'],
    ['scale deploy web --replicas=0', 'deployment.apps/web scaled\n'],
    ['scale deploy web', 'error: required flag(s) "replicas" not set\n'],
    ['label svc web team-', 'service/web unlabeled\n'],
    ['label svc web team=b', "error: 'team' already has a value (a), and --overwrite is false\n"],
    ['rollout status deploy/web', 'deployment "web" successfully rolled out\n'],
    ['wait --for=condition=Available deploy/web', 'deployment.apps/web condition met\n'],
    ['wait --for=delete svc/web', 'error: timed out waiting for the condition on services/web\n'],
    ['port-forward svc/web 8080:81', 'error: Service web does not have a service port 81\n'],
    [
      'label pods --all app=q',
      "'app' already has a value (web), and --overwrite is false\n'app' already has a value (web), and --overwrite is false\n",
    ],
    ['set env deploy/web A=1 --list', '# Deployment web, container main\nA=1\n'],
    ['set image deploy web nope main=a', notFound('deployments.apps', 'nope')],
    ['describe svc w --show-events=false', `${described}\n`],
    ['rollout undo rs/web', notFound('replicasets.apps', 'web')],
    ['rollout restart svc/web', 'error: services "web" restarting is not supported\n'],
    ['wait pod/nope --for=create', 'error: timed out waiting for the condition\n'],
    [
      'get svc -o go-template={{.a',
      'error: error parsing template {{.a, template: output:1: unclosed action\n',
    ],
    ['auth can-i get pods', 'yes\n'],
    ['config current-context', 'kubernetes-admin@kubernetes\n'],
    [
      'create service clusterip web --tcp=80 --dry-run=nope',
      'error: Invalid dry-run value (nope). Must be "none", "server", or "client".\n',
    ],
    ['delete svc web --now', 'service "web" deleted from default namespace\n'],
    ['delete ns default --dry-run=client', 'namespace "default" deleted (dry run)\n'],
  ])('%s', (line, text) => {
    expect(out(line)).toBe(text);
  });

  test('the namespace of the context holds from then on, and is forked', () => {
    kubectl('create ns dev');
    const fork = forkCluster(cluster);
    expect(out('config set-context --current --namespace=dev')).toContain('modified.');
    expect(out('get svc')).toBe('No resources found in dev namespace.\n');
    expect(runKubectlLine(fork, 'get svc web -o name').stdout).toBe('service/web\n');
  });

  test('an image is set, the rollout undone, and its history told', () => {
    expect(out('set image deploy/web main=nginx:1.28')).toBe('deployment.apps/web image updated\n');
    expect(out('rollout undo deploy/web')).toBe('deployment.apps/web rolled back\n');
    expect(out('get deploy web -o jsonpath={.spec.template.spec.containers[0].image}')).toBe(
      'nginx:1.27',
    );
    expect(out('rollout history deploy/web')).toContain(
      'REVISION  CHANGE-CAUSE\n2         <none>\n3         <none>\n',
    );
  });

  test('what only reads, or only tries, changes nothing', () => {
    const before = cluster.store.version();
    for (const line of [
      'get all -o yaml',
      'describe all',
      'create deployment x --image=a --dry-run=client -o yaml',
      'create deployment x --image=a --dry-run=server',
      'delete svc web --dry-run=server',
      'scale deploy web --replicas=9 --dry-run=server',
      'label svc web a=b --dry-run=server',
    ]) {
      kubectl(line);
    }
    expect(cluster.store.version()).toBe(before);
  });
});

describe('any line', () => {
  const words = [
    ...new Set(
      commands.flatMap(({ path, flags }) => [...path, ...flags.map(({ name }) => `--${name}`)]),
    ),
    ...[
      'svc',
      'pods',
      'deploy',
      'web',
      'svc/web',
      'deploy/web',
      'all',
      'nope',
      'svc,ep',
      'a=b',
      'a-',
      '-n',
      '-A',
    ],
    ...[
      '-o',
      'yaml',
      'json',
      'wide',
      'name',
      'jsonpath={..a}',
      'jsonpath={.items[',
      '-l',
      'app=web',
      '!a',
      'x in (y)',
    ],
    ...[
      '--',
      '-',
      '',
      '=',
      '-f',
      'a.yaml',
      '-p',
      '{}',
      '[]',
      '--port=80',
      '--image=x',
      '--replicas=2',
      '__proto__',
      '-h',
    ],
  ];

  test('gives an answer: no exception, bounded output, the same again', () => {
    const line = fc.array(
      fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...words) }, fc.string()),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(line, (args) => {
        const invocation = { args, files: { 'a.yaml': manifest } };
        const first = runKubectl(forkCluster(cluster), invocation);
        expect(first.stdout.length + first.stderr.length).toBeLessThan(limits.output * 2);
        expect(first.exit).toBeGreaterThanOrEqual(0);
        expect(runKubectl(forkCluster(cluster), invocation)).toEqual(first);
      }),
      { numRuns: 400 },
    );
  });

  test.each(["'", '"a', 'get pods | wc', 'a'.repeat(limits.commandLine + 1)])(
    '%#: refused by its grammar or length',
    (line) => {
      expect(kubectl(line).exit).toBe(1);
    },
  );
});

describe('run --rm', () => {
  const deleted = 'pod "p" deleted from default namespace\n';
  test.each([
    ['', 0, /not found\n$/],
    ['--restart=Never', 127, /not found\npod default\/p terminated \(Error\)\n$/],
    ['--restart=OnFailure', 1, /not found\nerror: timed out waiting for the condition\n$/],
  ])('takes the Pod away though its command fails: %s', (flags, exit, stderr) => {
    const line = `run p -i --rm --image=alpine ${flags} -- sh -c "no-such-program"`;
    const result = kubectl(line);
    expect(result).toMatchObject({ exit, stdout: deleted });
    expect(result.stderr).toMatch(stderr);
    expect(out('get pod p')).toBe(notFound('pods', 'p'));
  });
});
