import { describe, expect, it } from 'vitest';
import { resolveFrom, resolverOf } from '../../../../src/cluster/network/dns/resolver.ts';
import { addPod, addService, addSlice, client, hops, webWorld } from '../world.ts';

const tried = (namespace: string, name: string) => {
  const { tried: all, addresses } = resolveFrom(webWorld(), namespace, name);
  return [all.map((each) => each.name), addresses];
};
const [ns, svc, zone] = ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local'];

describe('the resolver of a Pod', () => {
  it.each([
    ['web', [[`web.${ns}`], ['10.96.0.50']]],
    ['web.default', [[`web.default.${ns}`, `web.default.${svc}`], ['10.96.0.50']]],
    ['web.default.svc.cluster.local.', [[`web.${ns}`], ['10.96.0.50']]],
    [
      'db.example.com',
      [
        [
          `db.example.com.${ns}`,
          `db.example.com.${svc}`,
          `db.example.com.${zone}`,
          'db.example.com',
        ],
        ['203.0.113.80'],
      ],
    ],
    ['db.example.com.', [['db.example.com'], ['203.0.113.80']]],
    [
      'a.b.c.d.e.f',
      [['a.b.c.d.e.f', `a.b.c.d.e.f.${ns}`, `a.b.c.d.e.f.${svc}`, `a.b.c.d.e.f.${zone}`], []],
    ],
    ['a..b', [[], []]],
    ['', [[], []]],
    ['10.1.2.3', [[], ['10.1.2.3']]],
  ])('looks %s up', (name, expected) => {
    expect(tried('default', name)).toEqual(expected);
  });

  it('does not find a Service of another namespace by its bare name', () => {
    expect(resolveFrom(webWorld(), 'dev', 'web').addresses).toEqual([]);
    expect(resolveFrom(webWorld(), 'dev', 'web.default').addresses).toEqual(['10.96.0.50']);
  });

  it('finds nothing while nobody is behind the name server', () => {
    const cluster = webWorld();
    const kubeDns = { clusterIP: '10.96.0.10', ports: [{ port: 53, protocol: 'UDP' }] };
    addService(cluster, 'kube-dns', kubeDns, { namespace: 'kube-system' });
    expect(resolveFrom(cluster, 'default', 'web')).toMatchObject({ silent: true, addresses: [] });
    expect(hops(cluster, client, 'web', 80)).toEqual(['hop-name-server-silent']);
    const more = { namespace: 'kube-system' };
    addSlice(cluster, 'kube-dns', [{ port: 53, protocol: 'UDP' }], [{ ip: '10.244.1.2' }], more);
    expect(resolveFrom(cluster, 'default', 'web').addresses).toEqual(['10.96.0.50']);
  });

  it('follows dnsPolicy and dnsConfig', () => {
    const cluster = webWorld();
    const spec = {
      dnsPolicy: 'None',
      dnsConfig: {
        nameservers: ['10.96.0.10'],
        searches: ['svc.cluster.local'],
        options: [{ name: 'ndots', value: '2' }],
      },
    };
    addPod(cluster, 'own', '10.244.1.60', { spec });
    addPod(cluster, 'host', '10.200.0.1', { spec: { hostNetwork: true } });
    const [own, host] = ['own', 'host'].map((name) => cluster.store.get('pods', 'default', name));
    expect(own && resolverOf(own)).toMatchObject({ search: ['svc.cluster.local'], ndots: 2 });
    expect(host && resolverOf(host).search).toEqual([]);
  });
});
