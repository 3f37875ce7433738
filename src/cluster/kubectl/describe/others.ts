import type { JsonObject } from '../../json.ts';
import type { CommandContext } from '../command.ts';
import { toYaml } from '../print/yaml.ts';
import { objectAt } from '../resource/write.ts';
import { headLines } from './endpoints.ts';
import { eventLines } from './events.ts';

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

/** Kinds that have no description of their own: their head, and their fields as YAML. */
export function describeGeneric(context: CommandContext, object: JsonObject): string {
  const { metadata: _, apiVersion, kind, ...fields } = object;
  const body = Object.keys(fields).length === 0 ? '' : toYaml(fields);
  const namespaced = objectAt(object, 'metadata').namespace !== undefined;
  return `${headLines(object, namespaced)}API Version:\t${String(apiVersion)}\nKind:\t${String(kind)}\n${body}${eventLines(context, object)}`;
}
