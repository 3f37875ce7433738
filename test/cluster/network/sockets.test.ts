import { describe, expect, it } from 'vitest';
import { processListens } from '../../../src/cluster/network/container-process.ts';
import { addPod, client, hops, outcome, world } from './world.ts';

describe('what a Pod listens on', () => {
  it.each([
    ['nginx', 80],
    ['nginx:1.27-alpine', 80],
    ['docker.io/library/nginx:latest', 80],
    ['redis@sha256:0123', 6379],
    ['postgres:16', 5432],
    ['hashicorp/http-echo:1.0', 5678],
    ['registry.k8s.io/echoserver:1.10', 8080],
  ])('%s: %i', (image, port) => {
    const cluster = world();
    addPod(cluster, 'p', '10.244.1.20', { image });
    expect(outcome(cluster, client, '10.244.1.20', port)).toEqual([`default/p:${port}`]);
    expect(outcome(cluster, client, '10.244.1.20', port + 1)).toEqual(['refused']);
  });

  it('follows the arguments of http-echo', () => {
    const cluster = world();
    addPod(cluster, 'p', '10.244.1.20', { image: 'hashicorp/http-echo', args: ['-listen=:8080'] });
    expect(outcome(cluster, client, '10.244.1.20', 8080)).toEqual(['default/p:8080']);
  });

  it.each([
    ['nginx', ['nginx', '-g', 'daemon off;'], [80]],
    ['nginx', ['sleep', '3600'], []],
    ['nginx', ['sh', '-c', 'while true; do echo hi; sleep 5; done'], []],
    ['python:3', ['python', '-m', 'http.server', '8080'], [8080]],
    ['python:3', ['python3', '-m', 'http.server'], [8000]],
    ['busybox', ['sh', '-c', 'httpd -f -p 8081 -h /www'], [8081]],
    ['busybox', ['nc', '-lk', '-p', '9000'], [9000]],
    ['redis', ['redis-server', '--port', '7000'], [7000]],
    ['traefik/whoami', ['--port', '81'], [81]],
    ['nginx', ['my-server'], undefined],
    ['acme/thing', [], undefined],
  ])('%s %j', (image, args, ports) => {
    const listens = processListens(image, [], args);
    expect(listens?.map((socket) => socket.port)).toEqual(ports);
  });

  it('says that it does not know an image', () => {
    const cluster = world();
    addPod(cluster, 'p', '10.244.1.20', { image: 'acme/thing:3' });
    expect(hops(cluster, client, '10.244.1.20', 80).at(-1)).toBe('hop-image-unknown');
  });

  it('listens on nothing while the container does not run', () => {
    const cluster = world();
    const state = { waiting: { reason: 'CrashLoopBackOff' } };
    addPod(cluster, 'p', '10.244.1.20', { state });
    expect(outcome(cluster, client, '10.244.1.20', 80)).toEqual(['refused']);
    expect(hops(cluster, client, '10.244.1.20', 80).at(-1)).toBe('hop-container-not-running');
  });

  it('takes the settings for images: the longest name that fits wins', () => {
    const listens = (port: number) => [{ protocol: 'TCP', port }] as const;
    const cluster = world({
      images: {
        nginx: { state: 'runs', listens: listens(1) },
        'nginx:2': { state: 'runs', listens: listens(2) },
      },
    });
    addPod(cluster, 'one', '10.244.1.20', { image: 'nginx:1' });
    addPod(cluster, 'two', '10.244.1.21', { image: 'nginx:2' });
    expect(outcome(cluster, client, '10.244.1.20', 1)).toEqual(['default/one:1']);
    expect(outcome(cluster, client, '10.244.1.21', 2)).toEqual(['default/two:2']);
  });

  it('takes `listens` for the whole truth, and keeps loopback sockets to the Pod', () => {
    const socket = { protocol: 'TCP', port: 9000, address: '127.0.0.1' } as const;
    const cluster = world({ listens: { 'default/p': [socket] } });
    addPod(cluster, 'p', '10.244.1.20');
    expect(outcome(cluster, client, '10.244.1.20', 80)).toEqual(['refused']);
    expect(hops(cluster, client, '10.244.1.20', 9000).at(-1)).toBe('hop-socket-loopback-only');
    const self = { kind: 'pod', namespace: 'default', name: 'p' } as const;
    expect(outcome(cluster, self, '127.0.0.1', 9000)).toEqual(['default/p:9000']);
    expect(outcome(cluster, self, '10.244.1.20', 9000)).toEqual(['refused']);
  });
});
