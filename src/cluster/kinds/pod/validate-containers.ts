import type { EphemeralContainer } from 'kubernetes-types/core/v1.js';
import {
  duplicate,
  type FieldError,
  type FieldPath,
  forbidden,
  invalid,
  notFound,
  notSupported,
  required,
} from '../../api-server/field-error.ts';
import { validateText } from '../shared/labels.ts';
import { dns1123Label } from '../shared/names.ts';
import type { Container, PodSpec } from './pod-spec.ts';
import { validateEnv, validateEnvFrom } from './validate-env.ts';
import { validateDevices, validateMounts } from './validate-mounts.ts';
import { validateContainerPorts, validateHostPorts } from './validate-ports.ts';
import { type ProbeName, validateLifecycle, validateProbe } from './validate-probe.ts';
import { validateResources } from './validate-resources.ts';
import { validateContainerSecurity } from './validate-security.ts';
import type { Volumes } from './validate-volumes.ts';

/** What a container is checked against besides itself. */
export interface Surroundings {
  readonly spec: PodSpec;
  readonly volumes: Volumes;
}

/** The containers that make the Pod: at least one, each name once. */
export function validateContainers(around: Surroundings, path: FieldPath): FieldError[] {
  const { containers } = around.spec;
  if (!containers?.length) return [required(path)];
  const names = new Set<string>();
  const errors = containers.flatMap((container, index) => {
    const at = path.index(index);
    return [
      ...validateContainer(container, around, at),
      ...validateUnique(container.name, names, at.child('name')),
      ...validateHealth(container, around.spec.terminationGracePeriodSeconds, at),
      ...validateRestart(container, at),
    ];
  });
  return [...errors, ...validateHostPorts(containers, (index) => path.index(index))];
}

const health = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const satisfies ProbeName[];

/** What runs before them: one after another, so without probes unless they keep running. */
export function validateInitContainers(around: Surroundings, path: FieldPath): FieldError[] {
  const names = new Set(around.spec.containers.map(({ name }) => name));
  return (around.spec.initContainers ?? []).flatMap((container, index) => {
    const at = path.index(index);
    const keepsRunning = container.restartPolicy === 'Always';
    const message = 'may not be set for init containers without restartPolicy=Always';
    const unwanted = health.filter((field) => container[field] !== undefined);
    return [
      ...validateContainer(container, around, at),
      ...validateRestart(container, at),
      ...validateUnique(container.name, names, at.child('name')),
      ...validateHostPorts([container], () => path.index(0)),
      ...(keepsRunning
        ? validateHealth(container, around.spec.terminationGracePeriodSeconds, at)
        : unwanted.map((field) => forbidden(at.child(field), message))),
    ];
  });
}

const notForDebugging = ['ports', 'livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle'];

/** Containers added to a running Pod to look into it. */
export function validateEphemeralContainers(around: Surroundings, path: FieldPath): FieldError[] {
  const { containers, initContainers = [], ephemeralContainers = [] } = around.spec;
  const others = [...containers, ...initContainers].map(({ name }) => name);
  const names = new Set(others);
  return ephemeralContainers.flatMap((container: EphemeralContainer, index) => {
    const at = path.index(index);
    const { targetContainerName: target } = container;
    const fields = new Map(Object.entries(container));
    return [
      ...validateContainer(container, around, at),
      ...validateUnique(container.name, names, at.child('name')),
      ...(target && !others.includes(target)
        ? [notFound(at.child('targetContainerName'), target)]
        : []),
      ...notForDebugging.flatMap((field) =>
        fields.has(field)
          ? [forbidden(at.child(field), 'cannot be set for an Ephemeral Container')]
          : [],
      ),
    ];
  });
}

/** Names of images in a Pod, other than in a template, stand without blanks around them. */
export const validateImageBlanks = (
  containers: readonly Container[],
  path: FieldPath,
): FieldError[] =>
  containers.flatMap(({ image = '' }, index) =>
    image === image.trim()
      ? []
      : [
          invalid(
            path.index(index).child('image'),
            image,
            'must not have leading or trailing whitespace',
          ),
        ],
  );

const messagePolicies = ['File', 'FallbackToLogsOnError'];
const pullPolicies = ['Always', 'IfNotPresent', 'Never'];

/** What holds for every sort of container, in upstream's order. */
function validateContainer(
  container: Container,
  { spec, volumes }: Surroundings,
  path: FieldPath,
): FieldError[] {
  const { name, image, env = [], envFrom = [] } = container;
  const claims = (spec.resourceClaims ?? []).map((claim) => claim.name);
  return [
    ...(name
      ? validateText(name, dns1123Label, path.child('name'))
      : [required(path.child('name'))]),
    ...(image ? [] : [required(path.child('image'))]),
    ...oneOf(
      container.terminationMessagePolicy,
      messagePolicies,
      path.child('terminationMessagePolicy'),
    ),
    ...validateContainerPorts(container.ports ?? [], path.child('ports')),
    ...validateEnv(env, path.child('env')),
    ...validateEnvFrom(envFrom, path.child('envFrom')),
    ...validateMounts(container, volumes, path.child('volumeMounts')),
    ...validateDevices(container, volumes, path.child('volumeDevices')),
    ...oneOf(container.imagePullPolicy, pullPolicies, path.child('imagePullPolicy')),
    ...validateResources(container.resources ?? {}, claims, path.child('resources')),
    ...validateResizePolicy(container, spec, path.child('resizePolicy')),
    ...validateContainerSecurity(
      container.securityContext,
      spec.hostUsers !== false,
      path.child('securityContext'),
    ),
  ];
}

/** A word that must be there and must be one of those listed. */
export function oneOf(
  word: string | undefined,
  words: readonly string[],
  path: FieldPath,
): FieldError[] {
  if (!word) return [required(path)];
  return words.includes(word) ? [] : [notSupported(path, word, words)];
}

function validateUnique(
  name: string | undefined,
  names: Set<string>,
  path: FieldPath,
): FieldError[] {
  if (names.has(name ?? '')) return [duplicate(path, name ?? '')];
  if (name) names.add(name);
  return [];
}

const validateHealth = (
  container: Container,
  gracePeriod: number | undefined,
  path: FieldPath,
): FieldError[] => [
  ...validateLifecycle(container.lifecycle, gracePeriod, path.child('lifecycle')),
  ...probes.flatMap((name) => validateProbe(name, container[name], gracePeriod, path.child(name))),
];

const restartPolicies = ['Always', 'Never', 'OnFailure'];

const validateRestart = ({ restartPolicy }: Container, path: FieldPath): FieldError[] =>
  restartPolicy === undefined || restartPolicies.includes(restartPolicy)
    ? []
    : [notSupported(path.child('restartPolicy'), restartPolicy, restartPolicies)];

const resizable = ['cpu', 'memory'];
const resizePolicies = ['NotRequired', 'RestartContainer'];

function validateResizePolicy(
  { resizePolicy = [] }: Container,
  spec: PodSpec,
  path: FieldPath,
): FieldError[] {
  const needed = "must be 'NotRequired' when `restartPolicy` is 'Never'";
  return resizePolicy.flatMap(({ resourceName, restartPolicy }, index) => [
    ...(resizePolicy.slice(0, index).some((other) => other.resourceName === resourceName)
      ? [duplicate(path.index(index), resourceName)]
      : []),
    ...oneOf(resourceName, resizable, path),
    ...oneOf(restartPolicy, resizePolicies, path),
    ...(spec.restartPolicy === 'Never' && restartPolicy !== 'NotRequired'
      ? [invalid(path, restartPolicy, needed)]
      : []),
  ]);
}
