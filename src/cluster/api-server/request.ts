import type { Json, JsonObject } from '../json.ts';

/** The media types of the three ways to patch, and of server-side apply. */
export type PatchType =
  | 'application/strategic-merge-patch+json'
  | 'application/merge-patch+json'
  | 'application/json-patch+json'
  | 'application/apply-patch+yaml';

/** A request to the Kubernetes API, as an HTTP client sends it; bodies are parsed JSON. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The path without its query: `/api/v1/namespaces/default/services/web`. */
  readonly path: string;
  /** `fieldManager`, `fieldValidation`, `dryRun`, `labelSelector`, `fieldSelector` … */
  readonly query?: Readonly<Record<string, string>>;
  /** The media type of a PATCH. */
  readonly patchType?: PatchType;
  /** Ask for a `meta.k8s.io/v1` Table in place of the objects. */
  readonly asTable?: boolean;
  /** Have objects answered with `metadata.managedFields`, as the wire does. */
  readonly withManagedFields?: boolean;
  readonly body?: Json;
  /**
   * What strict reading of the body's text holds against it, which parsed JSON cannot show:
   * `duplicate field "spec.type"`.
   */
  readonly bodyComplaints?: readonly string[];
  /** A body that is no JSON: what its decoder says, and its first bytes as messages show them. */
  readonly bodyUnreadable?: { readonly problem: string; readonly shown: string };
}

export interface ApiResponse {
  /** The HTTP status code. */
  readonly code: number;
  /** An object, a list, a Table or a Status. */
  readonly body: JsonObject;
  /** The texts of the `Warning: 299` headers, in order. */
  readonly warnings: readonly string[];
}

export interface StatusCause {
  /** Absent in the cause of an internal error. */
  readonly reason?: string;
  readonly message: string;
  readonly field?: string;
}

/** meta/v1 Status, the API server's answer when it refuses. */
export interface Status extends JsonObject {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: Readonly<Record<string, never>>;
  readonly status: 'Success' | 'Failure';
  readonly message?: string;
  readonly reason?: string;
  readonly details?: {
    readonly name?: string;
    readonly group?: string;
    readonly kind?: string;
    readonly uid?: string;
    readonly causes?: readonly (StatusCause & JsonObject)[];
    readonly [key: string]: Json | undefined;
  };
  readonly code?: number;
}
