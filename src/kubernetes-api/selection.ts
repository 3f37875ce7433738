import {
  checkFields,
  matchesFields,
  parseFieldSelector,
} from '../cluster/api-server/field-selector.ts';
import {
  matchesLabels,
  parseLabelSelector,
  SelectorError,
} from '../cluster/api-server/selectors.ts';
import { badRequest } from '../cluster/api-server/status.ts';
import type { Kind } from '../cluster/kinds/kind.ts';
import type { KubeObject } from '../cluster/objects.ts';

/** Which objects of a kind a list or a watch is about. */
export interface Selection {
  readonly kind: Kind;
  /** `''` for all namespaces. */
  readonly namespace: string;
  matches(object: KubeObject): boolean;
}

/** Reads the selectors of a query; throws the API server's 400. */
export function selectionOf(
  kind: Kind,
  namespace: string,
  query: URLSearchParams,
  name?: string,
): Selection {
  try {
    const labels = parseLabelSelector(query.get('labelSelector') ?? '');
    const fields = parseFieldSelector(query.get('fieldSelector') ?? '');
    checkFields(kind, fields);
    return {
      kind,
      namespace,
      matches: (object) =>
        (namespace === '' || object.metadata.namespace === namespace) &&
        (name === undefined || object.metadata.name === name) &&
        matchesLabels(labels, object.metadata.labels) &&
        matchesFields(fields, object),
    };
  } catch (error) {
    if (error instanceof SelectorError) throw badRequest(error.message);
    throw error;
  }
}
