import { describe, expect, it } from 'vitest';
import {
  addPod,
  addService,
  addSlice,
  client,
  outcome,
  type SliceEndpoint,
  world,
} from '../world.ts';

const ready = (ip: string, node: string): SliceEndpoint => ({ ip, node });
const draining = (ip: string, node: string): SliceEndpoint => ({
  ip,
  node,
  ready: false,
  terminating: true,
});
const unready = (ip: string, node: string): SliceEndpoint => ({
  ip,
  node,
  ready: false,
  serving: false,
});
const here = '10.244.1.20';
const there = '10.244.2.20';

function reached(endpoints: readonly SliceEndpoint[], spec = {}): readonly string[] {
  const cluster = world();
  addPod(cluster, 'here', here);
  addPod(cluster, 'there', there, { node: 'node-2' });
  addService(cluster, 'web', { clusterIP: '10.96.0.50', ports: [{ port: 80 }], ...spec });
  addSlice(cluster, 'web', [{ port: 80 }], endpoints);
  return outcome(cluster, client, '10.96.0.50', 80);
}

const local = { internalTrafficPolicy: 'Local' };

describe('the endpoints a node may use', () => {
  it.each([
    [
      'all that are ready',
      [ready(here, 'node-1'), ready(there, 'node-2')],
      {},
      ['default/here:80', 'default/there:80'],
    ],
    [
      'none that is not ready',
      [ready(here, 'node-1'), unready(there, 'node-2')],
      {},
      ['default/here:80'],
    ],
    [
      'none that drains beside a ready one',
      [ready(here, 'node-1'), draining(there, 'node-2')],
      {},
      ['default/here:80'],
    ],
    [
      'those that drain when none is ready',
      [unready(here, 'node-1'), draining(there, 'node-2')],
      {},
      ['default/there:80'],
    ],
    ['nobody: rejected', [unready(here, 'node-1')], {}, ['refused']],
    [
      'Local: those here',
      [ready(here, 'node-1'), ready(there, 'node-2')],
      local,
      ['default/here:80'],
    ],
    [
      'Local: draining here before ready there',
      [draining(here, 'node-1'), ready(there, 'node-2')],
      local,
      ['default/here:80'],
    ],
    ['Local: dropped when all are elsewhere', [ready(there, 'node-2')], local, ['timeout']],
    ['Local: rejected when there are none at all', [unready(there, 'node-2')], local, ['refused']],
  ] as const)('%s', (_title, endpoints, spec, expected) => {
    expect(reached(endpoints, spec)).toEqual(expected);
  });

  const hinted = (ip: string, node: string): SliceEndpoint => ({
    ...ready(ip, node),
    hints: { forNodes: [{ name: node }] },
  });

  it('follow hints only when every ready endpoint has one', () => {
    expect(reached([hinted(here, 'node-1'), hinted(there, 'node-2')])).toEqual(['default/here:80']);
    expect(reached([hinted(here, 'node-1'), ready(there, 'node-2')])).toHaveLength(2);
    expect(reached([hinted(there, 'node-2')])).toEqual(['default/there:80']);
  });
});

describe('what kube-proxy does not watch', () => {
  it.each(['service.kubernetes.io/headless', 'service.kubernetes.io/service-proxy-name'])(
    '%s',
    (label) => {
      const cluster = world();
      addPod(cluster, 'here', here);
      const spec = { clusterIP: '10.96.0.50', ports: [{ port: 80 }] };
      addService(cluster, 'web', spec, { labels: { [label]: '' } });
      addSlice(cluster, 'web', [{ port: 80 }], [ready(here, 'node-1')]);
      expect(outcome(cluster, client, '10.96.0.50', 80)).toEqual(['timeout']);
    },
  );
});
