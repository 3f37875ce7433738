import { goQuote } from '../../api-server/field-error.ts';
import type { ApiResponse } from '../../api-server/request.ts';
import type { JsonObject } from '../../json.ts';
import type { CommandContext } from '../command.ts';
import type { ResourceInfo } from '../read/resource-info.ts';
import { withMember } from '../read/with-member.ts';
import { writeQuery } from '../resource/dry-run.ts';
import { resourcePath } from '../resource/fetch.ts';
import type { FieldValidation } from '../resource/field-validation.ts';
import type { Writer } from '../resource/write.ts';

export const collectionPath = ({ kind, namespace }: ResourceInfo): string =>
  asServerSees(resourcePath(kind, namespace));

export const objectPath = ({ kind, namespace, name }: ResourceInfo): string =>
  asServerSees(resourcePath(kind, namespace, name));

/** Without escapes; nothing stands where an apiVersion gives no version. */
const asServerSees = (path: string): string => decodeURIComponent(path).replace('//', '/');

/** The query of a request that writes an object of a file: who writes, and how strictly. */
export const fileQuery = (
  writer: Writer,
  fieldValidation: FieldValidation,
): Readonly<Record<string, string>> => ({
  ...writeQuery(writer.dryRun, writer.manager),
  fieldValidation,
});

/** What client-go finds wrong with a name before it sends anything. */
export function pathProblem({
  name,
  namespace,
  kind,
}: Pick<ResourceInfo, 'name' | 'namespace' | 'kind'>): string | undefined {
  if (name === '') return 'resource name may not be empty';
  const ofName = segmentProblems(name);
  if (ofName !== '') return `invalid resource name ${goQuote(name)}: [${ofName}]`;
  return namespaceProblem(kind.namespaced ? namespace : '');
}

/** The same for a namespace alone, all that a creation's path holds. */
export function namespaceProblem(namespace: string): string | undefined {
  const ofNamespace = segmentProblems(namespace);
  return ofNamespace === ''
    ? undefined
    : `invalid namespace ${goQuote(namespace)}: [${ofNamespace}]`;
}

function segmentProblems(segment: string): string {
  if (segment === '.' || segment === '..') return `may not be '${segment}'`;
  return ['/', '%']
    .filter((character) => segment.includes(character))
    .map((character) => `may not contain '${character}'`)
    .join(' ');
}

export const getLive = (context: CommandContext, info: ResourceInfo): ApiResponse =>
  context.send({ method: 'GET', path: objectPath(info) });

/** Which object a message is about, on two lines (cli-runtime/pkg/resource, Info.String). */
export function infoText({ kind, name, namespace, object }: ResourceInfo): string {
  const group = `${kind.group}/${kind.version}`;
  const resource = `${group}, Resource=${kind.resource}`;
  const groupKind = `${group}, Kind=${String(object.kind)}`;
  return `Resource: ${goQuote(resource)}, GroupVersionKind: ${goQuote(groupKind)}\nName: ${goQuote(name)}, Namespace: ${goQuote(namespace)}`;
}

/** The object under the version that a live one has now, so that it may replace it. */
export function atVersionOf(object: JsonObject, live: JsonObject): JsonObject {
  const metadata = object.metadata as JsonObject;
  const version = (live.metadata as JsonObject | undefined)?.resourceVersion;
  if (metadata.resourceVersion || version === undefined) return object;
  return withMember(object, 'metadata', withMember(metadata, 'resourceVersion', version));
}
