import type { Status, StatusCause } from '../../api-server/request.ts';
import type { Finding } from '../../finding.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import type { Segment } from './field-segments.ts';
import type { Manifest } from './manifest.ts';

/** A conflict of server-side apply: each field that another manager has, at its place. */
export function managedFindings(status: Status, manifest: Manifest): readonly Finding[] {
  return (status.details?.causes ?? []).map((cause) => managedFinding(cause, manifest));
}

function managedFinding({ field = '', message }: StatusCause, manifest: Manifest): Finding {
  const path = field.replace(/^\./, '');
  const manager = /^conflict with (.*?)(?: using \S+)?$/.exec(message)?.[1] ?? message;
  return {
    code: 'api-field-managed',
    severity: 'error',
    path,
    range: manifest.locate(segmentsOfKeyed(path, manifest.object)).range,
    parameters: { field: path, manager, message },
  };
}

/** `spec.ports[port=80,protocol="TCP"].name`: an element is told by its keys, where it has them. */
function segmentsOfKeyed(path: string, object: JsonObject): readonly Segment[] {
  const segments: Segment[] = [];
  let at: Json | undefined = object;
  for (let rest = path; rest !== ''; ) {
    const [whole = rest, keys] = /^\[([^\]]*)\]\.?/.exec(rest) ?? [];
    const segment: Segment = keys === undefined ? memberIn(at, rest) : elementIn(at, keys);
    const used = keys === undefined ? String(segment).length : whole.length;
    rest = rest.slice(Math.max(1, used)).replace(/^\./, '');
    segments.push(segment);
    at = isObject(at) ? at[segment] : Array.isArray(at) ? (at[Number(segment)] as Json) : undefined;
  }
  return segments;
}

/** The longest key that the path goes on with: keys may hold dots. */
function memberIn(at: Json | undefined, path: string): string {
  const names = isObject(at) ? Object.keys(at) : [];
  const fits = names.filter((name) => path === name || /^[.[]/.test(path.slice(name.length)));
  const [longest] = fits
    .filter((name) => path.startsWith(name))
    .sort((a, b) => b.length - a.length);
  return longest ?? /^[^.[]*/.exec(path)?.[0] ?? path;
}

function elementIn(at: Json | undefined, keys: string): number {
  const wanted = [...keys.matchAll(/(?:^|,)([^=,]+)=("(?:[^"\\]|\\.)*"|[^,]+)/g)];
  const list = Array.isArray(at) ? (at as readonly Json[]) : [];
  const holds = (item: Json): boolean =>
    isObject(item) &&
    wanted.every(([, name = '', value]) => [value, undefined].includes(JSON.stringify(item[name])));
  return list.findIndex(holds);
}
