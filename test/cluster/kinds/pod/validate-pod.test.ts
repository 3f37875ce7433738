import { describe, expect, it } from 'vitest';
import { pod } from '../../../../src/cluster/kinds/pod/pod.ts';
import { examples } from '../examples.ts';
import { absent, errorsOf, tweaked } from '../tweak.ts';

const range = 'must be between 1 and 65535, inclusive';
const first = 'spec.containers.0';
const at = 'spec.containers[0]';
const http = { httpGet: { path: '/', port: 80 } };

/** One field of a valid Pod, another value, and the fields (with words) it is refused for. */
const cases: readonly (readonly [string, unknown, readonly string[]])[] = [
  ['spec.containers', [], ['spec.containers: Required value']],
  [`${first}.name`, absent, [`${at}.name: Required value`]],
  [`${first}.image`, '', [`${at}.image: Required value`]],
  [
    `${first}.image`,
    ' nginx',
    [`${at}.image: Invalid value: " nginx": must not have leading or trailing whitespace`],
  ],
  [
    `${first}.imagePullPolicy`,
    'always',
    [
      `${at}.imagePullPolicy: Unsupported value: "always": supported values: "Always", "IfNotPresent", "Never"`,
    ],
  ],
  [
    'spec.containers.1',
    { name: 'web', image: 'x' },
    ['spec.containers[1].name: Duplicate value: "web"'],
  ],
  [
    'spec.initContainers',
    [{ name: 'web', image: 'x' }],
    ['spec.initContainers[0].name: Duplicate value: "web"'],
  ],
  [
    'spec.initContainers',
    [{ name: 'init', image: 'x', readinessProbe: http }],
    [
      'spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
    ],
  ],
  [
    'spec.initContainers',
    [{ name: 'init', image: 'x', restartPolicy: 'Always', readinessProbe: http }],
    [],
  ],
  [`${first}.ports.0.containerPort`, 0, [`${at}.ports[0].containerPort: Required value`]],
  [
    `${first}.ports.0.containerPort`,
    65536,
    [`${at}.ports[0].containerPort: Invalid value: 65536: ${range}`],
  ],
  [
    `${first}.ports.0.protocol`,
    'tcp',
    [`${at}.ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"`],
  ],
  [
    `${first}.ports`,
    [
      { containerPort: 80, name: 'a' },
      { containerPort: 81, name: 'a' },
    ],
    [`${at}.ports[1].name: Duplicate value: "a"`],
  ],
  [
    `${first}.ports`,
    [
      { containerPort: 80, hostPort: 80 },
      { containerPort: 81, hostPort: 80 },
    ],
    [`${at}.ports[1].hostPort: Duplicate value: "TCP//80"`],
  ],
  [`${first}.env`, [{ name: '1A', value: 'x' }], []],
  [
    `${first}.env`,
    [{ name: 'A=B', value: 'x' }],
    [
      `${at}.env[0].name: Invalid value: "A=B": a valid environment variable name must consist only of printable ASCII characters other than '='`,
    ],
  ],
  [
    `${first}.env`,
    [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'status.phase' } } }],
    [
      `${at}.env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "status.phase": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"`,
    ],
  ],
  [
    `${first}.env`,
    [{ name: 'A', valueFrom: { fieldRef: { fieldPath: "metadata.labels['a']" } } }],
    [],
  ],
  [
    `${first}.envFrom`,
    [{}],
    [`${at}.envFrom: Invalid value: "": must specify one of: \`configMapRef\` or \`secretRef\``],
  ],
  [
    `${first}.readinessProbe`,
    { timeoutSeconds: 1 },
    [`${at}.readinessProbe: Required value: must specify a handler type`],
  ],
  [
    `${first}.readinessProbe`,
    { ...http, tcpSocket: { port: 80 } },
    [`${at}.readinessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type`],
  ],
  [
    `${first}.livenessProbe`,
    { ...http, successThreshold: 2 },
    [`${at}.livenessProbe.successThreshold: Invalid value: 2: must be 1`],
  ],
  [
    `${first}.resources`,
    { requests: { cpu: '2' }, limits: { cpu: '1' } },
    [`${at}.resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1`],
  ],
  [
    `${first}.resources`,
    { limits: { 'example.com/gpu': '500m' } },
    [
      `${at}.resources.limits[example.com/gpu]: Invalid value: "500m": must be an integer`,
      `${at}.resources.requests[example.com/gpu]: Invalid value: "500m": must be an integer`,
    ],
  ],
  [
    `${first}.volumeMounts`,
    [{ name: 'data', mountPath: '/data' }],
    [`${at}.volumeMounts[0].name: Not found: "data"`],
  ],
  ['spec.volumes', [{ name: 'a' }, { name: 'a' }], ['spec.volumes[1].name: Duplicate value: "a"']],
  [
    'spec.volumes',
    [{ name: 'a', emptyDir: {}, hostPath: { path: '/x' } }],
    ['spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type'],
  ],
  [
    'spec.volumes',
    [{ name: 'a', configMap: {} }],
    ['spec.volumes[0].configMap.name: Required value'],
  ],
  [
    'spec.restartPolicy',
    'never',
    [
      'spec.restartPolicy: Unsupported value: "never": supported values: "Always", "OnFailure", "Never"',
    ],
  ],
  [
    'spec.dnsPolicy',
    'None',
    ['spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None'],
  ],
  ['spec.hostname', 'a.b', ['spec.hostname: Invalid value: "a.b": must not contain dots']],
  [
    'spec.tolerations',
    [{ key: 'a', operator: 'Exists', value: 'b' }],
    [
      'spec.tolerations[0].operator: Invalid value: "b": value must be empty when `operator` is \'Exists\'',
    ],
  ],
  [
    'spec.activeDeadlineSeconds',
    0,
    ['spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive'],
  ],
  [
    `${first}.securityContext`,
    { runAsUser: -1 },
    [
      `${at}.securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive`,
    ],
  ],
  [
    'spec.hostAliases',
    [{ ip: 'x' }],
    [
      'spec.hostAliases[0].ip: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ],
  ],
];

describe('a Pod with one field changed', () => {
  it.each(cases)('%s = %j', (path, value, expected) => {
    expect(errorsOf(pod, tweaked(examples.Pod, path, value))).toEqual(expected);
  });
});
