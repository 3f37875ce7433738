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
    [`${at}.backend.service: Required value: port name or number is required`],
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
