import { stringify } from 'yaml';

export interface ClusterAddress {
  /** Of the API server: `https://lab.example.edu:8443/sandboxes/…`. */
  readonly server: string;
  /** PEM, where the certificate is from a CA that nobody else knows. */
  readonly authority?: string;
  /** Where it is not the address that lets one in. */
  readonly token?: string;
}

const name = 'service-lab';

/** A kubeconfig with one context, as `kubectl config view --raw` prints it (client-go clientcmd v1). */
export function viewKubeconfig({ server, authority, token }: ClusterAddress): string {
  const data = authority && Buffer.from(authority).toString('base64');
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, ...(data && { 'certificate-authority-data': data }) } }],
    contexts: [{ name, context: { cluster: name, user: 'learner', namespace: 'default' } }],
    'current-context': name,
    preferences: {},
    users: [{ name: 'learner', user: token === undefined ? {} : { token } }],
  });
}
