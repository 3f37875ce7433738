import type { ApiResponse, Status } from '../../api-server/request.ts';
import { isObject, type JsonObject } from '../../json.ts';
import type { CommandContext } from '../command.ts';
import type { CommandFailure } from '../command-failure.ts';
import { managedFindings } from '../read/managed-findings.ts';
import type { ResourceInfo } from '../read/resource-info.ts';
import { withMember } from '../read/with-member.ts';
import type { ApplyOptions } from './apply-object.ts';
import { lastApplied, lastAppliedOf } from './last-applied.ts';
import { migratedManagers, ownsLastApplied } from './migrate-managers.ts';
import { fileQuery, objectPath, pathProblem } from './object-request.ts';

/** What came of `apply --server-side`: the server's answer, or why kubectl gave up. */
export type ServerSideOutcome =
  | { readonly response: ApiResponse }
  | { readonly failure: CommandFailure };

/**
 * `apply --server-side`: one request in which the server merges (kubectl/pkg/cmd/apply/apply.go),
 * and two more the first time after client-side apply, whose fields kubectl makes its own.
 */
export function applyOnServer(
  context: CommandContext,
  info: ResourceInfo,
  options: ApplyOptions,
): ServerSideOutcome {
  const problem = pathProblem(info);
  if (problem !== undefined) return { failure: { text: problem } };
  const manager = managerOf(options);
  const send = () => context.send(applyRequest(info, options, manager, info.object));
  const response = send();
  if (response.code === 409) {
    const status = response.body as Status;
    for (const finding of managedFindings(status, info.manifest)) context.find(finding);
    return { failure: { text: reviewText(status) } };
  }
  if (response.code >= 400) return { response };
  const migrated = options.writer.dryRun === 'none' && migrate(context, info, options, response);
  return { response: withoutManagers(migrated ? send() : response) };
}

const managerOf = ({ writer }: ApplyOptions): string =>
  writer.manager === 'kubectl-client-side-apply' ? 'kubectl' : writer.manager;

const applyRequest = (
  info: ResourceInfo,
  { writer, validation, forceConflicts }: ApplyOptions,
  manager: string,
  body: JsonObject,
) => ({
  method: 'PATCH' as const,
  path: objectPath(info),
  patchType: 'application/apply-patch+yaml' as const,
  query: { ...fileQuery({ ...writer, manager }, validation), force: String(forceConflicts) },
  withManagedFields: true,
  body,
});

/** The annotation of client-side apply gets a manager of its own, then the fields change hands. */
function migrate(
  context: CommandContext,
  info: ResourceInfo,
  options: ApplyOptions,
  response: ApiResponse,
): boolean {
  const manager = managerOf(options);
  let live = response.body;
  const annotation = lastAppliedOf(live);
  if (manager === 'kubectl' && annotation !== undefined && !ownsLastApplied(live, 'Apply')) {
    const just = withAnnotationAlone(info.object, annotation);
    live = context.send(applyRequest(info, options, 'kubectl-last-applied', just)).body;
  }
  const managers = migratedManagers(live, manager);
  if (!managers) return false;
  const { resourceVersion = '' } = isObject(live.metadata) ? live.metadata : {};
  const { code } = context.send({
    method: 'PATCH',
    path: objectPath(info),
    patchType: 'application/json-patch+json',
    query: fileQuery({ ...options.writer, manager }, options.validation),
    body: [
      { op: 'replace', path: '/metadata/managedFields', value: managers },
      { op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion },
    ],
  });
  return code < 400;
}

function withAnnotationAlone(object: JsonObject, annotation: string): JsonObject {
  const { name, namespace } = isObject(object.metadata) ? object.metadata : {};
  const metadata = { name, namespace, annotations: { [lastApplied]: annotation } };
  return { apiVersion: object.apiVersion, kind: object.kind, metadata };
}

function withoutManagers(response: ApiResponse): ApiResponse {
  const { metadata } = response.body;
  if (!isObject(metadata)) return response;
  const shown = withMember(metadata, 'managedFields', undefined);
  return { ...response, body: withMember(response.body, 'metadata', shown) };
}

const reviewText = ({ message = '' }: Status): string =>
  `${message}
Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;
