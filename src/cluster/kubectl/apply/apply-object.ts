import { goQuote } from '../../api-server/field-error.ts';
import type { ApiRequest, ApiResponse, Status } from '../../api-server/request.ts';
import { isObject, type JsonObject } from '../../json.ts';
import type { CommandContext } from '../command.ts';
import type { CommandFailure } from '../command-failure.ts';
import { findingsOfRefusal } from '../read/api-findings.ts';
import { goJson } from '../read/go-json.ts';
import { metadataText, type ResourceInfo } from '../read/resource-info.ts';
import type { FieldValidation } from '../resource/field-validation.ts';
import { announce, type Writer } from '../resource/write.ts';
import { lastApplied, lastAppliedOf, withLastApplied, withoutNulls } from './last-applied.ts';
import {
  collectionPath,
  fileQuery,
  getLive,
  infoText,
  objectPath,
  pathProblem,
} from './object-request.ts';
import { type Patch, PatchError } from './patch.ts';
import { applyOnServer } from './server-side.ts';
import { threeWayPatch } from './three-way-patch.ts';

/** How `apply` was asked to work. */
export interface ApplyOptions {
  readonly writer: Writer;
  readonly validation: FieldValidation;
  readonly serverSide: boolean;
  readonly forceConflicts: boolean;
}

/**
 * Applies one object: creates it with the annotation that remembers it, or patches the live one by
 * the three-way merge (kubectl/pkg/cmd/apply/apply.go, applyOneObject). Says what it did.
 */
export function applyObject(
  context: CommandContext,
  info: ResourceInfo,
  options: ApplyOptions,
): CommandFailure | undefined {
  const generated = info.name === '' ? metadataText(info.object, 'generateName') : '';
  if (generated !== '') return { text: `from ${generated}: cannot use generate name with apply` };
  if (options.serverSide) {
    const outcome = applyOnServer(context, info, options);
    if ('failure' in outcome) return outcome.failure;
    return concluded(context, info, options.writer, outcome.response, '', 'serverside-applied');
  }
  const problem = pathProblem(info);
  if (problem !== undefined) return { text: `${retrieving(info)}: ${problem}` };
  const live = getLive(context, info);
  if (live.code === 404) return create(context, info, options);
  if (live.code >= 400) return { status: live.body as Status, during: retrieving(info) };
  return update(context, info, live.body, options);
}

const retrieving = (info: ResourceInfo): string =>
  `error when retrieving current configuration of:\n${infoText(info)}\nfrom server for: ${goQuote(info.source)}`;

function create(
  context: CommandContext,
  info: ResourceInfo,
  { writer, validation }: ApplyOptions,
): CommandFailure | undefined {
  const body = withoutNulls(withLastApplied(info.object)) as JsonObject;
  if (writer.dryRun === 'client') {
    announce(context, writer, body, 'created');
    return undefined;
  }
  const response = context.send({
    method: 'POST',
    path: collectionPath(info),
    query: fileQuery(writer, validation),
    body,
  });
  const during = `error when creating ${goQuote(info.source)}`;
  return concluded(context, info, writer, response, during, 'created');
}

function update(
  context: CommandContext,
  info: ResourceInfo,
  live: JsonObject,
  options: ApplyOptions,
): CommandFailure | undefined {
  const { writer } = options;
  if (writer.dryRun === 'client') {
    announce(context, writer, live, 'configured');
    return undefined;
  }
  if (lastAppliedOf(live) === undefined) context.err(missingAnnotation(info));
  const modified = withLastApplied(info.object);
  const patch = patchOf(info, modified, live);
  if (patch instanceof PatchError) return { text: patch.message };
  if (Object.keys(patch).length === 0) {
    announce(context, writer, live, 'unchanged');
    return undefined;
  }
  const response = context.send(patchRequest(info, patch, options));
  const during = `error when applying patch:\n${goJson(patch)}\nto:\n${infoText(info)}\nfor: ${goQuote(info.source)}: error when patching ${goQuote(info.source)}`;
  return concluded(context, info, writer, response, during, 'configured');
}

const patchRequest = (
  info: ResourceInfo,
  body: Patch,
  { writer, validation }: ApplyOptions,
): ApiRequest => ({
  method: 'PATCH',
  path: objectPath(info),
  patchType: 'application/strategic-merge-patch+json',
  query: fileQuery(writer, validation),
  body,
});

const missingAnnotation = ({ kind, name }: ResourceInfo): string =>
  `Warning: resource ${kind.resource}/${name} is missing the ${lastApplied} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`;

/** The patch that apply would send, or why none can be computed, in kubectl's words. */
export function patchOf(
  info: ResourceInfo,
  modified: JsonObject,
  live: JsonObject,
): Patch | PatchError {
  const originalText = lastAppliedOf(live) ?? '';
  try {
    const original = parsedObject(originalText);
    return threeWayPatch(original, modified, live, info.kind.type);
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    const texts = `original:\n${originalText}\nmodified:\n${goJson(modified)}\n\ncurrent:\n${goJson(live)}\n`;
    return new PatchError(
      `error when creating patch with:\n${texts}\nfor: ${goQuote(info.source)}: ${error.message}`,
    );
  }
}

function parsedObject(text: string): JsonObject {
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    throw new PatchError('invalid JSON document');
  }
  throw new PatchError('invalid JSON document');
}

/** Says what was done, or gives the server's refusal with our findings beside it. */
export function concluded(
  context: CommandContext,
  info: ResourceInfo,
  writer: Writer,
  response: ApiResponse,
  during: string,
  operation: string,
): CommandFailure | undefined {
  if (response.code < 400) {
    announce(context, writer, response.body, operation);
    return undefined;
  }
  const status = response.body as Status;
  for (const finding of findingsOfRefusal(status, info)) context.find(finding);
  return { status, during };
}
