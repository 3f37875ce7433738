import type { JsonObject } from '../../json.ts';
import type { CommandContext } from '../command.ts';
import { kindNamed } from '../resource/arguments.ts';
import { getQuery, isRefusal, objectsOf } from '../resource/fetch.ts';
import { nameOf, namespaceOf, objectAt } from '../resource/write.ts';
import { eventLines } from './events.ts';
import { annotationLines, labelLines, listOf, selectorText, textsOf } from './lines.ts';

/** kubectl/pkg/describe describeService. */
export function describeService(context: CommandContext, service: JsonObject): string {
  const spec = objectAt(service, 'spec');
  const line = (title: string, value: unknown): string => `${title}:\t${String(value ?? '')}\n`;
  const optional = (title: string, value: unknown): string =>
    value === undefined || value === null || value === '' || value === 0 ? '' : line(title, value);
  const joined = (value: unknown): string => textsOf(value).join(',');
  const metadata = objectAt(service, 'metadata');
  const slices = slicesOf(context, service);
  return [
    line('Name', metadata.name),
    line('Namespace', metadata.namespace),
    labelLines('Labels', objectAt(service, 'metadata', 'labels')),
    annotationLines('Annotations', objectAt(service, 'metadata', 'annotations')),
    line('Selector', selectorText(objectAt(service, 'spec', 'selector'))),
    line('Type', spec.type),
    optional('IP Family Policy', spec.ipFamilyPolicy),
    line('IP Families', joined(spec.ipFamilies) || '<none>'),
    line('IP', spec.clusterIP),
    line('IPs', joined(spec.clusterIPs) || '<none>'),
    optional('External IPs', joined(spec.externalIPs)),
    optional('Desired LoadBalancer IP', spec.loadBalancerIP),
    optional('External Name', spec.externalName),
    ingressLine(service),
    ...listOf(spec.ports).map((port) => portLines(port, slices)),
    line('Session Affinity', spec.sessionAffinity),
    optional('External Traffic Policy', spec.externalTrafficPolicy),
    optional('Internal Traffic Policy', spec.internalTrafficPolicy),
    optional('HealthCheck NodePort', spec.healthCheckNodePort),
    optional('LoadBalancer Source Ranges', joined(spec.loadBalancerSourceRanges)),
    optional('Traffic Distribution', spec.trafficDistribution),
    eventLines(context, service),
  ].join('');
}

/** The server writes ipMode VIP where a load balancer left it out (SetDefaults_Service). */
function ingressLine(service: JsonObject): string {
  const ingress = listOf(objectAt(service, 'status', 'loadBalancer').ingress).map((each) =>
    each.ip ? `${String(each.ip)} (${String(each.ipMode ?? 'VIP')})` : String(each.hostname ?? ''),
  );
  return ingress.length === 0 ? '' : `LoadBalancer Ingress:\t${ingress.join(', ')}\n`;
}

function portLines(port: JsonObject, slices: readonly JsonObject[]): string {
  const name = String(port.name || '<unset>');
  const protocol = String(port.protocol ?? 'TCP');
  const nodePort = port.nodePort
    ? `NodePort:\t${name}\t${String(port.nodePort)}/${protocol}\n`
    : '';
  return (
    `Port:\t${name}\t${String(port.port)}/${protocol}\n` +
    `TargetPort:\t${String(port.targetPort ?? 0)}/${protocol}\n${nodePort}` +
    `Endpoints:\t${endpointsText(slices, String(port.name ?? ''))}\n`
  );
}

function slicesOf(context: CommandContext, service: JsonObject): readonly JsonObject[] {
  const kind = kindNamed('endpointslices');
  const labels = `kubernetes.io/service-name=${nameOf(service)}`;
  const response = getQuery(context, { kind }, namespaceOf(service), { labels });
  return isRefusal(response) ? [] : objectsOf(response, kind);
}

const shownEndpoints = 3;

/** The ready addresses of a port, three at most (formatEndpointSlices). */
function endpointsText(slices: readonly JsonObject[], portName: string): string {
  if (slices.length === 0) return '<none>';
  const addresses = slices.flatMap((slice) => {
    const ports = listOf(slice.ports);
    if (ports.length === 0) return readyAddresses(slice);
    return ports
      .filter(({ name }) => String(name ?? '') === portName)
      .flatMap(({ port }) => readyAddresses(slice).map((address) => `${address}:${String(port)}`));
  });
  const more = addresses.length - shownEndpoints;
  const shown = addresses.slice(0, shownEndpoints).join(',');
  return more > 0 ? `${shown} + ${more} more...` : shown;
}

function readyAddresses(slice: JsonObject): readonly string[] {
  return listOf(slice.endpoints)
    .filter((endpoint) => objectAt(endpoint, 'conditions').ready !== false)
    .map(({ addresses }) => textsOf(addresses)[0] ?? '');
}
