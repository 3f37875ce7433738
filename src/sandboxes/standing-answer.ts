import type { Cluster } from '../cluster/cluster.ts';
import { comeToRest } from '../cluster/come-to-rest.ts';
import { equalJson, type Json } from '../cluster/json.ts';
import { differenceOf } from '../cluster/kept.ts';
import { toYaml } from '../cluster/kubectl/print/yaml.ts';
import type { KubeObject, Resource } from '../cluster/objects.ts';
import type { StandingAnswer } from '../grading/verdict.ts';
import type { Standing } from './live.ts';

/**
 * A sandbox as an answer: what its cluster comes to when its Pods have started, and the manifests
 * of what a person made, changed or deleted in it.
 */
export function standingAnswer({ world, cluster }: Standing): StandingAnswer {
  const rested = comeToRest(cluster);
  const objects = differenceOf(world, rested).filter(({ resource }) => !forgets.has(resource));
  return {
    manifest: manifestOf(world, rested),
    cluster: { now: rested.settings.now, version: rested.store.version(), objects },
  };
}

/** What nobody is graded by. */
const forgets: ReadonlySet<Resource> = new Set(['events']);

/** What controllers write for everybody, and the simulator for itself. */
const notAuthored: ReadonlySet<Resource> = new Set(['events', 'sequences']);

/** The manifests of what people wrote, as `kubectl apply` takes them; deletions as comments. */
function manifestOf(world: Cluster, cluster: Cluster): string {
  const documents: string[] = [];
  const deleted: string[] = [];
  for (const { resource, namespace, name, object } of differenceOf(world, cluster)) {
    const before = world.store.get(resource, namespace, name);
    const own = object ?? before;
    if (notAuthored.has(resource) || !own || isControllers(own, cluster)) continue;
    if (!object)
      deleted.push(`# deleted: ${resource} ${namespace ? `${namespace}/` : ''}${name}\n`);
    else if (!before || differs(before, object)) documents.push(toYaml(authored(object)));
  }
  return deleted.join('') + documents.join('---\n');
}

const differs = (one: KubeObject, other: KubeObject): boolean =>
  !equalJson(authored(one) as unknown as Json, authored(other) as unknown as Json);

/** Owned by a controller, or written by one under a Service's name. */
function isControllers({ kind, metadata }: KubeObject, { store }: Cluster): boolean {
  const { labels = {}, ownerReferences = [], namespace = '', name } = metadata;
  if (ownerReferences.some(({ controller }) => controller === true)) return true;
  if (kind === 'EndpointSlice')
    return Object.hasOwn(labels, 'endpointslice.kubernetes.io/managed-by');
  if (kind !== 'Endpoints') return false;
  return store.get('services', namespace, name)?.spec?.selector !== undefined;
}

const serverWrites = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
];

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** Without status and what the server itself writes. */
function authored(object: KubeObject): object {
  const { status: _, metadata, ...rest } = object as KubeObject & { readonly status?: unknown };
  const members = Object.entries(metadata).filter(([member]) => !serverWrites.includes(member));
  const { annotations = {}, ...others } = Object.fromEntries(members) as KubeObject['metadata'];
  const told = Object.entries(annotations).filter(([name]) => name !== lastApplied);
  const kept = told.length > 0 ? { annotations: Object.fromEntries(told) } : {};
  return { ...rest, metadata: { ...others, ...kept } };
}
