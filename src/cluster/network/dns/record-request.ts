import { clusterDomain } from './record.ts';

/** What a name in the cluster's zone asks for (coredns plugin/kubernetes/parse.go). */
export interface RecordRequest {
  readonly kind: 'apex' | 'svc' | 'pod';
  readonly namespace: string;
  readonly service: string;
  readonly endpoint: string;
  readonly port: string;
  readonly protocol: string;
}

const apex: RecordRequest = {
  kind: 'apex',
  namespace: '',
  service: '',
  endpoint: '',
  port: '',
  protocol: '',
};

const withoutUnderscore = (label: string): string =>
  label.startsWith('_') ? label.slice(1) : label;

/**
 * Reads `name` (lower case, below the cluster's domain) from its end: `svc` or `pod`, namespace,
 * service, then one label for an endpoint or two for `_port._protocol`. Undefined for any other form.
 */
export function parseRequest(name: string): RecordRequest | undefined {
  const base = name === clusterDomain ? '' : name.slice(0, -clusterDomain.length - 1);
  if (base === '' || base === 'svc' || base === 'pod') return apex;
  const labels = base.split('.').reverse();
  const [kind, namespace = '', service = '', ...rest] = labels;
  if (kind !== 'svc' && kind !== 'pod') return undefined;
  const request = { ...apex, kind, namespace, service } as const;
  const [first = '', second = ''] = rest;
  if (rest.length === 0) return request;
  if (rest.length === 1) return { ...request, endpoint: first };
  if (rest.length > 2) return undefined;
  return { ...request, protocol: withoutUnderscore(first), port: withoutUnderscore(second) };
}
