import type { Kind } from '../kinds/kind.ts';
import { kindByResource } from '../kinds/registry.ts';
import { noSuchResource } from './status.ts';

/** What a path of the API names. */
export interface Route {
  readonly kind: Kind;
  /** `''` for cluster-scoped resources and for lists over all namespaces. */
  readonly namespace: string;
  /** Absent: the collection. */
  readonly name?: string;
  readonly subresource?: string;
}

/** Reads `/api/v1/…` and `/apis/GROUP/VERSION/…`; throws the server's 404 for what is not served. */
export function routeOf(path: string): Route {
  const words = path
    .split('/')
    .filter((word) => word !== '')
    .map(decode);
  const [root, ...rest] = words;
  if (root === 'api') return routeIn('', rest);
  if (root === 'apis') return routeIn(rest[0] ?? '', rest.slice(1));
  throw noSuchResource();
}

function routeIn(group: string, [version, ...words]: readonly string[]): Route {
  const inNamespace = words[0] === 'namespaces' && words.length > 2 && !isNamespacePart(words[2]);
  const [resource = '', name, subresource, ...more] = inNamespace ? words.slice(2) : words;
  const kind = kindByResource(group, resource);
  if (!kind || kind.version !== version || more.length > 0) throw noSuchResource();
  if (inNamespace !== kind.namespaced && (inNamespace || name !== undefined))
    throw noSuchResource();
  return {
    kind,
    namespace: inNamespace ? (words[1] ?? '') : '',
    ...(name !== undefined && { name }),
    ...(subresource !== undefined && { subresource }),
  };
}

const isNamespacePart = (word: string | undefined): boolean =>
  word === 'status' || word === 'finalize';

function decode(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
