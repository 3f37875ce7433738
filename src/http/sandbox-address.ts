import type { Credentials } from '../sandboxes/index.ts';
import { Problem } from './problem.ts';
import type { ClusterAddress } from './views/kubeconfig.ts';

/** Where the Kubernetes API of sandboxes stands. */
export const sandboxesPrefix = '/sandboxes';

/** The server of its own that serves sandboxes by https, where there is one. */
export interface SandboxHttps {
  /** The names and addresses its certificate is good for; the first is the one to tell. */
  readonly names: readonly string[];
  readonly port: number;
  /** The certificate of the CA, PEM. */
  readonly authority: string;
}

/** How whoever asks for a kubeconfig reached this server. */
export interface Reached {
  readonly protocol: string;
  /** With its port. */
  readonly host: string;
  /** Without its port. */
  readonly hostname: string;
  readonly publicUrl: string | undefined;
  readonly https: SandboxHttps | undefined;
}

/**
 * The address of a sandbox's API server, by https where there is one: with a token, for the
 * connection keeps it. Over http kubectl sends no token, so there the path itself is the secret.
 */
export function clusterAddress(
  { id, secret }: Credentials,
  reached: Reached,
  auth: 'path' | 'token' | undefined,
): ClusterAddress {
  const { base, authority } = serverOf(reached);
  const secure = base.startsWith('https:');
  const wanted = auth ?? (secure ? 'token' : 'path');
  if (wanted === 'token' && !secure) throw noHttps();
  const known = authority === undefined ? {} : { authority };
  return wanted === 'token'
    ? { server: `${base}${sandboxesPrefix}/${id}`, token: secret, ...known }
    : { server: `${base}${sandboxesPrefix}/${secret}`, ...known };
}

function serverOf({ protocol, host, hostname, publicUrl, https }: Reached) {
  if (https) {
    const name = https.names.includes(hostname) ? hostname : (https.names[0] ?? hostname);
    const shown = name.includes(':') ? `[${name}]` : name;
    return { base: `https://${shown}:${https.port}`, authority: https.authority };
  }
  return { base: publicUrl ?? `${protocol}://${host}` };
}

const noHttps = (): Problem =>
  new Problem(
    'invalid',
    'kubectl sends a token over https only, and this server is reached by http: ask for auth=path.',
  );
