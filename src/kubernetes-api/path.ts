import type { ApiResponse } from '../cluster/api-server/request.ts';
import { refusal } from './refusal.ts';

/** What a path below `/api` or `/apis` names, whether or not it is served. */
export interface ResourcePath {
  readonly group: string;
  readonly version: string;
  readonly namespace: string;
  /** Absent: the group version itself. */
  readonly resource?: string;
  readonly name?: string;
  readonly subresource?: string;
}

/**
 * The words of a path, decoded once as Go's net/url does: an encoded slash separates like any
 * other. Undefined for what cannot be decoded and for paths with empty words in them.
 */
export function pathWords(path: string): readonly string[] | undefined {
  const decoded = decode(path);
  if (decoded === undefined || decoded.includes('\0')) return undefined;
  const words = decoded.replace(/^\//, '').replace(/\/$/, '').split('/');
  return words.includes('') && words.length > 1 ? undefined : words;
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** Reads the words behind `api` or `apis`; undefined when there are too many of them. */
export function resourcePath(words: readonly string[]): ResourcePath | undefined {
  const isCore = words[0] === 'api';
  const [group = '', version = '', ...rest] = isCore ? ['', ...words.slice(1)] : words.slice(1);
  const inNamespace =
    rest[0] === 'namespaces' && rest.length > 2 && rest[2] !== 'status' && rest[2] !== 'finalize';
  const [resource, name, subresource, ...more] = inNamespace ? rest.slice(2) : rest;
  if (more.length > 0) return undefined;
  return {
    group,
    version,
    namespace: inNamespace ? (rest[1] ?? '') : '',
    ...(resource !== undefined && { resource }),
    ...(name !== undefined && { name }),
    ...(subresource !== undefined && { subresource }),
  };
}

/** Names that would lead elsewhere in etcd (apimachinery api/validation/path). */
export function refusedName({ name, namespace }: ResourcePath): ApiResponse | undefined {
  const bad = [name, namespace].find(
    (word) => word === '.' || word === '..' || word?.includes('%'),
  );
  if (bad === undefined) return undefined;
  const why = bad.includes('%') ? "may not contain '%'" : `may not be '${bad}'`;
  return refusal(400, 'BadRequest', `Name parameter invalid: ${JSON.stringify(bad)}: ${why}`);
}
