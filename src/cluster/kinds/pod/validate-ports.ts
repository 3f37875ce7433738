import type { ContainerPort } from 'kubernetes-types/core/v1.js';
import {
  duplicate,
  type FieldError,
  type FieldPath,
  invalid,
  notSupported,
  required,
} from '../../api-server/field-error.ts';
import { portName, portNumber } from '../shared/names.ts';
import type { Container } from './pod-spec.ts';

const protocols: readonly string[] = ['SCTP', 'TCP', 'UDP'];

/** The ports of one container: names within it are unique, numbers need not be. */
export function validateContainerPorts(
  ports: readonly ContainerPort[],
  path: FieldPath,
): FieldError[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => [
    ...validateName(port.name, names, path.index(index).child('name')),
    ...validateContainerPort(port.containerPort, path.index(index).child('containerPort')),
    ...(port.hostPort ? numberErrors(port.hostPort, path.index(index).child('hostPort')) : []),
    ...validateProtocol(port.protocol, path.index(index).child('protocol')),
  ]);
}

/** Two containers of a Pod cannot have the same port of the node. */
export function validateHostPorts(
  containers: readonly Container[],
  pathOf: (index: number) => FieldPath,
): FieldError[] {
  const taken = new Set<string>();
  return containers.flatMap(({ ports = [] }, container) =>
    ports.flatMap(({ protocol, hostIP = '', hostPort }, index) => {
      const claim = `${protocol}/${hostIP}/${hostPort}`;
      if (!hostPort || !taken.has(claim)) {
        if (hostPort) taken.add(claim);
        return [];
      }
      return [duplicate(pathOf(container).child('ports').index(index).child('hostPort'), claim)];
    }),
  );
}

export function validateProtocol(protocol: string | undefined, path: FieldPath): FieldError[] {
  if (!protocol) return [required(path)];
  return protocols.includes(protocol) ? [] : [notSupported(path, protocol, protocols)];
}

/** A port by number or by name, as probes and hooks give it. */
export function validatePortNumberOrName(
  port: number | string | undefined,
  path: FieldPath,
): FieldError[] {
  if (typeof port === 'string') return portName(port).map((text) => invalid(path, port, text));
  return numberErrors(port ?? 0, path);
}

export const numberErrors = (port: number, path: FieldPath): FieldError[] =>
  portNumber(port).map((message) => invalid(path, port, message));

function validateName(name: string | undefined, names: Set<string>, path: FieldPath): FieldError[] {
  if (!name) return [];
  const messages = portName(name);
  if (messages.length > 0) return messages.map((message) => invalid(path, name, message));
  if (names.has(name)) return [duplicate(path, name)];
  names.add(name);
  return [];
}

const validateContainerPort = (port: number | undefined, path: FieldPath): FieldError[] =>
  port ? numberErrors(port, path) : [required(path)];
