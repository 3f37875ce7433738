/** A lesson on Services from its first command to its last, typed into real kubectls. */
import { afterAll, describe, expect, it } from 'vitest';
import { kubectlVersions } from '../../../scripts/install-kubectl.ts';
import { bootstrapCluster } from '../../../src/cluster/bootstrap.ts';
import { probe } from '../../../src/cluster/network/probe.ts';
import { kubectlIsHere, openTerminals } from './terminal.ts';
import { typeInto } from './typing.ts';

const isHere = kubectlIsHere();
const terminals = await openTerminals();
afterAll(() => terminals.close());

const deployment = (name: string, app: string, image: string, port: number, replicas: number) => `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: ${app}
  template:
    metadata:
      labels:
        app: ${app}
    spec:
      containers:
      - name: main
        image: ${image}
        ports:
        - containerPort: ${port}
`;

const service = (name: string, app: string, port: string, type = 'ClusterIP') => `
apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector:
    app: ${app}
  ports:
  - ${port}
  type: ${type}
`;

const pod = /^web-deployment-[0-9a-f]{8,10}-[a-z0-9]{5} +1\/1 +Running +0 +\d+s/;

describe.runIf(isHere).each(kubectlVersions)('the chapter with kubectl %s', (version) => {
  it('can be followed from the first command to the last', { timeout: 120_000 }, async () => {
    const cluster = bootstrapCluster({ now: Date.now(), platform: 'docker-desktop' });
    const terminal = terminals.open(cluster);
    const kubectl = async (...args: string[]) => {
      const { exit, stdout, stderr } = await terminal.kubectl(args, { version });
      expect([exit, stderr.replace(/^Warning: v1 Endpoints is deprecated.*\n/, '')]).toEqual([
        0,
        '',
      ]);
      return stdout;
    };
    const apply = (file: string, text: string) => {
      terminal.write(file, text);
      return kubectl('apply', '-f', file);
    };

    const web = deployment('web-deployment', 'web', 'nginx:alpine', 80, 3);
    expect(await apply('web-deployment.yaml', web)).toBe(
      'deployment.apps/web-deployment created\n',
    );
    await kubectl('wait', '--for=condition=Available', 'deployment/web-deployment');
    const labelled = (await kubectl('get', 'pods', '--show-labels')).trimEnd().split('\n');
    expect(labelled[0]).toMatch(/^NAME +READY +STATUS +RESTARTS +AGE +LABELS$/);
    expect(labelled.slice(1)).toHaveLength(3);
    for (const line of labelled.slice(1)) {
      expect(line).toMatch(pod);
      expect(line).toMatch(/app=web,pod-template-hash=[0-9a-f]+$/);
    }
    const wide = await kubectl('get', 'pods', '-o', 'wide');
    expect(new Set(wide.match(/\b10\.\d+\.\d+\.\d+\b/g))).toHaveProperty('size', 3);

    const clusterIp = service('web-service', 'web', '{port: 80, targetPort: 80}');
    expect(await apply('web-service-clusterip.yaml', clusterIp)).toBe(
      'service/web-service created\n',
    );
    const address = /web-service +ClusterIP +(\d+\.\d+\.\d+\.\d+) +<none> +80\/TCP/.exec(
      await kubectl('get', 'services'),
    )?.[1];
    expect(address).toBeDefined();

    const run = ['run', '-it', 'test-pod', '--image=alpine', '--rm', '--', 'sh'];
    const inside = await typeInto(
      terminal,
      run,
      [
        ['/ # ', 'apk add curl\r'],
        [/OK: .*\n\/ # /s, 'curl http://web-service\r'],
        [/<\/html>\s+\/ # /, 'curl http://web-service\r'],
        [/<\/html>\s+\/ # /, 'exit\r'],
      ],
      version,
    );
    expect(inside.stdout.split('<title>Welcome to nginx!</title>')).toHaveLength(3);
    expect(inside.stdout).toContain('pod "test-pod" deleted');
    await kubectl('delete', 'pod', 'test-pod', '--ignore-not-found');
    expect(await kubectl('get', 'pods')).not.toContain('test-pod');

    const port = '{port: 80, targetPort: 80, nodePort: 30007}';
    const nodePort = service('web-service', 'web', port, 'NodePort');
    expect(await apply('web-service-clusterip.yaml', nodePort)).toBe(
      'service/web-service configured\n',
    );
    expect(await kubectl('get', 'services')).toMatch(
      new RegExp(`web-service +NodePort +${address} +<none> +80:30007/TCP`),
    );
    const target = { protocol: 'TCP', host: 'localhost', port: 30007 } as const;
    const outside = probe(terminal.sandbox.cluster(), { kind: 'outside' }, target);
    expect(outside).toMatchObject({ failed: [] });
    expect(outside.reached).toHaveLength(3);

    const names = await typeInto(
      terminal,
      run,
      [
        ['/ # ', 'apk add curl bind-tools\r'],
        [/OK: .*\n\/ # /s, 'nslookup web-service\r'],
        [`Address: ${address}`, 'curl -I http://web-service\r'],
        [/keep-alive\s+\/ # /, 'curl -I http://web-service.default.svc.cluster.local\r'],
        [/keep-alive\s+\/ # /, '\x04'],
      ],
      version,
    );
    expect(names.stdout.match(/^HTTP\/1\.1 200 OK$/gm)).toHaveLength(2);

    const backend = deployment('backend-deployment', 'backend', 'flask:latest', 5000, 2);
    await apply('backend-deployment.yaml', backend);
    await kubectl('rollout', 'status', 'deployment/backend-deployment');
    const backendPort = '{port: 80, targetPort: 5000}';
    await apply('backend-service-wrong.yaml', service('backend-service', 'api', backendPort));
    expect(await kubectl('get', 'endpoints', 'backend-service')).toMatch(
      /^NAME +ENDPOINTS +AGE\nbackend-service +<none> +\d+s\n$/,
    );
    expect(await kubectl('describe', 'service', 'backend-service')).toMatch(
      /Selector: +app=api\n[\s\S]*TargetPort: +5000\/TCP\nEndpoints: *\n/,
    );
    await apply('backend-service-wrong.yaml', service('backend-service', 'backend', backendPort));
    expect(await kubectl('get', 'endpoints', 'backend-service')).toMatch(
      /backend-service +(10\.[\d.]+:5000),(10\.[\d.]+:5000) +\d+s/,
    );
    expect(await kubectl('describe', 'service', 'backend-service')).toMatch(
      /Selector: +app=backend\n[\s\S]*Endpoints: +10\.[\d.]+:5000,10\.[\d.]+:5000\n/,
    );
  });
});
