import { configMap } from './config-map/config-map.ts';
import { cronJob } from './cron-job/cron-job.ts';
import { daemonSet } from './daemon-set/daemon-set.ts';
import { deployment } from './deployment/deployment.ts';
import { endpointSlice } from './endpoint-slice/endpoint-slice.ts';
import { endpoints } from './endpoints/endpoints.ts';
import { event } from './event/event.ts';
import { ingress } from './ingress/ingress.ts';
import { job } from './job/job.ts';
import type { Kind } from './kind.ts';
import { namespace } from './namespace/namespace.ts';
import { networkPolicy } from './network-policy/network-policy.ts';
import { node } from './node/node.ts';
import { persistentVolumeClaim } from './persistent-volume-claim/persistent-volume-claim.ts';
import { pod } from './pod/pod.ts';
import { replicaSet } from './replica-set/replica-set.ts';
import { replicationController } from './replication-controller/replication-controller.ts';
import { secret } from './secret/secret.ts';
import { service } from './service/service.ts';
import { serviceAccount } from './service-account/service-account.ts';
import { statefulSet } from './stateful-set/stateful-set.ts';

/** Every kind the API server knows, in the order in which discovery lists them. */
export const kinds: readonly Kind[] = Object.freeze<Kind[]>([
  service,
  pod,
  deployment,
  replicaSet,
  namespace,
  node,
  configMap,
  secret,
  serviceAccount,
  endpoints,
  endpointSlice,
  event,
  daemonSet,
  statefulSet,
  job,
  cronJob,
  ingress,
  networkPolicy,
  persistentVolumeClaim,
  replicationController,
]);

/** The kind that `apiVersion` and `kind` of a manifest name; case counts. */
export function kindOf(apiVersion: string, kind: string): Kind | undefined {
  return byVersionAndKind.get(`${apiVersion} ${kind}`);
}

/** The kind whose objects a path names: group `''` is the core group. */
export function kindByResource(group: string, resource: string): Kind | undefined {
  return byResource.get(`${group}/${resource}`);
}

/**
 * The kind a person means on a command line: plural, singular, short or kind name, in any case,
 * with or without `.group` or `.version.group` behind it (cli-runtime's RESTMapper).
 */
export function kindByName(name: string): Kind | undefined {
  const [word = '', ...rest] = name.toLowerCase().split('.');
  const group = rest.join('.');
  return kinds.find(
    (kind) =>
      namesOf(kind).includes(word) &&
      (group === '' || group === kind.group || group === versionAndGroup(kind)),
  );
}

/** `v1`, `apps/v1`: what manifests write as apiVersion. */
export const apiVersionOf = ({ group, version }: Pick<Kind, 'group' | 'version'>): string =>
  group === '' ? version : `${group}/${version}`;

/** `deployments.apps`, `services`: how messages name a resource. */
export const qualifiedResource = ({ group, resource }: Pick<Kind, 'group' | 'resource'>): string =>
  group === '' ? resource : `${resource}.${group}`;

const byVersionAndKind = new Map(kinds.map((kind) => [`${apiVersionOf(kind)} ${kind.kind}`, kind]));
const byResource = new Map(kinds.map((kind) => [`${kind.group}/${kind.resource}`, kind]));

const versionAndGroup = ({ group, version }: Kind): string =>
  group === '' ? version : `${version}.${group}`;

const namesOf = (kind: Kind): readonly string[] => [
  kind.resource,
  kind.singular,
  kind.kind.toLowerCase(),
  ...kind.shortNames,
];
