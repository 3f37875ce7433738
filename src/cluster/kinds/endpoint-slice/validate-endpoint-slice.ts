import type { Endpoint, EndpointPort } from 'kubernetes-types/discovery/v1.js';
import {
  duplicate,
  type FieldError,
  type FieldPath,
  fieldPath,
  invalid,
  notSupported,
  required,
  tooMany,
} from '../../api-server/field-error.ts';
import type { ResourceTypes } from '../../objects.ts';
import { numberErrors, validateProtocol } from '../pod/validate-ports.ts';
import { parseIp } from '../shared/ip.ts';
import { specialIpErrors } from '../shared/ip-validation.ts';
import { validateText } from '../shared/labels.ts';
import { validateMetadata } from '../shared/metadata.ts';
import { dns1123Label, dns1123Subdomain, qualifiedName } from '../shared/names.ts';

type EndpointSlice = ResourceTypes['endpointslices'];

const addressTypes = ['FQDN', 'IPv4', 'IPv6'];
const most = { endpoints: 1000, addresses: 100, ports: 20_000, zones: 8 };

/** discovery ValidateEndpointSlice. */
export function validateEndpointSlice(object: EndpointSlice): FieldError[] {
  const { addressType = '', endpoints, ports } = object;
  return [
    ...validateMetadata(object),
    ...validateAddressType(addressType, fieldPath('addressType')),
    ...validateEndpoints(endpoints ?? [], addressType, fieldPath('endpoints')),
    ...validatePorts(ports ?? [], fieldPath('ports')),
  ];
}

export const validateEndpointSliceUpdate = (
  object: EndpointSlice,
  old: EndpointSlice,
): FieldError[] =>
  object.addressType === old.addressType
    ? []
    : [invalid(fieldPath('addressType'), object.addressType, 'field is immutable')];

function validateAddressType(type: string, path: FieldPath): FieldError[] {
  if (type === '') return [required(path)];
  return addressTypes.includes(type) ? [] : [notSupported(path, type, addressTypes)];
}

function validateEndpoints(
  endpoints: readonly Endpoint[],
  type: string,
  path: FieldPath,
): FieldError[] {
  if (endpoints.length > most.endpoints) {
    return [tooMany(path, endpoints.length, most.endpoints)];
  }
  return endpoints.flatMap((endpoint, index) =>
    validateEndpoint(endpoint, type, path.index(index)),
  );
}

function validateEndpoint(endpoint: Endpoint, type: string, path: FieldPath): FieldError[] {
  const { nodeName, hostname, hints } = endpoint;
  const addresses = endpoint.addresses ?? [];
  const at = path.child('addresses');
  return [
    ...(addresses.length === 0 ? [required(at, 'must contain at least 1 address')] : []),
    ...(addresses.length > most.addresses ? [tooMany(at, addresses.length, most.addresses)] : []),
    ...addresses.flatMap((address, index) => validateAddress(address, type, at.index(index))),
    ...(nodeName === undefined
      ? []
      : validateText(nodeName, dns1123Subdomain, path.child('nodeName'))),
    ...(hostname === undefined ? [] : validateText(hostname, dns1123Label, path.child('hostname'))),
    ...validateZones(
      (hints?.forZones ?? []).map(({ name }) => name),
      path.child('hints', 'forZones'),
    ),
  ];
}

function validateAddress(address: string, type: string, path: FieldPath): FieldError[] {
  if (type === 'FQDN') return validateDomain(address, path);
  if (type !== 'IPv4' && type !== 'IPv6') return [];
  const ip = parseIp(address);
  const wrong =
    ip?.family === type ? [] : [invalid(path, address, `must be a valid ${type} address`)];
  const unusable = ip
    ? specialIpErrors(path, address)
    : [invalid(path, address, 'must be a valid IP address')];
  return [...wrong, ...unusable];
}

/** A name with at least two labels. */
function validateDomain(name: string, path: FieldPath): FieldError[] {
  if (name === '') return [required(path)];
  const domain = name.replace(/\.$/, '');
  const errors = validateText(domain, dns1123Subdomain, path);
  const dots = 'should be a domain with at least two segments separated by dots';
  if (errors.length === 0 && !domain.includes('.')) errors.push(invalid(path, name, dots));
  return errors;
}

function validateZones(zones: readonly string[], path: FieldPath): FieldError[] {
  if (zones.length > most.zones) return [tooMany(path, zones.length, most.zones)];
  return zones.flatMap((zone, index) => {
    const at = path.index(index).child('name');
    const again = zones.indexOf(zone) < index;
    return [...(again ? [duplicate(at, zone)] : []), ...validateText(zone, dns1123Subdomain, at)];
  });
}

function validatePorts(ports: readonly EndpointPort[], path: FieldPath): FieldError[] {
  if (ports.length > most.ports) return [tooMany(path, ports.length, most.ports)];
  const names = new Set<string>();
  return ports.flatMap(({ name = '', port, protocol, appProtocol }, index) => {
    const at = path.index(index);
    const again = names.has(name);
    names.add(name);
    return [
      ...(name === '' ? [] : validateText(name, dns1123Label, at.child('name'))),
      ...(again ? [duplicate(at.child('name'), name)] : []),
      ...(port === undefined ? [] : numberErrors(port, at.child('port'))),
      ...validateProtocol(protocol, at.child('protocol')),
      ...(appProtocol === undefined
        ? []
        : validateText(appProtocol, qualifiedName, at.child('appProtocol'))),
    ];
  });
}
