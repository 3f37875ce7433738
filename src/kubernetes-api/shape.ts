import { type IncludeObject, tableOf } from '../cluster/api-server/table.ts';
import type { JsonObject } from '../cluster/json.ts';
import type { Kind } from '../cluster/kinds/kind.ts';
import type { KubeObject } from '../cluster/objects.ts';
import { asEventsV1 } from './events-v1.ts';
import type { Wanted } from './negotiate.ts';
import type { Sandbox } from './sandbox.ts';
import type { WireRequest } from './wire.ts';

interface Asked {
  readonly sandbox: Sandbox;
  readonly request: WireRequest;
  readonly kind: Kind;
  readonly wanted: Wanted;
}

/**
 * How a watch shows an object: as it is, as a Table of one row (the first of them tells the
 * columns), or its metadata alone.
 */
export function shaped({
  sandbox,
  request,
  kind,
  wanted,
}: Asked): (object: KubeObject) => JsonObject {
  if (wanted.as === undefined) return asShown(kind);
  if (wanted.as !== 'Table') {
    return ({ metadata }) => ({
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: metadata as unknown as JsonObject,
    });
  }
  const include = includeOf(request);
  let toldColumns = false;
  return (object) => {
    const table = tableOf(kind, [object], sandbox.cluster(), include);
    const shown = {
      ...table,
      metadata: { resourceVersion: object.metadata.resourceVersion ?? '' },
      ...(toldColumns && { columnDefinitions: null }),
    };
    toldColumns = true;
    return shown;
  };
}

/** The object as its group shows it. */
export const asShown = ({ group }: Kind): ((object: KubeObject) => JsonObject) =>
  group === 'events.k8s.io' ? asEventsV1 : (object) => object as unknown as JsonObject;

const includes: readonly string[] = ['Metadata', 'Object', 'None'];

/** What the rows of a Table carry; anything unknown is the usual, once a list has refused it. */
export function includeOf({ query }: WireRequest): IncludeObject {
  const include = query.get('includeObject') ?? 'Metadata';
  return includes.includes(include) ? (include as IncludeObject) : 'Metadata';
}
