import { describe, expect, it } from 'vitest';
import { create, newPod, startCluster } from './objects.ts';

const listening = (answers?: 'nginx' | { status: number; body: string }) => ({
  state: 'runs' as const,
  listens: [{ protocol: 'TCP' as const, port: 8080, ...(answers !== undefined && { answers }) }],
});

const images = {
  'app:1': listening(),
  'site:1': listening('nginx'),
  'broken:1': listening({ status: 500, body: '' }),
  'database:1': listening({ status: 0, body: '' }),
  'slow:1': { state: 'not-ready' as const, listens: listening().listens },
};

/** Whether the Pod is ready, and what its kubelet warns of. */
function started(image: string, readinessProbe: object, more: object = {}, ...others: object[]) {
  const cluster = startCluster({ images });
  const containers = [{ name: 'main', image, readinessProbe, ...more }, ...others];
  create(cluster, 'pods', newPod('a', { containers }));
  const conditions = cluster.store.get('pods', 'default', 'a')?.status?.conditions ?? [];
  const ready = conditions.find(({ type }) => type === 'Ready')?.status;
  const events = cluster.store.list('events').filter(({ type }) => type === 'Warning');
  return [ready, ...events.map(({ reason, message }) => `${reason} ${message}`)];
}

const named = { ports: [{ name: 'web', containerPort: 8080 }] };
const failed = 'Unhealthy Readiness probe failed:';

describe('a readiness probe', () => {
  it.each<[string, object, object]>([
    ['app:1', { httpGet: { port: 8080, path: '/healthz' } }, {}],
    ['app:1', { tcpSocket: { port: 'web' } }, named],
    ['app:1', { grpc: { port: 8080 } }, {}],
    ['app:1', { httpGet: { port: 8080, scheme: 'HTTPS' } }, {}],
    ['site:1', { httpGet: { port: 8080, path: '/index.html?x=1' } }, {}],
    [
      'site:1',
      { httpGet: { port: 8080, path: '/own' } },
      { volumeMounts: [{ name: 'pages', mountPath: '/usr/share/nginx/html' }] },
    ],
    ['database:1', { tcpSocket: { port: 8080 } }, {}],
    ['unknown:1', { tcpSocket: { port: 9 } }, {}],
    ['app:1', { httpGet: { port: 9, host: '192.0.2.1' } }, {}],
    ['app:1', { exec: { command: ['cat', '/tmp/ready'] } }, {}],
  ])('of %s that may succeed: %j', (image, probe, more) => {
    expect(started(image, probe, more)).toEqual(['True']);
  });

  const at = '10.244.1.2';
  const none = 'connect: connection refused';
  it.each<[string, object, object, string]>([
    [
      'app:1',
      { httpGet: { port: 8000, path: '/healthz' } },
      {},
      `${failed} Get "http://${at}:8000/healthz": dial tcp ${at}:8000: ${none}`,
    ],
    ['app:1', { tcpSocket: { port: 8000 } }, {}, `${failed} dial tcp ${at}:8000: ${none}`],
    [
      'app:1',
      { grpc: { port: 9000 }, timeoutSeconds: 90 },
      {},
      `${failed} timeout: failed to connect service "${at}:9000" within 1m30s: context deadline exceeded`,
    ],
    [
      'unknown:1',
      { httpGet: { port: 'http' } },
      named,
      'Unhealthy Readiness probe errored and resulted in unknown state: port "http" not found',
    ],
    [
      'app:1',
      { tcpSocket: { port: 'web' } },
      {},
      'Unhealthy Readiness probe errored and resulted in unknown state: port "web" not found',
    ],
    [
      'site:1',
      { httpGet: { port: 8080, path: '/healthz' } },
      {},
      `${failed} HTTP probe failed with statuscode: 404`,
    ],
    [
      'broken:1',
      { httpGet: { port: 'web' } },
      named,
      `${failed} HTTP probe failed with statuscode: 500`,
    ],
    [
      'site:1',
      { httpGet: { port: 8080, scheme: 'HTTPS' } },
      {},
      `${failed} Get "https://${at}:8080/": http: server gave HTTP response to HTTPS client`,
    ],
    ['database:1', { httpGet: { port: 8080 } }, {}, `${failed} Get "http://${at}:8080/": EOF`],
    ['slow:1', { httpGet: { port: 8080 } }, {}, `${failed} HTTP probe failed with statuscode: 503`],
  ])('of %s that cannot succeed: %j', (image, probe, more, warning) => {
    expect(started(image, probe, more)).toEqual(['False', warning]);
  });

  it('may knock at a neighbour’s socket: they share one address', () => {
    const probe = { tcpSocket: { port: 8080 } };
    expect(started('nginx', probe, {}, { name: 'side', image: 'app:1' })).toEqual(['True']);
    expect(started('nginx', probe, {}, { name: 'side', image: 'redis' })[0]).toBe('False');
  });

  it('names ports of its own container only', () => {
    const side = { name: 'side', image: 'app:1', ...named };
    const [ready, warning] = started('nginx', { tcpSocket: { port: 'web' } }, {}, side);
    expect(ready).toBe('False');
    expect(warning).toContain('port "web" not found');
  });
});
