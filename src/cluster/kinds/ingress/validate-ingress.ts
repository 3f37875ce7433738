import type { IngressRule, IngressTLS } from 'kubernetes-types/networking/v1.js';
import {
  type FieldError,
  type FieldPath,
  fieldPath,
  invalid,
  required,
} from '../../api-server/field-error.ts';
import { parseIp } from '../shared/ip.ts';
import { validateText } from '../shared/labels.ts';
import { validateMetadata } from '../shared/metadata.ts';
import { dns1123Subdomain, wildcardSubdomain } from '../shared/names.ts';
import type { Ingress } from './ingress.ts';
import { validateBackend, validatePath } from './validate-path.ts';

/** networking ValidateIngressCreate: rules or a default, paths that are paths, backends that are. */
export function validateIngress(object: Ingress, old?: Ingress): FieldError[] {
  const { rules = [], tls = [], defaultBackend, ingressClassName } = object.spec ?? {};
  const path = fieldPath('spec');
  const neither = 'either `defaultBackend` or `rules` must be specified';
  return [
    ...validateMetadata(object),
    ...(rules.length === 0 && !defaultBackend ? [invalid(path, rules, neither)] : []),
    ...(defaultBackend ? validateBackend(defaultBackend, path.child('defaultBackend')) : []),
    ...rules.flatMap((rule, index) => validateRule(rule, path.child('rules').index(index))),
    ...tls.flatMap((each, index) => validateTls(each, path.child('tls').index(index))),
    ...(ingressClassName === undefined
      ? []
      : validateText(ingressClassName, dns1123Subdomain, path.child('ingressClassName'))),
    ...(old ? [] : classTwice(object)),
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
  const address = parseIp(host)
    ? [invalid(path, host, 'must be a DNS name, not an IP address')]
    : [];
  return [...address, ...validateName(host, path)];
}

const validateName = (host: string, path: FieldPath): FieldError[] =>
  validateText(host, host.includes('*') ? wildcardSubdomain : dns1123Subdomain, path);

const validateTls = ({ hosts = [], secretName }: IngressTLS, path: FieldPath): FieldError[] => [
  ...hosts.flatMap((host, index) => validateName(host, path.child('hosts').index(index))),
  ...(secretName ? validateText(secretName, dns1123Subdomain, path.child('secretName')) : []),
];

const classAnnotation = 'kubernetes.io/ingress.class';

/** The annotation came before the field; a new object may have both only if they agree. */
function classTwice({ metadata, spec }: Ingress): FieldError[] {
  const name = metadata.annotations?.[classAnnotation];
  const wanted = spec?.ingressClassName;
  if (name === undefined || wanted === undefined || name === wanted) return [];
  const path = fieldPath('annotations').child(classAnnotation);
  return [invalid(path, name, 'must match `ingressClassName` when both are specified')];
}
