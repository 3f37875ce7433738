import type { FieldError } from '../api-server/field-error.ts';
import type { Cluster } from '../cluster.ts';
import type { KubeObject, ObjectOf, Resource } from '../objects.ts';

/** One column of a resource's Table; those with priority 1 appear under `-o wide` only. */
export interface Column<O> {
  readonly name: string;
  readonly priority: 0 | 1;
  /** As OpenAPI names types; `string` when absent, whatever the cells hold. */
  readonly type?: 'integer';
  cell(object: O, cluster: Cluster): string | number;
}

/** What a rule may look at besides the object itself. */
export interface RuleContext {
  readonly cluster: Cluster;
  /** On an update, what stands: some rules let old values pass. */
  readonly old?: KubeObject;
}

/**
 * A kind of the Kubernetes API: all that the request pipeline needs to know of it. The pipeline
 * decodes by `type`, then calls, in upstream's order, prepareFor…, defaults, admit, allocate,
 * validate. Objects handed to these functions are private copies and may be changed in place.
 */
export interface Kind<R extends Resource = Resource, O = ObjectOf<R>> {
  /** `''` for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly resource: R;
  readonly singular: string;
  readonly shortNames: readonly string[];
  /** `all` for what `kubectl get all` lists. */
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  /** The Go type in api-schema.json. */
  readonly type: string;
  readonly subresources: readonly ('status' | 'scale')[];
  /** False for kinds that are decoded and stored, but that nothing in the lab acts on. */
  readonly simulated: boolean;
  /** What the server warns of whenever the kind is asked for: it will go one day. */
  readonly deprecation?: string;

  /** Fills in what the author left out (SetDefaults_* upstream). */
  defaults?(object: O): void;
  /** Drops what a client may not set and starts the counters (strategy.PrepareForCreate). */
  prepareForCreate?(object: O): void;
  prepareForUpdate?(object: O, old: O): void;
  /** Reserves what the server hands out; a failure is the only error of the request. */
  allocate?(object: O, old: O | undefined, context: RuleContext): AllocationFailure | undefined;
  validate(object: O, context: RuleContext): readonly FieldError[];
  validateUpdate?(object: O, old: O, context: RuleContext): readonly FieldError[];
  /** Brings an accepted object into the form in which it is kept (strategy.Canonicalize). */
  canonicalize?(object: O): void;
  warnings?(object: O, old: O | undefined): readonly string[];
  readonly columns: readonly Column<O>[];
}

export type AllocationFailure =
  | { readonly errors: readonly FieldError[] }
  | { readonly internal: string }
  /** A failure that upstream passes on without a reason: 500 with these words alone. */
  | { readonly plain: string };
