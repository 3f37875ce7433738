import type { ApiResponse } from '../../api-server/request.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import type { Kind } from '../../kinds/kind.ts';
import { kindOf } from '../../kinds/registry.ts';
import type { CommandContext, Parsed } from '../command.ts';
import { type ObjectPrinter, outputPrinter, typeAndName } from '../print/output.ts';
import { type DryRun, dryRunOf, dryRunSuffix, writeQuery } from './dry-run.ts';
import { resourcePath } from './fetch.ts';
import { failed } from './usage.ts';

/** How a writing command sends and prints its objects. */
export interface Writer {
  readonly dryRun: DryRun;
  readonly manager: string;
  readonly printer: ObjectPrinter | undefined;
}

/** Reads `-o`, `--dry-run` and `--field-manager`. */
export function writerOf(context: CommandContext, parsed: Parsed, manager: string): Writer {
  return {
    dryRun: dryRunOf(parsed),
    manager: parsed.flag('field-manager') || manager,
    printer: outputPrinter(context, parsed),
  };
}

/** `service/web created`, or the object itself where `-o` asks for it. */
export function announce(
  context: CommandContext,
  writer: Writer,
  object: JsonObject,
  operation: string,
): void {
  if (writer.printer) writer.printer(object);
  else context.out(`${typeAndName(object)} ${operation}${dryRunSuffix(writer.dryRun)}\n`);
}

/** POSTs an object, or hands it back as it is in a client's dry run. */
export function post(context: CommandContext, writer: Writer, object: JsonObject): ApiResponse {
  if (writer.dryRun === 'client') return { code: 201, body: object, warnings: [] };
  const kind = kindOf(String(object.apiVersion), String(object.kind));
  if (!kind) throw failed(`no kind ${String(object.kind)} is registered`);
  return context.send({
    method: 'POST',
    path: resourcePath(kind, namespaceOf(object) || context.namespace),
    query: writeQuery(writer.dryRun, writer.manager),
    body: object,
  });
}

/** PATCHes a fetched object; a client's dry run leaves it as it is. */
export function patch(
  context: CommandContext,
  writer: Writer,
  kind: Kind,
  object: JsonObject,
  body: Json,
  how: 'merge' | 'strategic-merge' = 'strategic-merge',
  ...subresource: readonly string[]
): ApiResponse {
  if (writer.dryRun === 'client') return { code: 200, body: object, warnings: [] };
  return context.send({
    method: 'PATCH',
    path: resourcePath(kind, namespaceOf(object), nameOf(object), ...subresource),
    patchType:
      how === 'merge' ? 'application/merge-patch+json' : 'application/strategic-merge-patch+json',
    query: writeQuery(writer.dryRun, writer.manager),
    body,
  });
}

const metadataOf = (object: JsonObject): JsonObject =>
  isObject(object.metadata) ? object.metadata : {};

export const nameOf = (object: JsonObject): string => String(metadataOf(object).name ?? '');
export const namespaceOf = (object: JsonObject): string =>
  String(metadataOf(object).namespace ?? '');

/** The member at a path of keys, an empty object where there is none. */
export function objectAt(object: JsonObject, ...keys: readonly string[]): JsonObject {
  let at: unknown = object;
  for (const key of keys) at = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  return isObject(at) ? at : {};
}

/** metadata of a new object: the namespace is written only where the line names it. */
export const newMetadata = (
  context: CommandContext,
  name: string,
  labels?: Readonly<Record<string, string>>,
): JsonObject => ({
  ...(labels && Object.keys(labels).length > 0 && { labels }),
  name,
  ...(context.namespaceGiven && { namespace: context.namespace }),
});
