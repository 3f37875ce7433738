import type { EnvVar, NodeSelectorTerm } from 'kubernetes-types/core/v1.js';
import type { ObjectMeta } from 'kubernetes-types/meta/v1.js';
import { type FieldPath, fieldPath, goQuote } from '../../api-server/field-error.ts';
import { dns1123Label } from '../shared/names.ts';
import { nanoOf } from '../shared/quantity.ts';
import { type Container, containersOf, type PodSpec, type PodTemplateSpec } from './pod-spec.ts';
import { portWarnings } from './port-warnings.ts';

/** What the server warns of when a Pod is created (k/k pkg/api/pod/warnings.go). */
export const podWarnings = (metadata: ObjectMeta, spec: PodSpec): string[] => [
  ...nameWarnings(metadata.name, "the Pod's hostname"),
  ...specWarnings(metadata, spec, fieldPath('')),
];

/** The same for the Pods a workload will make; its own name counts when it is new. */
export const templateWarnings = (
  name: string | undefined,
  template: PodTemplateSpec | undefined,
  path: FieldPath,
): string[] => [
  ...nameWarnings(name, 'Pod names and hostnames'),
  ...specWarnings(template?.metadata ?? {}, template?.spec ?? { containers: [] }, path),
];

function nameWarnings(name: string | undefined, use: string): string[] {
  const messages = name === undefined ? [] : dns1123Label(name);
  if (messages.length === 0) return [];
  const advice = 'which can result in surprising behavior; a DNS label is recommended';
  return [`metadata.name: this is used in ${use}, ${advice}: [${messages.join(' ')}]`];
}

function specWarnings(metadata: ObjectMeta, spec: PodSpec, root: FieldPath): string[] {
  const path = root.child('spec');
  const grace = spec.terminationGracePeriodSeconds ?? 0;
  return [
    ...nodeWarnings(spec, path),
    ...annotationWarnings(metadata, root.child('metadata', 'annotations')),
    ...volumeWarnings(spec, path.child('volumes')),
    ...repeated(spec.hostAliases ?? [], 'ip', path.child('hostAliases')),
    ...repeated(spec.imagePullSecrets ?? [], 'name', path.child('imagePullSecrets')),
    ...(spec.imagePullSecrets ?? []).flatMap(({ name }, index) =>
      name
        ? []
        : [`${path.child('imagePullSecrets').index(index).text}.name: invalid empty name ""`],
    ),
    ...[...containersOf(spec)].flatMap(({ list, index, container }) =>
      containerWarnings(container, path.child(list).index(index)),
    ),
    ...portWarnings(spec, path),
    ...(grace < 0
      ? [
          `${path.child('terminationGracePeriodSeconds').text}: must be >= 0; negative values are invalid and will be treated as 1`,
        ]
      : []),
    ...affinityWarnings(spec, path.child('affinity')),
  ];
}

const oldNodeLabels = new Map([
  ['beta.kubernetes.io/arch', 'deprecated since v1.14; use "kubernetes.io/arch" instead'],
  ['beta.kubernetes.io/os', 'deprecated since v1.14; use "kubernetes.io/os" instead'],
  [
    'failure-domain.beta.kubernetes.io/region',
    'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  ],
  [
    'failure-domain.beta.kubernetes.io/zone',
    'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  ],
  [
    'beta.kubernetes.io/instance-type',
    'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
  ],
]);

const matchesNone = 'a null labelSelector results in matching no pod';

function nodeWarnings(spec: PodSpec, path: FieldPath): string[] {
  const selectorPath = path.child('nodeSelector');
  return [
    ...Object.keys(spec.nodeSelector ?? {}).flatMap((key) => {
      const message = oldNodeLabels.get(key);
      return message ? [`${selectorPath.key(key).text}: ${message}`] : [];
    }),
    ...nodeAffinityWarnings(spec, path.child('affinity', 'nodeAffinity')),
    ...(spec.topologySpreadConstraints ?? []).flatMap((constraint, index) => {
      const at = path.child('topologySpreadConstraints').index(index);
      return [
        ...oldLabel(constraint.topologyKey, at.child('topologyKey')),
        ...(constraint.labelSelector ? [] : [`${at.child('labelSelector').text}: ${matchesNone}`]),
      ];
    }),
  ];
}

function nodeAffinityWarnings({ affinity }: PodSpec, path: FieldPath): string[] {
  const node = affinity?.nodeAffinity;
  const needed = 'requiredDuringSchedulingIgnoredDuringExecution';
  const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
  const ofTerm = ({ matchExpressions = [] }: NodeSelectorTerm, at: FieldPath): string[] =>
    matchExpressions.flatMap(({ key }, index) =>
      oldLabel(key, at.child('matchExpressions').index(index).child('key')),
    );
  return [
    ...(node?.[needed]?.nodeSelectorTerms ?? []).flatMap((term, index) =>
      ofTerm(term, path.child(needed, 'nodeSelectorTerms').index(index)),
    ),
    ...(node?.[preferred] ?? []).flatMap(({ preference }, index) =>
      ofTerm(preference ?? {}, path.child(preferred).index(index).child('preference')),
    ),
  ];
}

function oldLabel(key: string, path: FieldPath): string[] {
  const message = oldNodeLabels.get(key);
  return message ? [`${path.text}: ${key} is ${message}`] : [];
}

const oldAnnotations = new Map([
  [
    'scheduler.alpha.kubernetes.io/critical-pod',
    'non-functional in v1.16+; use the "priorityClassName" field instead',
  ],
  [
    'security.alpha.kubernetes.io/sysctls',
    'non-functional in v1.11+; use the "sysctls" field instead',
  ],
  [
    'security.alpha.kubernetes.io/unsafe-sysctls',
    'non-functional in v1.11+; use the "sysctls" field instead',
  ],
]);

const annotationWarnings = ({ annotations = {} }: ObjectMeta, path: FieldPath): string[] =>
  [...oldAnnotations].flatMap(([key, message]) =>
    Object.hasOwn(annotations, key) ? [`${path.key(key).text}: ${message}`] : [],
  );

const oldVolumes = [
  ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'deprecated in v1.11, and disabled by default in v1.33+'],
  ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  ['storageos', 'deprecated in v1.22, non-functional in v1.25+', 'storageOS'],
  ['quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'deprecated in v1.28, non-functional in v1.31+'],
] as const;

const volumeWarnings = ({ volumes = [] }: PodSpec, path: FieldPath): string[] =>
  volumes.flatMap((volume, index) =>
    oldVolumes.flatMap(([source, message, printed = source]) =>
      volume[source] ? [`${path.index(index).child(printed).text}: ${message}`] : [],
    ),
  );

function repeated<F extends 'ip' | 'name'>(
  items: readonly { readonly [field in F]?: string }[],
  field: F,
  path: FieldPath,
): string[] {
  return items.flatMap((item, index) => {
    const value = item[field];
    const again = items.slice(0, index).some((other) => other[field] === value);
    return again
      ? [`${path.index(index).child(field).text}: duplicate ${field} ${goQuote(value ?? '')}`]
      : [];
  });
}

const measured = ['memory', 'ephemeral-storage'] as const;

function containerWarnings({ resources, env = [] }: Container, path: FieldPath): string[] {
  const fractions = measured.flatMap((name) =>
    (['limits', 'requests'] as const).flatMap((list) => {
      const amount = resources?.[list]?.[name];
      const at = path.child('resources', list).key(name).text;
      return nanoOf(amount ?? '0') % 1_000_000_000n === 0n
        ? []
        : [
            `${at}: fractional byte value ${goQuote(String(amount))} is invalid, must be an integer`,
          ];
    }),
  );
  const hidden = env.flatMap((variable, index) => {
    const again = env.slice(0, index).some(({ name }) => name === variable.name);
    if (!again || extendsItself(variable)) return [];
    const at = path.child('env').index(index).text;
    return [
      `${at}: hides previous definition of ${goQuote(variable.name)}, which may be dropped when using apply`,
    ];
  });
  return [...fractions, ...hidden];
}

/** `X=$(X)more` builds on the X before it. */
function extendsItself({ name, value = '', valueFrom }: EnvVar): boolean {
  const reference = `$(${name})`;
  return !valueFrom && value !== reference && value.includes(reference);
}

function affinityWarnings({ affinity }: PodSpec, path: FieldPath): string[] {
  const needed = 'requiredDuringSchedulingIgnoredDuringExecution';
  const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
  return (['podAffinity', 'podAntiAffinity'] as const).flatMap((side) => [
    ...(affinity?.[side]?.[needed] ?? []).flatMap(({ labelSelector }, index) =>
      labelSelector
        ? []
        : [`${path.child(side, needed).index(index).text}.labelSelector: ${matchesNone}`],
    ),
    ...(affinity?.[side]?.[preferred] ?? []).flatMap(({ podAffinityTerm }, index) =>
      podAffinityTerm?.labelSelector
        ? []
        : [
            `${path.child(side, preferred).index(index).text}.podAffinityTerm.labelSelector: ${matchesNone}`,
          ],
    ),
  ]);
}
