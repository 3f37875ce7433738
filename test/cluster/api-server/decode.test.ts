import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/cluster/api-server/decode/decode.ts';
import { DecodeError } from '../../../src/cluster/api-server/decode/type-error.ts';
import type { Json } from '../../../src/cluster/json.ts';

const service = (spec: Json): Json => ({ apiVersion: 'v1', kind: 'Service', spec });

function errorOf(type: string, body: Json): string {
  try {
    decode(type, body);
  } catch (error) {
    if (error instanceof DecodeError) return error.message;
    throw error;
  }
  return '';
}

const into = (value: string, field: string, type: string): string =>
  `json: cannot unmarshal ${value} into Go struct field ${field} of type ${type}`;

describe('wrong types', () => {
  const port = (value: Json) => ({ ports: [value] });
  const cases: readonly (readonly [string, Json, string])[] = [
    [
      'text for a number',
      port({ port: '80' }),
      into('string', 'ServicePort.spec.ports.port', 'int32'),
    ],
    [
      'a fraction',
      port({ port: 80.5 }),
      into('number 80.5', 'ServicePort.spec.ports.port', 'int32'),
    ],
    [
      'beyond int32',
      port({ port: 7e10 }),
      into('number 70000000000', 'ServicePort.spec.ports.port', 'int32'),
    ],
    [
      'a target of no kind',
      port({ targetPort: {} }),
      into('object', 'ServicePort.spec.ports.targetPort', 'int32'),
    ],
    [
      'a number for a name',
      port({ name: 80 }),
      into('number', 'ServicePort.spec.ports.name', 'string'),
    ],
    [
      'a named string type',
      port({ protocol: true }),
      into('bool', 'ServicePort.spec.ports.protocol', 'v1.Protocol'),
    ],
    ['no list', { ports: {} }, into('object', 'ServiceSpec.spec.ports', '[]v1.ServicePort')],
    ['no struct in a list', port(80), into('number', 'ServiceSpec.spec.ports', 'v1.ServicePort')],
    [
      'no map',
      { selector: ['a'] },
      into('array', 'ServiceSpec.spec.selector', 'map[string]string'),
    ],
    [
      'a map of maps',
      { selector: { matchLabels: {} } },
      into('object', 'ServiceSpec.spec.selector', 'string'),
    ],
    ['no struct', [], into('array', 'Service.spec', 'v1.ServiceSpec')],
    [
      'a pointer is named without its star',
      { ipFamilyPolicy: 1 },
      into('number', 'ServiceSpec.spec.ipFamilyPolicy', 'v1.IPFamilyPolicy'),
    ],
    [
      'the first in the document',
      { type: 1, ports: 1 },
      into('number', 'ServiceSpec.spec.type', 'v1.ServiceType'),
    ],
  ];
  it.each(cases)('%s', (_name, spec, expected) => {
    expect(errorOf('core/v1.Service', service(spec))).toBe(expected);
  });

  it('times and quantities complain in their own words', () => {
    const time = { metadata: { deletionTimestamp: 'soon' } };
    expect(errorOf('core/v1.Service', time)).toContain('cannot parse "soon" as "2006"');
    const limits = { spec: { containers: [{ resources: { limits: { cpu: '1 core' } } }] } };
    expect(errorOf('core/v1.Pod', limits)).toContain('quantities must match');
    expect(errorOf('core/v1.Secret', { data: { a: 'no base64!' } })).toContain('illegal base64');
  });
});

describe('what is stored', () => {
  const stored = (spec: Json): Json | undefined =>
    decode('core/v1.Service', service(spec)).value.spec;

  it('leaves out what holds nothing, but not what is always written', () => {
    expect(stored({ type: '', externalIPs: [], selector: {}, ports: [{}] })).toEqual({
      ports: [{ port: 0, targetPort: 0 }],
    });
  });

  it('keeps zero behind a pointer', () => {
    expect(stored({ allocateLoadBalancerNodePorts: false })).toEqual({
      allocateLoadBalancerNodePorts: false,
    });
  });

  it('takes null for zero, also inside maps and lists', () => {
    expect(stored({ type: null, selector: { a: null }, ports: [null] })).toEqual({
      selector: { a: '' },
      ports: [{ port: 0, targetPort: 0 }],
    });
  });

  it('spells times and quantities in one way', () => {
    const pod = decode('core/v1.Pod', {
      metadata: { deletionTimestamp: '2026-01-01T02:00:00+02:00' },
      spec: { containers: [{ name: 'a', resources: { limits: { cpu: 0.5, memory: '1024Mi' } } }] },
    }).value as { metadata: Json; spec: { containers: { resources: Json }[] } };
    expect(pod.metadata).toEqual({ deletionTimestamp: '2026-01-01T00:00:00Z' });
    expect(pod.spec.containers[0]?.resources).toEqual({ limits: { cpu: '500m', memory: '1Gi' } });
  });

  it('is a fixed point', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (selector) => {
        const once = decode('core/v1.Service', service({ selector })).value;
        expect(decode('core/v1.Service', once).value).toEqual(once);
      }),
    );
  });
});

describe('strict decoding', () => {
  it('lists unknown fields in the order of the document, with indexes', () => {
    const { strict } = decode('core/v1.Service', {
      spec: { clusterIp: 'x', ports: [{ Port: 80 }, { containerPort: 1 }] },
      specs: {},
    });
    expect(strict).toEqual([
      'unknown field "spec.clusterIp"',
      'unknown field "spec.ports[0].Port"',
      'unknown field "spec.ports[1].containerPort"',
      'unknown field "specs"',
    ]);
  });

  it('treats inherited names like any other', () => {
    const body = JSON.parse(
      '{"spec":{"__proto__":1,"constructor":2,"selector":{"__proto__":"x"}}}',
    );
    const { strict, value } = decode('core/v1.Service', body);
    expect(strict).toEqual(['unknown field "spec.__proto__"', 'unknown field "spec.constructor"']);
    expect(JSON.stringify(value)).toContain('{"__proto__":"x"}');
  });
});
