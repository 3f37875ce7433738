import { describe, expect, it } from 'vitest';
import { deployment } from '../../../../src/cluster/kinds/deployment/deployment.ts';
import { replicaSet } from '../../../../src/cluster/kinds/replica-set/replica-set.ts';
import { examples } from '../examples.ts';
import { absent, errorsOf, prepared, tweaked, updateErrorsOf } from '../tweak.ts';

const unmatched = (labels: string) =>
  `spec.template.metadata.labels: Invalid value: ${labels}: \`selector\` does not match template \`labels\``;
const update = 'spec.strategy.rollingUpdate';

const cases: readonly (readonly [string, unknown, readonly string[]])[] = [
  ['spec.replicas', 0, []],
  ['spec.replicas', -1, ['spec.replicas: Invalid value: -1: must be greater than or equal to 0']],
  ['spec.selector', absent, ['spec.selector: Required value', unmatched('{"app":"web"}')]],
  [
    'spec.selector',
    {},
    ['spec.selector: Invalid value: {}: empty selector is invalid for deployment'],
  ],
  ['spec.template.metadata', absent, [unmatched('null')]],
  ['spec.template.metadata.labels', { b: '2', a: '1' }, [unmatched('{"a":"1","b":"2"}')]],
  [
    'spec.strategy',
    { type: 'Recreate', rollingUpdate: {} },
    [`${update}: Forbidden: may not be specified when strategy \`type\` is 'Recreate'`],
  ],
  [
    'spec.strategy',
    { type: 'Rolling' },
    [
      'spec.strategy: Unsupported value: {"Type":"Rolling","RollingUpdate":null}: supported values: "Recreate", "RollingUpdate"',
    ],
  ],
  [
    'spec.strategy',
    { rollingUpdate: { maxSurge: '0%', maxUnavailable: 0 } },
    [`${update}.maxUnavailable: Invalid value: 0: may not be 0 when \`maxSurge\` is 0`],
  ],
  [
    'spec.strategy',
    { rollingUpdate: { maxSurge: '150%', maxUnavailable: '101%' } },
    [`${update}.maxUnavailable: Invalid value: "101%": must not be greater than 100%`],
  ],
  [
    'spec.strategy',
    { rollingUpdate: { maxSurge: 'one' } },
    [
      `${update}.maxSurge: Invalid value: "one": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')`,
    ],
  ],
  [
    'spec.progressDeadlineSeconds',
    0,
    ['spec.progressDeadlineSeconds: Invalid value: 0: must be greater than minReadySeconds'],
  ],
  [
    'spec.template.spec.restartPolicy',
    'Never',
    ['spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"'],
  ],
  [
    'spec.template.spec.activeDeadlineSeconds',
    5,
    [
      'spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicaSet is not Supported',
    ],
  ],
  ['spec.template.spec.containers.0.image', ' nginx', []],
];

describe('a Deployment with one field changed', () => {
  it.each(cases)('%s = %j', (path, value, expected) => {
    expect(errorsOf(deployment, tweaked(examples.Deployment, path, value))).toEqual(expected);
  });
});

describe('a changed Deployment', () => {
  const changed = (path: string, value: unknown) => {
    const old = prepared(deployment, examples.Deployment);
    const object = tweaked(examples.Deployment, path, value);
    deployment.defaults?.(object as never);
    deployment.prepareForUpdate?.(object as never, old as never);
    return object.metadata.generation;
  };

  it('counts what is wanted and what is noted about it, nothing else', () => {
    expect(changed('metadata.labels', { a: 'b' })).toBe(1);
    expect(changed('metadata.annotations', { a: 'b' })).toBe(2);
    expect(changed('spec.replicas', 3)).toBe(2);
  });

  it.each([
    ['Deployment', deployment],
    ['ReplicaSet', replicaSet],
  ] as const)('keeps its selector: %s', (name, kind) => {
    const other = { matchLabels: { app: 'web', tier: 'front' } };
    const labels = { app: 'web', tier: 'front' };
    const object = tweaked(examples[name], 'spec.selector', other);
    const errors = updateErrorsOf(
      kind,
      tweaked(object, 'spec.template.metadata.labels', labels),
      examples[name],
    );
    expect(errors).toEqual([
      'spec.selector: Invalid value: {"matchLabels":{"app":"web","tier":"front"}}: field is immutable',
    ]);
  });
});
