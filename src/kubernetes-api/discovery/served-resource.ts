/** A resource as discovery tells of it. */
export interface ServedResource {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly kind: string;
  readonly singular: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly subresources: readonly ServedSubresource[];
  /** Whether the cluster keeps objects of it. */
  readonly simulated: boolean;
}

export interface ServedSubresource {
  readonly name: string;
  readonly verbs: readonly string[];
  /** Group, version and kind of what it takes, where that is not the resource itself. */
  readonly kind?: readonly [group: string, version: string, kind: string];
}

export const allVerbs: readonly string[] = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

/** The verbs of a subresource that can be read and changed. */
export const statusVerbs: readonly string[] = ['get', 'patch', 'update'];
