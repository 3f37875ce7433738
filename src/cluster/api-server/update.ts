import { equalJson } from '../json.ts';
import type { AllocationFailure } from '../kinds/kind.ts';
import { validateMetadataUpdate } from '../kinds/shared/metadata-update.ts';
import type { KubeObject } from '../objects.ts';
import { type Call, isDryRun, respond, storedObject, writerOf } from './call.ts';
import { placeInNamespace, storeNew } from './create.ts';
import { decodeRequest } from './decode/body.ts';
import { strictness } from './decode/strictness.ts';
import { fieldPath, invalid } from './field-error.ts';
import { managersOf, managersWritten, noteWrite } from './field-management/managed-fields.ts';
import type { Managed } from './field-management/provenance.ts';
import { checkOptions } from './options.ts';
import type { ApiResponse } from './request.ts';
import { badRequest, conflict, invalidObject, notFound, refusedAllocation } from './status.ts';
import { keepAllButStatus, keepStatus } from './subresource.ts';

/** PUT on an object; some kinds are created by it when there is none of that name. */
export function replaceObject(call: Call): ApiResponse {
  checkOptions(call, 'UpdateOptions');
  const { object, strict } = decodeRequest(call);
  strictness(call, strict);
  placeInNamespace(call, object);
  checkName(call, object);
  const old = storedObject(call);
  if (old) return respond(call, 200, storeChanged(call, object, old));
  if (call.subresource !== undefined || !createdByPut.has(call.kind.resource)) {
    throw notFound(call.kind, call.name ?? '');
  }
  return respond(call, 201, storeNew(call, object));
}

/** Kinds whose strategy has AllowCreateOnUpdate. */
const createdByPut: ReadonlySet<string> = new Set(['services', 'endpoints', 'events']);

/** A body without a name has the name of the path. */
export function checkName(call: Call, { metadata }: KubeObject): void {
  const wanted = call.name ?? '';
  metadata.name ||= wanted;
  if (metadata.name === wanted) return;
  throw badRequest(
    `the name of the object (${metadata.name}) does not match the name on the URL (${wanted})`,
  );
}

/**
 * The pipeline from a decoded object to a stored one that replaces `old`. `managed` says who
 * manages its fields where that does not follow from what changed.
 */
export function storeChanged(
  call: Call,
  object: KubeObject,
  old: KubeObject,
  managed: readonly Managed[] | undefined = managersWritten(object),
): KubeObject {
  const { kind, cluster } = call;
  checkVersion(call, object, old);
  if (call.subresource === undefined) kind.defaults?.(object);
  keepSystemFields(object, old);
  if (call.subresource === 'status') keepAllButStatus(object, old);
  else {
    const failure = allocate(call, object, old);
    if (failure) throw refusedAllocation(kind, old.metadata.name, failure);
    if (kind.subresources.includes('status')) keepStatus(object, old);
    kind.prepareForUpdate?.(object, old);
    const errors = [
      ...validateMetadataUpdate(object.metadata, old.metadata),
      ...(kind.validateUpdate?.(object, old, { cluster }) ?? []),
      ...kind.validate(object, { cluster, old }),
    ];
    if (errors.length > 0) throw invalidObject(kind, old.metadata.name, errors);
    kind.canonicalize?.(object);
    call.warnings.push(...(kind.warnings?.(object, old) ?? []));
  }
  const sameManagers = managed === undefined || equalJson(managed, managersOf(old));
  if (sameManagers && equalJson(object, old)) return old;
  if (isDryRun(call)) return object;
  if (!isReleased(object)) {
    const stored = cluster.store.put(kind.resource, object);
    noteWrite(stored, managed ? { managed } : { before: old, writer: writerOf(call) });
    return stored;
  }
  cluster.store.remove(kind.resource, call.namespace, old.metadata.name);
  return object;
}

/** The last finalizer is off an object that was deleted before: now it goes. */
const isReleased = ({ kind, metadata }: KubeObject): boolean =>
  metadata.deletionTimestamp !== undefined &&
  !metadata.finalizers?.length &&
  kind !== 'Namespace' &&
  kind !== 'Pod';

const allocate = (
  { kind, cluster }: Call,
  object: KubeObject,
  old: KubeObject,
): AllocationFailure | undefined => kind.allocate?.(object, old, { cluster });

const optimisticLock =
  'the object has been modified; please apply your changes to the latest version and try again';

/** A client that names a resourceVersion or a uid means that object and no other. */
function checkVersion(call: Call, { metadata }: KubeObject, old: KubeObject): void {
  const { kind } = call;
  const { name, uid, resourceVersion } = old.metadata;
  if (metadata.uid !== undefined && metadata.uid !== uid) {
    const key = `/registry/${storageKey(kind.resource)}/${call.namespace}/${name}`;
    throw conflict(
      kind,
      name,
      `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${uid}`,
    );
  }
  const asked = metadata.resourceVersion ?? '';
  if (asked === '' || asked === resourceVersion) return;
  if (/^\d+$/.test(asked)) throw conflict(kind, name, optimisticLock);
  const detail = `strconv.ParseUint: parsing "${asked}": invalid syntax`;
  throw invalidObject(kind, name, [
    invalid(fieldPath('metadata').child('resourceVersion'), asked, detail),
  ]);
}

/** Services and their Endpoints have had keys of their own since before 1.0. */
const storageKeys: Readonly<Record<string, string>> = {
  services: 'services/specs',
  endpoints: 'services/endpoints',
  nodes: 'minions',
};

const storageKey = (resource: string): string =>
  Object.hasOwn(storageKeys, resource) ? (storageKeys[resource] ?? resource) : resource;

const systemFields = [
  'uid',
  'creationTimestamp',
  'resourceVersion',
  'generation',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
] as const;

function keepSystemFields({ metadata }: KubeObject, old: KubeObject): void {
  delete metadata.managedFields;
  delete metadata.selfLink;
  for (const field of systemFields) {
    const value = old.metadata[field];
    if (value === undefined) delete metadata[field];
    else Object.assign(metadata, { [field]: value });
  }
}
