import type { EndpointAddress, EndpointPort, EndpointSubset } from 'kubernetes-types/core/v1.js';
import {
  type FieldError,
  type FieldPath,
  fieldPath,
  invalid,
  required,
} from '../../api-server/field-error.ts';
import type { ResourceTypes } from '../../objects.ts';
import { numberErrors, validateProtocol } from '../pod/validate-ports.ts';
import { parseIp } from '../shared/ip.ts';
import { ipErrors, specialIpErrors } from '../shared/ip-validation.ts';
import { validateText } from '../shared/labels.ts';
import { validateMetadata } from '../shared/metadata.ts';
import { dns1123Label, dns1123Subdomain, qualifiedName } from '../shared/names.ts';

/** core ValidateEndpoints. */
export function validateEndpoints(object: ResourceTypes['endpoints']): FieldError[] {
  const path = fieldPath('subsets');
  return [
    ...validateMetadata(object),
    ...(object.subsets ?? []).flatMap((subset, index) => validateSubset(subset, path.index(index))),
  ];
}

function validateSubset(subset: EndpointSubset, path: FieldPath): FieldError[] {
  const { addresses = [], notReadyAddresses = [], ports = [] } = subset;
  const none = addresses.length + notReadyAddresses.length === 0;
  const lists = [
    ['addresses', addresses],
    ['notReadyAddresses', notReadyAddresses],
  ] as const;
  return [
    ...(none ? [required(path, 'must specify `addresses` or `notReadyAddresses`')] : []),
    ...lists.flatMap(([field, list]) =>
      list.flatMap((address, index) => validateAddress(address, path.child(field).index(index))),
    ),
    ...ports.flatMap((port, index) =>
      validatePort(port, ports.length > 1, path.child('ports').index(index)),
    ),
  ];
}

/** What is no address is held against the field twice, as upstream does. */
function validateAddress(
  { ip = '', hostname, nodeName }: EndpointAddress,
  path: FieldPath,
): FieldError[] {
  const at = path.child('ip');
  return [
    ...ipErrors(at, ip),
    ...(hostname ? validateText(hostname, dns1123Label, path.child('hostname')) : []),
    ...(nodeName === undefined
      ? []
      : validateText(nodeName, dns1123Subdomain, path.child('nodeName'))),
    ...(parseIp(ip) ? specialIpErrors(at, ip) : [invalid(at, ip, 'must be a valid IP address')]),
  ];
}

function validatePort(port: EndpointPort, needsName: boolean, path: FieldPath): FieldError[] {
  const { name = '', appProtocol } = port;
  const at = path.child('name');
  return [
    ...(name === '' && needsName ? [required(at)] : []),
    ...(name === '' ? [] : validateText(name, dns1123Label, at)),
    ...numberErrors(port.port ?? 0, path.child('port')),
    ...validateProtocol(port.protocol, path.child('protocol')),
    ...(appProtocol === undefined
      ? []
      : validateText(appProtocol, qualifiedName, path.child('appProtocol'))),
  ];
}
