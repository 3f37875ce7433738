import type { JsonObject } from '../../json.ts';
import type { CommandContext } from '../command.ts';
import { objectAt } from '../resource/write.ts';
import { eventLines } from './events.ts';
import { annotationLines, labelLines, listOf, textsOf } from './lines.ts';

/** The first lines of nearly every description. */
export function headLines(object: JsonObject, namespaced = true): string {
  const metadata = objectAt(object, 'metadata');
  return (
    `Name:\t${String(metadata.name)}\n` +
    (namespaced ? `Namespace:\t${String(metadata.namespace ?? '')}\n` : '') +
    labelLines('Labels', objectAt(object, 'metadata', 'labels')) +
    annotationLines('Annotations', objectAt(object, 'metadata', 'annotations'))
  );
}

/** kubectl/pkg/describe describeEndpoints. */
export function describeEndpoints(context: CommandContext, endpoints: JsonObject): string {
  const subsets = listOf(endpoints.subsets).map(subsetLines).join('');
  return `${headLines(endpoints)}Subsets:\n${subsets}${eventLines(context, endpoints)}`;
}

function subsetLines(subset: JsonObject): string {
  const addresses = (value: unknown): string =>
    listOf(value)
      .map(({ ip }) => String(ip))
      .join(',') || '<none>';
  const ports = listOf(subset.ports).map(
    ({ name, port, protocol }) =>
      `    ${String(name || '<unset>')}\t${String(port)}\t${String(protocol)}\n`,
  );
  const table =
    ports.length === 0
      ? ''
      : `  Ports:\n    Name\tPort\tProtocol\n    ----\t----\t--------\n${ports.join('')}`;
  return `  Addresses:\t${addresses(subset.addresses)}\n  NotReadyAddresses:\t${addresses(subset.notReadyAddresses)}\n${table}\n`;
}

/** kubectl/pkg/describe describeEndpointSlice. */
export function describeEndpointSlice(context: CommandContext, slice: JsonObject): string {
  const ports = listOf(slice.ports);
  const rows = ports.map(
    ({ name, port, protocol }) =>
      `  ${String(name || '<unset>')}\t${port === undefined ? '<unset>' : String(port)}\t${String(protocol ?? '')}\n`,
  );
  const table =
    rows.length === 0
      ? 'Ports: <unset>\n'
      : `Ports:\n  Name\tPort\tProtocol\n  ----\t----\t--------\n${rows.join('')}`;
  const endpoints = listOf(slice.endpoints);
  const list =
    endpoints.length === 0
      ? 'Endpoints: <none>\n'
      : `Endpoints:\n${endpoints.map(endpointLines).join('')}`;
  return `${headLines(slice)}AddressType:\t${String(slice.addressType)}\n${table}${list}${eventLines(context, slice)}`;
}

function endpointLines(endpoint: JsonObject): string {
  const conditions = objectAt(endpoint, 'conditions');
  const target = objectAt(endpoint, 'targetRef');
  const line = (title: string, value: unknown): string =>
    value === undefined || value === '' ? `${title}:\t<unset>\n` : `${title}:\t${String(value)}\n`;
  return (
    `  - Addresses:\t${textsOf(endpoint.addresses).join(', ')}\n    Conditions:\n` +
    `      Ready:\t${String(conditions.ready ?? '<unset>')}\n    ${line('Hostname', endpoint.hostname)}` +
    (target.name === undefined
      ? ''
      : `    TargetRef:\t${String(target.kind)}/${String(target.name)}\n`) +
    `    ${line('NodeName', endpoint.nodeName)}    ${line('Zone', endpoint.zone)}`
  );
}
