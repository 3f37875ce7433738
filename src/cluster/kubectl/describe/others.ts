import type { JsonObject } from '../../json.ts';
import type { CommandContext } from '../command.ts';
import { toYaml } from '../print/yaml.ts';
import { kindNamed } from '../resource/arguments.ts';
import { getQuery, isRefusal, objectsOf } from '../resource/fetch.ts';
import { nameOf, objectAt } from '../resource/write.ts';
import { headLines } from './endpoints.ts';
import { eventLines } from './events.ts';
import { listOf, longTime, textsOf } from './lines.ts';

/** kubectl/pkg/describe ConfigMapDescriber. */
export function describeConfigMap(context: CommandContext, map: JsonObject): string {
  const data = objectAt(map, 'data');
  const entries = Object.keys(data)
    .sort()
    .map((key) => `${key}:\n----\n${String(data[key])}\n\n`);
  const binary = objectAt(map, 'binaryData');
  const bytes = Object.keys(binary)
    .sort()
    .map((key) => `${key}: ${bytesOf(binary[key])} bytes\n`);
  return `${headLines(map)}\nData\n====\n${entries.join('')}\nBinaryData\n====\n${bytes.join('')}\n${eventLines(context, map)}`;
}

const bytesOf = (base64: unknown): number => Buffer.from(String(base64), 'base64').length;

/** kubectl/pkg/describe SecretDescriber: sizes, never values. */
export function describeSecret(_context: CommandContext, secret: JsonObject): string {
  const data = objectAt(secret, 'data');
  const rows = Object.keys(data)
    .sort()
    .map((key) => `${key}:\t${bytesOf(data[key])} bytes\n`);
  return `${headLines(secret)}\nType:\t${String(secret.type ?? '')}\n\nData\n====\n${rows.join('')}`;
}

/** kubectl/pkg/describe describeNamespace. */
export function describeNamespace(_context: CommandContext, namespace: JsonObject): string {
  const phase = String(objectAt(namespace, 'status').phase ?? 'Active');
  return `${headLines(namespace, false)}Status:\t${phase}\n\nNo resource quota.\n\nNo LimitRange resource.\n`;
}

/** kubectl/pkg/describe describeNode, without what a lab's node does not have. */
export function describeNode(context: CommandContext, node: JsonObject): string {
  const metadata = objectAt(node, 'metadata');
  const roles = Object.keys(objectAt(node, 'metadata', 'labels'))
    .filter((key) => key.startsWith('node-role.kubernetes.io/'))
    .map((key) => key.slice('node-role.kubernetes.io/'.length));
  const [head = '', ...rest] = headLines(node, false).split(/(?<=\n)/);
  const spec = objectAt(node, 'spec');
  const addresses = listOf(objectAt(node, 'status').addresses).map(
    ({ type, address }) => `  ${String(type)}:\t${String(address)}\n`,
  );
  return [
    head,
    `Roles:\t${roles.join(',') || '<none>'}\n`,
    ...rest,
    `CreationTimestamp:\t${longTime(metadata.creationTimestamp)}\n`,
    `Taints:\t${taintText(spec)}\n`,
    `Unschedulable:\t${String(spec.unschedulable ?? false)}\n`,
    `Addresses:\n${addresses.join('')}`,
    spec.podCIDR
      ? `PodCIDR:\t${String(spec.podCIDR)}\nPodCIDRs:\t${textsOf(spec.podCIDRs).join(',') || String(spec.podCIDR)}\n`
      : '',
    podTable(context, nameOf(node)),
    eventLines(context, node),
  ].join('');
}

function taintText(spec: JsonObject): string {
  const taints = listOf(spec.taints).map(
    ({ key, value, effect }) =>
      `${String(key)}${value ? `=${String(value)}` : ''}:${String(effect)}`,
  );
  return taints.join('\n\t') || '<none>';
}

function podTable(context: CommandContext, node: string): string {
  const kind = kindNamed('pods');
  const response = getQuery(context, { kind }, '');
  const pods = (isRefusal(response) ? [] : objectsOf(response, kind)).filter(
    (pod) => objectAt(pod, 'spec').nodeName === node,
  );
  const rows = pods.map(
    (pod) => `  ${String(objectAt(pod, 'metadata').namespace)}\t${nameOf(pod)}\n`,
  );
  return `Non-terminated Pods:\t(${pods.length} in total)\n  Namespace\tName\n  ---------\t----\n${rows.join('')}`;
}

/** Kinds that have no description of their own: their head, and their fields as YAML. */
export function describeGeneric(context: CommandContext, object: JsonObject): string {
  const { metadata: _, apiVersion, kind, ...fields } = object;
  const body = Object.keys(fields).length === 0 ? '' : toYaml(fields);
  const namespaced = objectAt(object, 'metadata').namespace !== undefined;
  return `${headLines(object, namespaced)}API Version:\t${String(apiVersion)}\nKind:\t${String(kind)}\n${body}${eventLines(context, object)}`;
}
