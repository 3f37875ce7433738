import type { PodStatus } from 'kubernetes-types/core/v1.js';
import { describe, expect, it } from 'vitest';
import { imageTag } from '../../../../src/cluster/kinds/pod/image-name.ts';
import { pod } from '../../../../src/cluster/kinds/pod/pod.ts';
import { podState } from '../../../../src/cluster/kinds/pod/pod-state.ts';
import type { ResourceTypes } from '../../../../src/cluster/objects.ts';
import { examples } from '../examples.ts';
import { prepared, tweaked, updateErrorsOf } from '../tweak.ts';

type Pod = ResourceTypes['pods'];

const made = (path: string, value: unknown) =>
  prepared(pod, tweaked(examples.Pod, path, value)) as Pod;

describe('the tag of an image', () => {
  it.each([
    ['nginx', 'latest'],
    ['nginx:1.27', '1.27'],
    ['localhost:5000/team/nginx', 'latest'],
    ['registry.example.com:5000/a/b:v1', 'v1'],
    [`nginx@sha256:${'a'.repeat(64)}`, undefined],
    ['Nginx', undefined],
    ['', undefined],
  ])('%j: %s', (image, tag) => {
    expect(imageTag(image)).toBe(tag);
  });
});

describe('a new Pod', () => {
  it('is pulled always when its tag moves', () => {
    expect(made('spec.containers.0.image', 'nginx').spec?.containers[0]?.imagePullPolicy).toBe(
      'Always',
    );
  });

  it('requests what it is limited to', () => {
    const { resources } =
      made('spec.containers.0.resources', {
        limits: { cpu: '1', memory: '64Mi' },
        requests: { cpu: '500m' },
      }).spec?.containers[0] ?? {};
    expect(resources?.requests).toEqual({ cpu: '500m', memory: '64Mi' });
  });

  it.each([
    [{}, 'BestEffort'],
    [{ requests: { cpu: '1' } }, 'Burstable'],
    [{ limits: { cpu: '1', memory: '1Gi' } }, 'Guaranteed'],
    [{ limits: { cpu: '1' } }, 'Burstable'],
    [{ requests: { 'example.com/gpu': '1' } }, 'BestEffort'],
  ])('with %j is %s', (resources, qosClass) => {
    const { status, metadata } = made('spec.containers.0.resources', resources);
    expect(status).toEqual({ phase: 'Pending', qosClass });
    expect(metadata.generation).toBe(1);
  });

  it('tolerates a lost node for five minutes unless it says otherwise', () => {
    const own = { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' };
    const tolerations = made('spec.tolerations', [own]).spec?.tolerations ?? [];
    expect(tolerations.map(({ key, tolerationSeconds }) => [key, tolerationSeconds])).toEqual([
      ['node.kubernetes.io/not-ready', undefined],
      ['node.kubernetes.io/unreachable', 300],
    ]);
  });
});

describe('a changed Pod', () => {
  const changed = (path: string, value: unknown) =>
    updateErrorsOf(pod, tweaked(examples.Pod, path, value), examples.Pod);

  it.each([
    ['spec.containers.0.image', 'nginx:1.28'],
    ['spec.activeDeadlineSeconds', 60],
    ['spec.tolerations', [{ key: 'a', operator: 'Exists' }]],
    ['metadata.labels', { app: 'other' }],
  ])('may change %s', (path, value) => {
    expect(changed(path, value)).toEqual([]);
  });

  it('may not change its ports, and is shown what it changed', () => {
    const [error = '', ...others] = changed('spec.containers.0.ports.0.containerPort', 81);
    expect(others).toEqual([]);
    expect(error).toMatch(/^spec: Forbidden: pod updates may not change fields other than /);
    expect(error).toContain('-     "ContainerPort": 80,\n+     "ContainerPort": 81,\n');
  });

  it('may not gain containers', () => {
    expect(changed('spec.containers.1', { name: 'side', image: 'x' })).toEqual([
      'spec.containers: Forbidden: pod updates may not add or remove containers',
    ]);
  });
});

describe('the state of a Pod in a line', () => {
  const state = (status: PodStatus, deletionTimestamp?: string) => {
    const object = prepared(pod, examples.Pod) as Pod;
    Object.assign(object, { status });
    if (deletionTimestamp !== undefined) object.metadata.deletionTimestamp = deletionTimestamp;
    const { ready, total, reason, restarts } = podState(object);
    return `${ready}/${total} ${reason} ${restarts}`;
  };
  const container = { name: 'web', image: 'x', imageID: '', ready: false, restartCount: 0 };

  it.each<[string, PodStatus]>([
    ['0/1 Pending 0', { phase: 'Pending' }],
    [
      '1/1 Running 2',
      {
        phase: 'Running',
        containerStatuses: [{ ...container, ready: true, restartCount: 2, state: { running: {} } }],
      },
    ],
    [
      '0/1 CrashLoopBackOff 5',
      {
        phase: 'Running',
        containerStatuses: [
          { ...container, restartCount: 5, state: { waiting: { reason: 'CrashLoopBackOff' } } },
        ],
      },
    ],
    [
      '0/1 Completed 0',
      {
        phase: 'Succeeded',
        containerStatuses: [
          { ...container, state: { terminated: { exitCode: 0, reason: 'Completed' } } },
        ],
      },
    ],
    [
      '0/1 ExitCode:3 0',
      {
        phase: 'Failed',
        containerStatuses: [{ ...container, state: { terminated: { exitCode: 3 } } }],
      },
    ],
    [
      '0/1 Init:0/0 0',
      { phase: 'Pending', initContainerStatuses: [{ ...container, state: { running: {} } }] },
    ],
    ['0/1 Evicted 0', { phase: 'Failed', reason: 'Evicted' }],
  ])('%s', (line, status) => {
    expect(state(status)).toBe(line);
  });

  it('says that it is leaving', () => {
    expect(state({ phase: 'Running' }, '2026-01-01T00:00:00Z')).toBe('0/1 Terminating 0');
  });
});

describe('the warnings about a Pod', () => {
  const warned = (path: string, value: unknown) => pod.warnings?.(made(path, value), undefined);

  it.each<[string, unknown, string[]]>([
    ['metadata.labels', {}, []],
    [
      'spec.containers.0.ports',
      [{ containerPort: 80 }, { containerPort: 80, hostPort: 80 }],
      ['spec.containers[0].ports[1]: overlapping port definition with spec.containers[0].ports[0]'],
    ],
    [
      'spec.containers.0.env',
      [
        { name: 'A', value: '1' },
        { name: 'A', value: '2' },
        { name: 'A', value: '$(A)3' },
      ],
      [
        'spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply',
      ],
    ],
    [
      'spec.nodeSelector',
      { 'beta.kubernetes.io/os': 'linux' },
      [
        'spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead',
      ],
    ],
  ])('%s = %j', (path, value, expected) => {
    expect(warned(path, value)).toEqual(expected);
  });
});
