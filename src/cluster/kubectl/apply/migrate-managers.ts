import { type FieldSet, nothing, union } from '../../api-server/field-management/field-set.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { lastApplied } from './last-applied.ts';

/** Whether somebody manages the annotation of client-side apply by that operation. */
export const ownsLastApplied = (object: JsonObject, operation: 'Apply' | 'Update'): boolean =>
  entriesOf(object).some((entry) => entry.operation === operation && holdsAnnotation(entry));

/**
 * The managers of an object after client-side apply's fields became those of server-side apply's
 * `manager` (client-go/util/csaupgrade); undefined when nobody applied it from the client's side.
 */
export function migratedManagers(object: JsonObject, manager: string): Json[] | undefined {
  const entries = entriesOf(object);
  const clientSide = entries.filter(
    (entry) => entry.operation === 'Update' && !entry.subresource && holdsAnnotation(entry),
  );
  const [first] = clientSide;
  if (!first) return undefined;
  const applied = entries.find(
    (entry) => entry.manager === manager && entry.operation === 'Apply' && !entry.subresource,
  );
  const owners = applied ? [applied, ...clientSide] : clientSide;
  const fields = owners.map(fieldsOf).reduce(union, nothing);
  const upgraded = { ...(applied ?? first), manager, operation: 'Apply', fieldsV1: fields };
  const others = entries.filter((entry) => entry !== applied && !clientSide.includes(entry));
  return [upgraded as unknown as Json, ...others];
}

function entriesOf({ metadata }: JsonObject): readonly JsonObject[] {
  const entries = isObject(metadata) ? metadata.managedFields : undefined;
  return Array.isArray(entries) ? entries.filter(isObject) : [];
}

const fieldsOf = ({ fieldsV1 }: JsonObject): FieldSet =>
  (fieldsV1 ?? nothing) as unknown as FieldSet;

const holdsAnnotation = (entry: JsonObject): boolean =>
  fieldsOf(entry)['f:metadata']?.['f:annotations']?.[`f:${lastApplied}`] !== undefined;
