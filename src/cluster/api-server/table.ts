import type { Cluster } from '../cluster.ts';
import type { JsonObject } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import type { KubeObject } from '../objects.ts';

/** What of each object a row carries: its metadata unless the client asks otherwise. */
export type IncludeObject = 'Metadata' | 'Object' | 'None';

/** The objects as a `meta.k8s.io/v1` Table, by the kind's columns. */
export function tableOf(
  kind: Kind,
  objects: readonly KubeObject[],
  cluster: Cluster,
  include: IncludeObject,
): JsonObject {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion: String(cluster.store.version()) },
    columnDefinitions: kind.columns.map(({ name, priority, type = 'string' }) => ({
      name,
      type,
      format: name === 'Name' ? 'name' : '',
      description: '',
      priority,
    })),
    rows: objects.map((object) => ({
      cells: kind.columns.map((column) => column.cell(object, cluster)),
      ...rowObject[include](object),
    })),
  };
}

const rowObject: Readonly<Record<IncludeObject, (object: KubeObject) => JsonObject>> = {
  Metadata: ({ metadata }) => ({
    object: {
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: metadata as unknown as JsonObject,
    },
  }),
  Object: (object) => ({ object: object as unknown as JsonObject }),
  None: () => ({}),
};
