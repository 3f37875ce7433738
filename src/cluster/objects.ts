import type { Deployment, ReplicaSet } from 'kubernetes-types/apps/v1.js';
import type {
  ConfigMap,
  Endpoints,
  Event,
  Namespace,
  Node,
  Pod,
  Secret,
  Service,
  ServiceAccount,
} from 'kubernetes-types/core/v1.js';
import type { EndpointSlice } from 'kubernetes-types/discovery/v1.js';
import type { ObjectMeta } from 'kubernetes-types/meta/v1.js';

/** What every stored object has: the API's TypeMeta and ObjectMeta, with a name. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: { -readonly [K in keyof ObjectMeta]: ObjectMeta[K] } & { name: string };
}

type Stored<T> = Omit<T, 'apiVersion' | 'kind' | 'metadata'> & KubeObject;

/** The typed view of each resource that something in the lab acts on, by its plural name. */
export interface ResourceTypes {
  configmaps: Stored<ConfigMap>;
  deployments: Stored<Deployment>;
  endpoints: Stored<Endpoints>;
  endpointslices: Stored<EndpointSlice>;
  events: Stored<Event>;
  namespaces: Stored<Namespace>;
  nodes: Stored<Node>;
  pods: Stored<Pod>;
  replicasets: Stored<ReplicaSet>;
  secrets: Stored<Secret>;
  serviceaccounts: Stored<ServiceAccount>;
  services: Stored<Service>;
}

/** The plural name of a resource as paths spell it; those without a typed view are plain objects. */
export type Resource = keyof ResourceTypes | (string & {});

export type ObjectOf<R extends Resource> = R extends keyof ResourceTypes
  ? ResourceTypes[R]
  : KubeObject;

export const keyOf = (object: KubeObject): string =>
  `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
