import { describe, expect, it } from 'vitest';
import { emptyCluster } from '../../../../src/cluster/cluster.ts';
import { endpointSlice } from '../../../../src/cluster/kinds/endpoint-slice/endpoint-slice.ts';
import { endpoints } from '../../../../src/cluster/kinds/endpoints/endpoints.ts';
import type { Kind } from '../../../../src/cluster/kinds/kind.ts';
import { examples } from '../examples.ts';
import { absent, errorsOf, prepared, tweaked } from '../tweak.ts';

const subset = 'subsets[0]';
const special = 'may not be in the loopback range (127.0.0.0/8, ::1/128)';

describe('Endpoints with one field changed', () => {
  it.each<[string, unknown, string[]]>([
    ['subsets', [], []],
    [
      'subsets.0.addresses',
      [],
      [`${subset}: Required value: must specify \`addresses\` or \`notReadyAddresses\``],
    ],
    [
      'subsets.0.addresses.0.ip',
      '127.0.0.1',
      [`${subset}.addresses[0].ip: Invalid value: "127.0.0.1": ${special}`],
    ],
    [
      'subsets.0.addresses.0.ip',
      'db.example.com',
      [
        `${subset}.addresses[0].ip: Invalid value: "db.example.com": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)`,
        `${subset}.addresses[0].ip: Invalid value: "db.example.com": must be a valid IP address`,
      ],
    ],
    [
      'subsets.0.ports.0.port',
      0,
      [`${subset}.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive`],
    ],
    ['subsets.0.ports.1', { port: 81, name: 'b' }, [`${subset}.ports[0].name: Required value`]],
  ])('%s = %j', (path, value, expected) => {
    expect(errorsOf(endpoints, tweaked(examples.Endpoints, path, value))).toEqual(expected);
  });
});

describe('an EndpointSlice with one field changed', () => {
  it.each<[string, unknown, string[]]>([
    ['addressType', absent, ['addressType: Required value']],
    [
      'addressType',
      'IP',
      ['addressType: Unsupported value: "IP": supported values: "FQDN", "IPv4", "IPv6"'],
    ],
    [
      'endpoints.0.addresses',
      [],
      ['endpoints[0].addresses: Required value: must contain at least 1 address'],
    ],
    [
      'endpoints.0.addresses',
      ['127.0.0.1'],
      [`endpoints[0].addresses[0]: Invalid value: "127.0.0.1": ${special}`],
    ],
    [
      'endpoints.0.addresses',
      ['fd00::1'],
      ['endpoints[0].addresses[0]: Invalid value: "fd00::1": must be a valid IPv4 address'],
    ],
    ['ports', [{ port: 80 }, { port: 81 }], ['ports[1].name: Duplicate value: ""']],
    [
      'ports.0.protocol',
      'tcp',
      ['ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"'],
    ],
  ])('%s = %j', (path, value, expected) => {
    expect(errorsOf(endpointSlice, tweaked(examples.EndpointSlice, path, value))).toEqual(expected);
  });
});

describe('the addresses in a table', () => {
  const cell = (kind: Kind, object: object) =>
    kind.columns
      .find(({ name }) => name === 'Endpoints')
      ?.cell(prepared(kind, object), emptyCluster());
  const addresses = ['10.0.0.1', '10.0.0.2'].map((ip) => ({ ip }));

  it.each<[string, unknown]>([
    ['<none>', []],
    ['', [{ notReadyAddresses: addresses, ports: [{ port: 80 }] }]],
    ['10.0.0.1,10.0.0.2', [{ addresses }]],
    [
      '10.0.0.1:80,10.0.0.2:80,10.0.0.1:81 + 1 more...',
      [{ addresses, ports: [{ port: 80 }, { port: 81 }] }],
    ],
    ['[fd00::1]:80', [{ addresses: [{ ip: 'fd00::1' }], ports: [{ port: 80 }] }]],
  ])('%j of Endpoints', (text, subsets) => {
    expect(cell(endpoints, tweaked(examples.Endpoints, 'subsets', subsets))).toBe(text);
  });

  it.each<[string, unknown]>([
    ['<unset>', []],
    [
      '10.9.8.1,10.9.8.2,10.9.8.3 + 1 more...',
      [1, 2, 3, 4].map((last) => ({ addresses: [`10.9.8.${last}`] })),
    ],
  ])('%j of a slice', (text, list) => {
    expect(cell(endpointSlice, tweaked(examples.EndpointSlice, 'endpoints', list))).toBe(text);
  });
});
