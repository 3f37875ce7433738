import { isIPv4 } from '../ipv4.ts';
import { clusterIPs, type DnsIndex, isHeadless, type ServedPort } from './dns-index.ts';
import { clusterDomain } from './record.ts';
import { parseRequest, type RecordRequest } from './record-request.ts';

/** One answer to a name before it becomes a record: a host, the port behind it, its own full name. */
export interface Entry {
  readonly host: string;
  readonly hostType: 'A' | 'AAAA' | 'CNAME';
  readonly port: number;
  readonly name: string;
}

/** `no-items` is a name that does not exist; an empty list one that has no records (NODATA). */
export type Entries = readonly Entry[] | 'no-items';

/** What the cluster has under a name (coredns plugin/kubernetes/kubernetes.go, Records). */
export function entriesOf(index: DnsIndex, name: string): Entries {
  const request = parseRequest(name.toLowerCase());
  if (!request) return 'no-items';
  if (request.kind === 'apex') return [];
  if (!index.hasNamespace(request.namespace)) return 'no-items';
  if (request.service === '') return [];
  return request.kind === 'pod' ? podEntries(request) : serviceEntries(index, request);
}

/** `pods insecure`: any address is a Pod's; it is not asked whether there is one. */
function podEntries(request: RecordRequest): Entries {
  const { service: label, namespace } = request;
  const dashes = label.split('-').length - 1;
  const asIPv4 = dashes === 3 && !label.includes('--');
  const host = label.replaceAll('-', asIPv4 ? '.' : ':');
  const hostType = typeOfHost(host);
  if (hostType === 'CNAME') return 'no-items';
  return [{ host, hostType, port: 0, name: `${label}.${namespace}.pod.${clusterDomain}` }];
}

function serviceEntries(index: DnsIndex, request: RecordRequest): Entries {
  const service = index.service(request.namespace, request.service);
  if (!service) return 'no-items';
  const name = `${request.service}.${request.namespace}.svc.${clusterDomain}`;
  if (service.spec?.type === 'ExternalName') {
    return externalEntries(service.spec.externalName ?? '', request, name);
  }
  if (isHeadless(service) || request.endpoint !== '') return endpointEntries(index, request, name);
  const ports = (service.spec?.ports ?? []).map((port) => ({
    name: port.name ?? '',
    protocol: port.protocol ?? 'TCP',
    port: port.port,
  }));
  const matching = ports.filter(matches(request));
  if (matching.length === 0) return 'no-items';
  return matching.flatMap(({ port }) =>
    clusterIPs(service).map((host) => ({ host, hostType: typeOfHost(host), port, name })),
  );
}

/** An ExternalName has no endpoints, and an address is no name: such a Service is not served. */
function externalEntries(host: string, request: RecordRequest, name: string): Entries {
  if (request.endpoint !== '' || host === '' || typeOfHost(host) !== 'CNAME') return 'no-items';
  return [{ host, hostType: 'CNAME', port: 0, name }];
}

function endpointEntries(index: DnsIndex, request: RecordRequest, name: string): Entries {
  const entries = index
    .addresses(request.namespace, request.service)
    .filter(({ label }) => request.endpoint === '' || label.toLowerCase() === request.endpoint)
    .flatMap(({ address, label, ports }) =>
      ports.filter(matches(request)).map(({ port }) => ({
        host: address,
        hostType: typeOfHost(address),
        port,
        name: `${label}.${name}`,
      })),
    );
  return entries.length > 0 ? entries : 'no-items';
}

/** An empty label of the request fits every port. */
const matches =
  (request: RecordRequest) =>
  (port: ServedPort): boolean =>
    (request.port === '' || request.port === port.name.toLowerCase()) &&
    (request.protocol === '' || request.protocol === port.protocol.toLowerCase());

function typeOfHost(host: string): Entry['hostType'] {
  if (isIPv4(host)) return 'A';
  return isIPv6(host) ? 'AAAA' : 'CNAME';
}

/** Eight groups of up to four hexadecimal digits, one run of zero groups left out as `::`. */
function isIPv6(text: string): boolean {
  const halves = text.split('::');
  if (!text.includes(':') || halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const short = halves.length === 2;
  return (
    groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) &&
    (short ? groups.length < 8 : groups.length === 8)
  );
}
