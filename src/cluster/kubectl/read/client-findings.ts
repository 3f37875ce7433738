import type { Finding } from '../../finding.ts';
import { kinds } from '../../kinds/registry.ts';
import { nearest } from './did-you-mean.ts';
import type { Manifest } from './manifest.ts';
import { typeFinding } from './type-finding.ts';

/** Our words for what kubectl itself refuses to send, with the place of the field it is about. */
export function findingOfClientError(message: string, manifest: Manifest): Finding {
  if (message.includes('no matches for kind')) return kindFinding(manifest);
  const metadata = { metadata: manifest.object.metadata ?? null };
  const wrongType = typeFinding(message, manifest, metadata, 'core/v1.Namespace');
  if (wrongType) return wrongType;
  const [code, path] = message.includes('does not match the namespace')
    ? ['api-namespace-mismatch', 'metadata.namespace']
    : ['yaml-no-kind', 'kind'];
  const { range } = manifest.locate(path);
  return { code, severity: 'error', path, range, parameters: { message } };
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
