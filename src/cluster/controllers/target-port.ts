import type { Container, ServicePort } from 'kubernetes-types/core/v1.js';
import type { ObjectOf } from '../objects.ts';

/**
 * The port of a Pod that a Service's port leads to, or undefined where the Pod has none of that
 * name and protocol (podutil.FindPort). A number is taken as it is: nobody has to declare it.
 */
export function resolveTargetPort(pod: ObjectOf<'pods'>, port: ServicePort): number | undefined {
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') return target;
  const protocol = port.protocol ?? 'TCP';
  return (
    namedPort(pod.spec?.containers ?? [], target, protocol) ?? sidecarPort(pod, target, protocol)
  );
}

function sidecarPort(pod: ObjectOf<'pods'>, name: string, protocol: string): number | undefined {
  const sidecars = (pod.spec?.initContainers ?? []).filter(isSidecar);
  return namedPort(sidecars, name, protocol);
}

const isSidecar = (container: Container): boolean =>
  (container as { restartPolicy?: string }).restartPolicy === 'Always';

function namedPort(
  containers: readonly Container[],
  name: string,
  protocol: string,
): number | undefined {
  for (const container of containers) {
    for (const port of container.ports ?? []) {
      if (port.name === name && (port.protocol ?? 'TCP') === protocol) return port.containerPort;
    }
  }
  return undefined;
}
