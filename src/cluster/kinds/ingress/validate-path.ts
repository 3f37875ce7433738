import type { HTTPIngressPath, IngressBackend } from 'kubernetes-types/networking/v1.js';
import {
  type FieldError,
  type FieldPath,
  invalid,
  notSupported,
  required,
} from '../../api-server/field-error.ts';
import { numberErrors } from '../pod/validate-ports.ts';
import { validateText } from '../shared/labels.ts';
import { dns1035Label, dns1123Subdomain, pathSegment, portName } from '../shared/names.ts';

const pathTypes = ['Exact', 'ImplementationSpecific', 'Prefix'];

/** A path and where it leads (networking validateHTTPIngressPath). */
export function validatePath(
  { path: url = '', pathType, backend }: HTTPIngressPath,
  path: FieldPath,
): FieldError[] {
  const typePath = path.child('pathType');
  if ((pathType ?? undefined) === undefined) {
    return [required(typePath, 'pathType must be specified')];
  }
  return [
    ...(pathTypes.includes(pathType)
      ? pathComplaints(url, pathType).map((words) => invalid(path.child('path'), url, words))
      : [notSupported(typePath, pathType, pathTypes)]),
    ...validateBackend(backend ?? {}, path.child('backend')),
  ];
}

const forbiddenWithin = ['//', '/./', '/../', '%2f', '%2F'];
const forbiddenAtEnd = ['/..', '/.'];

/** Controllers that choose their own meaning of a path may be given any that is absolute. */
function pathComplaints(url: string, pathType: string): string[] {
  const relative = url.startsWith('/') ? [] : ['must be an absolute path'];
  if (pathType === 'ImplementationSpecific') return url === '' ? [] : relative;
  return [
    ...relative,
    ...forbiddenWithin
      .filter((part) => url.includes(part))
      .map((part) => `must not contain '${part}'`),
    ...forbiddenAtEnd.filter((end) => url.endsWith(end)).map((end) => `cannot end with '${end}'`),
  ];
}

/** Either a Service with one port, or an object of another kind (validateIngressBackend). */
export function validateBackend(backend: IngressBackend, path: FieldPath): FieldError[] {
  const { service, resource } = backend;
  if (service && resource) {
    return [invalid(path, '', 'cannot set both resource and service backends')];
  }
  if (resource) return validateResource(resource, path.child('resource'));
  if (!service) return [invalid(path, '', 'resource or service backend is required')];
  const at = path.child('service');
  return [
    ...(service.name
      ? validateText(service.name, dns1035Label, at.child('name'))
      : [required(at.child('name'))]),
    ...validatePort(service.port ?? {}, path),
  ];
}

function validatePort({ name, number }: { name?: string; number?: number }, path: FieldPath) {
  const at = path.child('service', 'port');
  if (name && number) return [invalid(path, '', 'cannot set both port name & port number')];
  if (name) return validateText(name, portName, at.child('name'));
  if (number) return numberErrors(number, at.child('number'));
  return [required(path, 'port name or number is required')];
}

function validateResource(
  { apiGroup, kind, name }: NonNullable<IngressBackend['resource']>,
  path: FieldPath,
): FieldError[] {
  return [
    ...(apiGroup === undefined
      ? []
      : validateText(apiGroup, dns1123Subdomain, path.child('apiGroup'))),
    ...(kind
      ? validateText(kind, pathSegment, path.child('kind'))
      : [required(path.child('kind'))]),
    ...(name
      ? validateText(name, pathSegment, path.child('name'))
      : [required(path.child('name'))]),
  ];
}
