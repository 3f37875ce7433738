import type { Finding } from '../../finding.ts';
import { kinds } from '../../kinds/registry.ts';
import { nearest } from './did-you-mean.ts';
import type { Manifest } from './manifest.ts';

/** Our words for what kubectl itself refuses to send, with the place of the field it is about. */
export function findingOfClientError(message: string, manifest: Manifest): Finding {
  if (message.includes('no matches for kind')) return kindFinding(manifest);
  const [code, path] = message.includes('does not match the namespace')
    ? ['api-namespace-mismatch', 'metadata.namespace']
    : message.includes("Object 'Kind' is missing")
      ? ['yaml-no-kind', 'kind']
      : ['api-field-type', metadataPath(message)];
  const { range } = manifest.locate(path);
  return {
    code,
    severity: 'error',
    path,
    range,
    parameters: { message, ...typeParameters(message) },
  };
}

function kindFinding(manifest: Manifest): Finding {
  const kind = String(manifest.object.kind);
  const apiVersion = String(manifest.object.apiVersion);
  const known = kinds.filter((candidate) => candidate.kind === kind);
  const [right] = known;
  const version = right && (right.group === '' ? right.version : `${right.group}/${right.version}`);
  const path = version ? 'apiVersion' : 'kind';
  const expected =
    version ??
    nearest(
      kind,
      kinds.map((candidate) => candidate.kind),
    );
  return {
    code: version ? 'api-version-unknown' : 'api-kind-unknown',
    severity: 'error',
    path,
    range: manifest.locate(path).range,
    observed: version ? apiVersion : kind,
    ...(expected !== undefined && { expected }),
    parameters: { kind, apiVersion, ...(expected !== undefined && { expected }) },
  };
}

const metadataPath = (message: string): string =>
  /Go struct field \w+\.([\w.]+) of type/.exec(message)?.[1] ?? 'metadata';

export function typeParameters(message: string): Readonly<Record<string, string>> {
  const [, observed, type] = /cannot unmarshal (.+) into .* of type (\S+)/.exec(message) ?? [];
  return observed && type ? { observed, type } : {};
}
