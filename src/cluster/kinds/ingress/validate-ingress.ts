import type {
  HTTPIngressPath,
  IngressBackend,
  IngressRule,
} from 'kubernetes-types/networking/v1.js';
import {
  type FieldError,
  type FieldPath,
  fieldPath,
  invalid,
  notSupported,
  required,
} from '../../api-server/field-error.ts';
import { numberErrors } from '../pod/validate-ports.ts';
import { parseIp } from '../shared/ip.ts';
import { validateText } from '../shared/labels.ts';
import { validateMetadata } from '../shared/metadata.ts';
import { dns1035Label, dns1123Subdomain, portName } from '../shared/names.ts';
import type { Ingress } from './ingress.ts';

/** networking ValidateIngressCreate: rules or a default, paths that are paths, backends that are. */
export function validateIngress(object: Ingress): FieldError[] {
  const { rules = [], defaultBackend, ingressClassName } = object.spec ?? {};
  const path = fieldPath('spec');
  const neither = 'either `defaultBackend` or `rules` must be specified';
  return [
    ...validateMetadata(object),
    ...(rules.length === 0 && !defaultBackend ? [invalid(path, rules, neither)] : []),
    ...(defaultBackend ? validateBackend(defaultBackend, path.child('defaultBackend')) : []),
    ...rules.flatMap((rule, index) => validateRule(rule, path.child('rules').index(index))),
    ...(ingressClassName
      ? validateText(ingressClassName, dns1123Subdomain, path.child('ingressClassName'))
      : []),
  ];
}

function validateRule({ host, http }: IngressRule, path: FieldPath): FieldError[] {
  const at = path.child('http', 'paths');
  const paths = http?.paths ?? [];
  return [
    ...(host ? validateHost(host, path.child('host')) : []),
    ...(http && paths.length === 0 ? [required(at)] : []),
    ...paths.flatMap((each, index) => validatePath(each, at.index(index))),
  ];
}

function validateHost(host: string, path: FieldPath): FieldError[] {
  if (parseIp(host)) return [invalid(path, host, 'must be a DNS name, not an IP address')];
  const name = host.startsWith('*.') ? host.slice(2) : host;
  return dns1123Subdomain(name).map((message) => invalid(path, host, message));
}

const pathTypes = ['Exact', 'ImplementationSpecific', 'Prefix'];

function validatePath({ path: url = '', pathType, backend }: HTTPIngressPath, path: FieldPath) {
  const at = path.child('path');
  const typePath = path.child('pathType');
  const mustBeAbsolute = pathType === 'Exact' || pathType === 'Prefix' || url !== '';
  return [
    ...(pathType ? [] : [required(typePath, 'pathType must be specified')]),
    ...(pathType && !pathTypes.includes(pathType)
      ? [notSupported(typePath, pathType, pathTypes)]
      : []),
    ...(mustBeAbsolute && !url.startsWith('/')
      ? [invalid(at, url, 'must be an absolute path')]
      : []),
    ...validateBackend(backend ?? {}, path.child('backend')),
  ];
}

function validateBackend({ service, resource }: IngressBackend, path: FieldPath): FieldError[] {
  if (resource) return [];
  if (!service) return [required(path, 'must specify a backend')];
  const at = path.child('service');
  const { name, number } = service.port ?? {};
  return [
    ...(service.name
      ? validateText(service.name, dns1035Label, at.child('name'))
      : [required(at.child('name'))]),
    ...(name ? validateText(name, portName, at.child('port', 'name')) : []),
    ...(number ? numberErrors(number, at.child('port', 'number')) : []),
    ...(name || number ? [] : [required(at, 'port name or number is required')]),
  ];
}
