import type {
  Container as V1Container,
  EphemeralContainer as V1EphemeralContainer,
  PodSpec as V1PodSpec,
  PodTemplateSpec as V1PodTemplateSpec,
  Volume as V1Volume,
} from 'kubernetes-types/core/v1.js';

/** core/v1 Container with the fields that came after the type package. */
export interface Container extends V1Container {
  restartPolicyRules?: unknown[];
}

export interface Volume extends V1Volume {
  image?: { reference?: string; pullPolicy?: string };
}

/** core/v1 PodSpec with the fields that came after the type package. */
export interface PodSpec extends Omit<V1PodSpec, 'containers' | 'initContainers' | 'volumes'> {
  containers: Container[];
  initContainers?: Container[];
  volumes?: Volume[];
  resources?: NonNullable<V1Container['resources']>;
  hostnameOverride?: string;
}

export interface PodTemplateSpec extends Omit<V1PodTemplateSpec, 'spec'> {
  spec?: PodSpec;
}

/** Each container of a Pod, whatever its sort, with the name of the list it is in. */
export function* containersOf(
  spec: PodSpec,
): Generator<{ list: ContainerList; index: number; container: Container }> {
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const) {
    const containers: readonly (Container | V1EphemeralContainer)[] = spec[list] ?? [];
    for (const [index, container] of containers.entries()) yield { list, index, container };
  }
}

export type ContainerList = 'initContainers' | 'containers' | 'ephemeralContainers';
