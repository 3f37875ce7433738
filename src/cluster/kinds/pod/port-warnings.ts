import type { ContainerPort } from 'kubernetes-types/core/v1.js';
import type { FieldPath } from '../../api-server/field-error.ts';
import { containersOf, type PodSpec } from './pod-spec.ts';

interface PlacedPort {
  readonly at: string;
  readonly port: ContainerPort;
}

/** Ports of all containers of a Pod, which share one network. */
export function portWarnings(spec: PodSpec, path: FieldPath): string[] {
  const seen: PlacedPort[] = [];
  const warnings: string[] = [];
  for (const { list, index, container } of containersOf(spec)) {
    for (const [position, port] of (container.ports ?? []).entries()) {
      const at = path.child(list).index(index).child('ports').index(position).text;
      if (port.hostIP && !port.hostPort) {
        warnings.push(`${at}: hostIP set without hostPort: ${goStruct(port)}`);
      }
      for (const other of seen) {
        const how = clash(port, other.port);
        if (how) warnings.push(`${at}: ${how} port definition with ${other.at}`);
      }
      seen.push({ at, port });
    }
  }
  return warnings;
}

function clash(port: ContainerPort, other: ContainerPort): string | undefined {
  if (port.containerPort !== other.containerPort || port.protocol !== other.protocol) {
    return undefined;
  }
  const [host, otherHost] = [port.hostPort ?? 0, other.hostPort ?? 0];
  const [ip, otherIp] = [port.hostIP ?? '', other.hostIP ?? ''];
  if (host === otherHost && ip === otherIp) return 'duplicate';
  if (host === 0 || otherHost === 0) return 'overlapping';
  const oneIsAny = (ip === '') !== (otherIp === '');
  return host === otherHost && oneIsAny ? 'dangerously ambiguous' : undefined;
}

/** A port as Go's %+v prints it. */
const goStruct = ({ name, hostPort, containerPort, protocol, hostIP }: ContainerPort): string =>
  `{Name:${name ?? ''} HostPort:${hostPort ?? 0} ContainerPort:${containerPort ?? 0} Protocol:${protocol ?? ''} HostIP:${hostIP ?? ''}}`;
