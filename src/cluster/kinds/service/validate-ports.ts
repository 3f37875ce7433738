import {
  duplicate,
  type FieldError,
  type FieldPath,
  fieldPath,
  forbidden,
  invalid,
  notSupported,
  required,
} from '../../api-server/field-error.ts';
import { validateText } from '../shared/labels.ts';
import { dns1123Label, portName, portNumber, qualifiedName } from '../shared/names.ts';
import type { ServicePort, ServiceSpec } from './traits.ts';

const portsPath = fieldPath('spec').child('ports');
const protocols = ['SCTP', 'TCP', 'UDP'];

/** Each port by itself, and its name among the others (core validation.validateServicePort). */
export function validateEachPort({ ports = [] }: ServiceSpec): readonly FieldError[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const path = portsPath.index(index);
    return [
      ...nameErrors(port.name ?? '', ports.length > 1, names, path.child('name')),
      ...portNumber(port.port).map((detail) => invalid(path.child('port'), port.port, detail)),
      ...protocolErrors(port.protocol ?? '', path.child('protocol')),
      ...targetErrors(port.targetPort ?? 0, path.child('targetPort')),
      ...(typeof port.appProtocol === 'string'
        ? validateText(port.appProtocol, qualifiedName, path.child('appProtocol'))
        : []),
    ];
  });
}

function nameErrors(
  name: string,
  isRequired: boolean,
  names: Set<string>,
  path: FieldPath,
): readonly FieldError[] {
  if (name === '') return isRequired ? [required(path)] : [];
  const errors = validateText(name, dns1123Label, path);
  if (names.has(name)) errors.push(duplicate(path, name));
  names.add(name);
  return errors;
}

function protocolErrors(protocol: string, path: FieldPath): readonly FieldError[] {
  if (protocol === '') return [required(path)];
  return protocols.includes(protocol) ? [] : [notSupported(path, protocol, protocols)];
}

function targetErrors(target: string | number, path: FieldPath): readonly FieldError[] {
  if (typeof target === 'string') return validateText(target, portName, path);
  return portNumber(target).map((detail) => invalid(path, target, detail));
}

/** What no two ports of a Service may share, and what only some types have. */
export const validatePortsTogether = (spec: ServiceSpec): readonly FieldError[] => [
  ...nodePortWithoutNodes(spec),
  ...repeated(spec.ports ?? [], nodePortPair, ({ nodePort }, index) =>
    duplicate(portsPath.index(index).child('nodePort'), nodePort),
  ),
  ...repeated(spec.ports ?? [], portPair, (port, index) =>
    duplicate(portsPath.index(index), asInternalPort(port)),
  ),
];

function nodePortWithoutNodes({ type, ports = [] }: ServiceSpec): readonly FieldError[] {
  if (type !== 'ClusterIP') return [];
  return ports.flatMap(({ nodePort }, index) =>
    nodePort
      ? [
          forbidden(
            portsPath.index(index).child('nodePort'),
            "may not be used when `type` is 'ClusterIP'",
          ),
        ]
      : [],
  );
}

const nodePortPair = ({ nodePort, protocol }: ServicePort): string | undefined =>
  nodePort ? `${protocol} ${nodePort}` : undefined;

const portPair = ({ port, protocol }: ServicePort): string => `${protocol} ${port}`;

function repeated(
  ports: readonly ServicePort[],
  pairOf: (port: ServicePort) => string | undefined,
  error: (port: ServicePort, index: number) => FieldError,
): readonly FieldError[] {
  const seen = new Set<string>();
  return ports.flatMap((port, index) => {
    const pair = pairOf(port);
    if (pair === undefined) return [];
    if (seen.has(pair)) return [error(port, index)];
    seen.add(pair);
    return [];
  });
}

/** The pair as the server's internal type prints it. */
const asInternalPort = ({ port, protocol }: ServicePort): object => ({
  Name: '',
  Protocol: protocol,
  AppProtocol: null,
  Port: port,
  TargetPort: 0,
  NodePort: 0,
});
