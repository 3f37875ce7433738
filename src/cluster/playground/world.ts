import { handle } from '../api-server/handle.ts';
import { bootstrapCluster } from '../bootstrap.ts';
import {
  type Cluster,
  type ClusterSettings,
  forkCluster,
  type ImageBehaviour,
} from '../cluster.ts';
import { takeReached } from '../controllers/bounds.ts';
import { settle } from '../controllers/settle.ts';
import { cloneJson, isObject, type JsonObject } from '../json.ts';
import { kindOf } from '../kinds/registry.ts';
import { readManifests } from '../kubectl/read/read-manifests.ts';
import type { KubeObject } from '../objects.ts';
import { socketOf } from './addresses.ts';
import type { Answer, PlaygroundWorld } from './question.ts';

/** Names that the world outside the playground's cluster knows; nothing else resolves there. */
const outsideNames = { 'db.example.com': '203.0.113.80', 'api.example.org': '203.0.113.81' };

/** A second namespace to be wrong about, beside `default` and `kube-system`. */
const secondNamespace = 'other';

type Refused = Answer['refused'][number];

/** A cluster with the world's objects in it, come to rest, and what the API server did not take. */
export function prepareWorld(world: PlaygroundWorld): { cluster: Cluster; refused: Refused[] } {
  const cluster = startOf(world);
  const refused = [...createAll(cluster, world.manifests ?? '')];
  settle(cluster);
  for (const { code } of takeReached(cluster)) refused.push(beyond(code));
  return { cluster, refused };
}

/** What the controllers left undone of a world that is too big. */
const beyond = (code: string): Refused => ({
  object: 'world.yaml',
  code: 422,
  message: `${code}: the world asks for more than the lab simulates`,
});

function startOf(world: PlaygroundWorld): Cluster {
  const platform = world.platform ?? 'kubeadm';
  const images = Object.entries(world.images ?? {}).map(([name, image]) => [name, imageOf(image)]);
  const settings: Partial<ClusterSettings> = {
    platform,
    outsideNames,
    images: Object.fromEntries(images),
    ...(world.listens && { listens: listensOf(world.listens) }),
  };
  const prepared = preparedStart(platform);
  return { ...forkCluster(prepared), settings: { ...prepared.settings, ...settings } };
}

const starts = new Map<string, Cluster>();

/** The installer's work is the same for every question: done once a platform. */
function preparedStart(platform: ClusterSettings['platform']): Cluster {
  let start = starts.get(platform);
  if (!start) {
    start = bootstrapCluster({ platform });
    create(start, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: secondNamespace } });
    settle(start);
    starts.set(platform, start);
  }
  return start;
}

const imageOf = (image: ImageBehaviour['state'] | ImageBehaviour): ImageBehaviour =>
  typeof image === 'string' ? { state: image } : image;

function listensOf(listens: Readonly<Record<string, readonly string[]>>) {
  return Object.fromEntries(
    Object.entries(listens).map(([pod, sockets]) => [pod, sockets.map(socketOf)]),
  );
}

function* createAll(cluster: Cluster, manifests: string): Iterable<Refused> {
  if (manifests.trim() === '') return;
  const { documents, failure } = readManifests(manifests, 'world.yaml');
  for (const { object } of documents) {
    const refused = create(cluster, object);
    if (refused) yield refused;
  }
  if (failure) yield { object: 'world.yaml', code: 400, message: failure.message };
}

/** Creates one object as `kubectl create` would, then takes its status as observed. */
function create(cluster: Cluster, object: JsonObject): Refused | undefined {
  const { apiVersion, kind, metadata } = object;
  const meta = isObject(metadata) ? metadata : {};
  const called = `${kind}/${meta.name}`;
  const known = kindOf(String(apiVersion), String(kind));
  if (!known) {
    const message = `no matches for kind "${kind}" in version "${apiVersion}"`;
    return { object: called, code: 404, message };
  }
  const namespace = known.namespaced ? String(meta.namespace ?? 'default') : '';
  const base = known.group === '' ? '/api/v1' : `/apis/${known.group}/${known.version}`;
  const path = `${base}${namespace && `/namespaces/${namespace}`}/${known.resource}`;
  const query = { fieldValidation: 'Strict' };
  const answer = handle(cluster, { method: 'POST', path, query, body: object });
  if (answer.code >= 300) {
    return { object: called, code: answer.code, message: String(answer.body.message) };
  }
  observe(cluster, known.resource, answer.body as unknown as KubeObject, object);
  return undefined;
}

/** What a kubelet or a cloud wrote, and what somebody deleted, the world's author may state. */
function observe(cluster: Cluster, resource: string, stored: KubeObject, given: JsonObject): void {
  const meta = isObject(given.metadata) ? given.metadata : {};
  const deletionTimestamp = resource === 'pods' ? meta.deletionTimestamp : undefined;
  if (!isObject(given.status) && deletionTimestamp === undefined) return;
  const observed = cloneJson(stored) as KubeObject & { status?: unknown };
  if (isObject(given.status)) observed.status = cloneJson(given.status);
  if (deletionTimestamp !== undefined) {
    observed.metadata.deletionTimestamp = String(deletionTimestamp);
    observed.metadata.deletionGracePeriodSeconds = 30;
  }
  cluster.store.put(resource, observed as never);
}
