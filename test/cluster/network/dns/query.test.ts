import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../../../src/cluster/cluster.ts';
import { query } from '../../../../src/cluster/network/dns/query.ts';
import { addService, addSlice, world } from '../world.ts';

const zone = 'default.svc.cluster.local';

function named(): Cluster {
  const cluster = world();
  const ports = [
    { name: 'http', port: 80, protocol: 'TCP' },
    { port: 53, protocol: 'UDP', name: 'dns' },
  ];
  addService(cluster, 'web', { clusterIP: '10.96.0.50', ports });
  addSlice(cluster, 'web', [{ name: 'http', port: 8080 }], [{ ip: '10.244.1.20' }]);
  addService(cluster, 'db', { clusterIP: 'None', ports: [{ name: 'sql', port: 5432 }] });
  addSlice(
    cluster,
    'db',
    [{ name: 'sql', port: 5432 }],
    [
      { ip: '10.244.1.30', hostname: 'db-0' },
      { ip: '10.244.1.31' },
      { ip: '10.244.1.32', ready: false },
    ],
  );
  addService(cluster, 'bare', { clusterIP: 'None', ports: [] });
  addSlice(cluster, 'bare', [], [{ ip: '10.244.1.40' }]);
  for (const [name, externalName] of [
    ['out', 'db.example.com'],
    ['lost', 'nowhere.example.net'],
    ['inner', `web.${zone}`],
    ['dead', `gone.${zone}`],
    ['loop', `loop.${zone}`],
    ['number', '10.9.8.7'],
  ] as const) {
    addService(cluster, name, { type: 'ExternalName', externalName });
  }
  return cluster;
}

const answered = (answer: readonly string[]) => ({ rcode: 'NOERROR', answer });
const nodata = { rcode: 'NOERROR', answer: [], authority: ['SOA'] };
const missing = { rcode: 'NXDOMAIN', answer: [], authority: ['SOA'] };
const soa =
  'cluster.local 30 SOA ns.dns.cluster.local. hostmaster.cluster.local. 1767225600 7200 1800 86400 30';

describe('CoreDNS answers', () => {
  const cluster = named();
  it.each([
    ['A', `web.${zone}`, answered([`web.${zone} 30 A 10.96.0.50`])],
    ['A', `WEB.${zone}.`, answered([`WEB.${zone} 30 A 10.96.0.50`])],
    ['AAAA', `web.${zone}`, nodata],
    ['A', `wep.${zone}`, missing],
    ['AAAA', `wep.${zone}`, missing],
    ['A', 'web.nope.svc.cluster.local', missing],
    ['A', 'web.dev.svc.cluster.local', missing],
    ['A', zone, nodata],
    ['A', 'svc.cluster.local', nodata],
    ['A', 'cluster.local', nodata],
    ['A', 'nope.svc.cluster.local', missing],
    ['A', 'default.cluster.local', missing],
    ['A', `a.b.c.web.${zone}`, missing],
    ['A', `db.${zone}`, answered([`db.${zone} 30 A 10.244.1.30`, `db.${zone} 30 A 10.244.1.31`])],
    ['A', `db-0.db.${zone}`, answered([`db-0.db.${zone} 30 A 10.244.1.30`])],
    ['A', `10-244-1-30.db.${zone}`, missing],
    ['A', `10-244-1-31.db.${zone}`, answered([`10-244-1-31.db.${zone} 30 A 10.244.1.31`])],
    ['A', `10-244-1-32.db.${zone}`, missing],
    ['A', `10-244-1-20.web.${zone}`, answered([`10-244-1-20.web.${zone} 30 A 10.244.1.20`])],
    ['A', `bare.${zone}`, answered([`bare.${zone} 30 A 10.244.1.40`])],
    ['SRV', `bare.${zone}`, nodata],
    ['SRV', `_nope._tcp.web.${zone}`, missing],
    ['SRV', `_http._udp.web.${zone}`, missing],
    ['SRV', `out.${zone}`, nodata],
    ['CNAME', `out.${zone}`, answered([`out.${zone} 30 CNAME db.example.com.`])],
    ['CNAME', `web.${zone}`, nodata],
    [
      'A',
      `out.${zone}`,
      answered(['db.example.com 60 A 203.0.113.80', `out.${zone} 30 CNAME db.example.com.`]),
    ],
    ['AAAA', `out.${zone}`, answered([`out.${zone} 30 CNAME db.example.com.`])],
    ['A', `lost.${zone}`, answered([`lost.${zone} 30 CNAME nowhere.example.net.`])],
    [
      'A',
      `inner.${zone}`,
      answered([`inner.${zone} 30 CNAME web.${zone}.`, `web.${zone} 30 A 10.96.0.50`]),
    ],
    ['AAAA', `inner.${zone}`, nodata],
    ['A', `dead.${zone}`, nodata],
    ['A', `loop.${zone}`, nodata],
    ['A', `number.${zone}`, missing],
    ['A', `x.out.${zone}`, missing],
    [
      'A',
      '1-2-3-4.default.pod.cluster.local',
      answered(['1-2-3-4.default.pod.cluster.local 30 A 1.2.3.4']),
    ],
    ['AAAA', '1-2-3-4.default.pod.cluster.local', nodata],
    [
      'AAAA',
      'fd00--1.default.pod.cluster.local',
      answered(['fd00--1.default.pod.cluster.local 30 AAAA fd00::1']),
    ],
    ['A', 'client.default.pod.cluster.local', missing],
    ['A', 'default.pod.cluster.local', nodata],
    ['PTR', '50.0.96.10.in-addr.arpa', answered([`50.0.96.10.in-addr.arpa 30 PTR web.${zone}.`])],
    [
      'PTR',
      '30.1.244.10.in-addr.arpa',
      answered([`30.1.244.10.in-addr.arpa 30 PTR db-0.db.${zone}.`]),
    ],
    ['PTR', '32.1.244.10.in-addr.arpa', { rcode: 'NXDOMAIN', answer: [] }],
    ['TXT', 'dns-version.cluster.local', answered(['dns-version.cluster.local 28800 TXT "1.1.0"'])],
    ['TXT', `wep.${zone}`, nodata],
    ['MX', `web.${zone}`, nodata],
    ['MX', `wep.${zone}`, missing],
    ['SOA', 'cluster.local', answered([soa])],
    ['SOA', `web.${zone}`, nodata],
    ['NS', `web.${zone}`, nodata],
    ['AXFR', 'cluster.local', { rcode: 'REFUSED', answer: [] }],
    ['A', 'db.example.com', answered(['db.example.com 60 A 203.0.113.80'])],
    ['AAAA', 'db.example.com', answered([])],
    ['A', 'constructor', { rcode: 'NXDOMAIN', answer: [] }],
  ])('%s %s', (type, name, expected) => {
    expect(query(cluster, name, type)).toEqual({ name, type, ...expected });
  });

  it('SRV: equal weights, the addresses of the targets beside them', () => {
    expect(query(cluster, `_sql._tcp.db.${zone}`, 'SRV')).toMatchObject({
      answer: [
        `_sql._tcp.db.${zone} 30 SRV 0 50 5432 10-244-1-31.db.${zone}.`,
        `_sql._tcp.db.${zone} 30 SRV 0 50 5432 db-0.db.${zone}.`,
      ],
      additional: [`10-244-1-31.db.${zone} 30 A 10.244.1.31`, `db-0.db.${zone} 30 A 10.244.1.30`],
    });
    expect(query(cluster, `web.${zone}`, 'SRV').answer).toEqual([
      `web.${zone} 30 SRV 0 50 53 web.${zone}.`,
      `web.${zone} 30 SRV 0 50 80 web.${zone}.`,
    ]);
  });

  it('NS: the name server and its address', () => {
    const server = query(cluster, 'cluster.local', 'NS');
    expect(server.answer).toEqual(['cluster.local 30 NS ns.dns.cluster.local.']);
    expect(server.additional).toEqual(['ns.dns.cluster.local 30 A 10.96.0.10']);
  });

  it('whatever is asked', () => {
    const labels = fc.array(
      fc.constantFrom('web', 'default', 'svc', 'pod', '_tcp', '', '__proto__'),
    );
    const names = fc.oneof(
      fc.string(),
      labels.map((parts) => `${parts.join('.')}.cluster.local`),
    );
    const types = fc.constantFrom(
      'A',
      'AAAA',
      'SRV',
      'PTR',
      'CNAME',
      'TXT',
      'NS',
      'SOA',
      'nonsense',
    );
    fc.assert(
      fc.property(names, types, (name, type) => {
        expect(['NOERROR', 'NXDOMAIN', 'REFUSED']).toContain(query(cluster, name, type).rcode);
      }),
    );
  });
});
