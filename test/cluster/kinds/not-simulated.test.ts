import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../src/cluster/kinds/registry.ts';
import { examples } from './examples.ts';
import { absent, errorsOf, tweaked } from './tweak.ts';

const paths = 'spec.rules.0.http.paths.0';
const at = 'spec.rules[0].http.paths[0]';

/** A kind, one field of its valid example, another value, and what is held against it. */
const cases: readonly (readonly [keyof typeof examples, string, unknown, readonly string[]])[] = [
  [
    'Namespace',
    'metadata.name',
    'a.b',
    ['metadata.name: Invalid value: "a.b": must not contain dots'],
  ],
  [
    'Node',
    'spec.taints',
    [{ key: 'a', effect: 'No' }],
    [
      'spec.taints[0].effect: Unsupported value: "No": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
    ],
  ],
  [
    'Event',
    'involvedObject.namespace',
    'other',
    ['involvedObject.namespace: Invalid value: "other": does not match event.namespace'],
  ],
  [
    'DaemonSet',
    'spec.updateStrategy',
    { rollingUpdate: { maxSurge: 1 } },
    [
      'spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero',
    ],
  ],
  [
    'StatefulSet',
    'spec.selector',
    {},
    ['spec.selector: Invalid value: {}: empty selector is invalid for statefulset'],
  ],
  [
    'StatefulSet',
    'spec.podManagementPolicy',
    'Any',
    ["spec.podManagementPolicy: Invalid value: \"Any\": must be 'OrderedReady' or 'Parallel'"],
  ],
  [
    'Job',
    'spec.template.spec.restartPolicy',
    absent,
    ['spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"'],
  ],
  [
    'CronJob',
    'spec.schedule',
    '* * *',
    ['spec.schedule: Invalid value: "* * *": expected exactly 5 fields, found 3: [* * *]'],
  ],
  ['CronJob', 'spec.schedule', '@hourly', []],
  [
    'Ingress',
    'spec.rules',
    [],
    ['spec: Invalid value: []: either `defaultBackend` or `rules` must be specified'],
  ],
  [
    'Ingress',
    `${paths}.pathType`,
    absent,
    [`${at}.pathType: Required value: pathType must be specified`],
  ],
  [
    'Ingress',
    `${paths}.path`,
    'web',
    [`${at}.path: Invalid value: "web": must be an absolute path`],
  ],
  [
    'Ingress',
    `${paths}.backend.service.port`,
    {},
    [`${at}.backend: Required value: port name or number is required`],
  ],
  [
    'Ingress',
    `${paths}.backend`,
    {},
    [`${at}.backend: Invalid value: "": resource or service backend is required`],
  ],
  [
    'Ingress',
    `${paths}.backend.service.port`,
    { name: 'a', number: 1 },
    [`${at}.backend: Invalid value: "": cannot set both port name & port number`],
  ],
  [
    'Ingress',
    `${paths}.backend.service.name`,
    '1a',
    [expect.stringContaining(`${at}.backend.service.name: Invalid value: "1a": a DNS-1035 label`)],
  ],
  [
    'Ingress',
    `${paths}.path`,
    '/a//b/..',
    [
      `${at}.path: Invalid value: "/a//b/..": must not contain '//'`,
      `${at}.path: Invalid value: "/a//b/..": cannot end with '/..'`,
    ],
  ],
  [
    'Ingress',
    `${paths}.pathType`,
    'Regex',
    [
      `${at}.pathType: Unsupported value: "Regex": supported values: "Exact", "ImplementationSpecific", "Prefix"`,
    ],
  ],
  ['Ingress', 'spec.rules.0.host', '*.example.com', []],
  [
    'Ingress',
    'spec.rules.0.host',
    'a*.com',
    [expect.stringContaining("a wildcard DNS-1123 subdomain must start with '*.'")],
  ],
  [
    'Ingress',
    'spec.rules.0.host',
    '10.0.0.1',
    ['spec.rules[0].host: Invalid value: "10.0.0.1": must be a DNS name, not an IP address'],
  ],
  [
    'Ingress',
    'spec.tls',
    [{ hosts: ['A'], secretName: 'b_' }],
    [
      expect.stringContaining('spec.tls[0].hosts[0]: Invalid value: "A"'),
      expect.stringContaining('spec.tls[0].secretName: Invalid value: "b_"'),
    ],
  ],
  [
    'Job',
    'spec.completionMode',
    'Some',
    ['spec.completionMode: Unsupported value: "Some": supported values: "NonIndexed", "Indexed"'],
  ],
  [
    'Job',
    'spec.parallelism',
    -1,
    ['spec.parallelism: Invalid value: -1: must be greater than or equal to 0'],
  ],
  [
    'NetworkPolicy',
    'spec.policyTypes',
    ['Ingress', 'In'],
    ['spec.policyTypes[1]: Unsupported value: "In": supported values: "Ingress", "Egress"'],
  ],
  [
    'NetworkPolicy',
    'spec.ingress.0.ports',
    [{ port: 80, endPort: 79 }],
    [
      'spec.ingress[0].ports[0].endPort: Invalid value: 79: must be greater than or equal to `port`',
    ],
  ],
  [
    'NetworkPolicy',
    'spec.ingress.0.ports',
    [{ port: 'http', endPort: 79 }],
    [
      'spec.ingress[0].ports[0].endPort: Invalid value: 79: may not be specified when `port` is non-numeric',
    ],
  ],
  [
    'NetworkPolicy',
    'spec.ingress.0.ports',
    [{ endPort: 79 }],
    [
      'spec.ingress[0].ports[0].endPort: Invalid value: 79: may not be specified when `port` is not specified',
    ],
  ],
  [
    'NetworkPolicy',
    'spec.ingress.0.from',
    [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '11.0.0.0/16', '10.0.0.0/8'] } }],
    ['11.0.0.0/16', '10.0.0.0/8'].map(
      (block, index) =>
        `spec.ingress[0].from[0].ipBlock.except[${index + 1}]: Invalid value: "${block}": must be a strict subset of \`cidr\``,
    ),
  ],
  [
    'NetworkPolicy',
    'spec.ingress.0.from',
    [{ ipBlock: {} }],
    ['spec.ingress[0].from[0].ipBlock.cidr: Required value'],
  ],
  [
    'NetworkPolicy',
    'spec.ingress.0.from',
    [{}],
    ['spec.ingress[0].from[0]: Required value: must specify a peer'],
  ],
  [
    'PersistentVolumeClaim',
    'spec.accessModes',
    [],
    ['spec.accessModes: Required value: at least 1 access mode is required'],
  ],
  ['PersistentVolumeClaim', 'spec.resources', {}, ['spec.resources[storage]: Required value']],
  [
    'ReplicationController',
    'spec.template',
    absent,
    ['spec.selector: Required value', 'spec.template: Required value'],
  ],
];

describe('a valid object with one field changed', () => {
  it.each(cases)('%s: %s = %j', (name, path, value, expected) => {
    const kind = kindOf(examples[name].apiVersion, name);
    expect(kind && errorsOf(kind, tweaked(examples[name], path, value))).toEqual(expected);
  });
});
