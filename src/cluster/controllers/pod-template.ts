import type { Cluster } from '../cluster.ts';
import { cloneJson } from '../json.ts';
import { admitPod } from '../kinds/pod/pod-admission.ts';
import { qosClassOf } from '../kinds/pod/qos-class.ts';
import type { ObjectOf } from '../objects.ts';
import { controllerRef, generatedNames, stamp } from './new-object.ts';

type Pod = ObjectOf<'pods'>;
type PodSpec = NonNullable<Pod['spec']>;

/** `count` new Pods of an owner's template, as the API server would have stored them. */
export function podsFromTemplate(
  cluster: Cluster,
  owner: ObjectOf<'replicasets'>,
  count: number,
): Pod[] {
  if (count <= 0) return [];
  const { namespace = 'default', name: ownerName } = owner.metadata;
  const { metadata, spec } = owner.spec?.template ?? {};
  const generateName = `${ownerName}-`;
  const wholeSpec = admitted(spec ?? { containers: [] });
  const qosClass = qosClassOf(wholeSpec);
  const ownerReferences = [controllerRef(owner)];
  const annotations = metadata?.annotations;
  return generatedNames(cluster, namespace, generateName, count).map((name) => {
    const pod: Pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        generateName,
        name,
        namespace,
        generation: 1,
        labels: { ...metadata?.labels },
        ...(annotations && { annotations: { ...annotations } }),
        ownerReferences,
      },
      spec: wholeSpec,
    };
    return stamp(cluster, { ...pod, status: { phase: 'Pending', qosClass } });
  });
}

/** The same for all Pods of a template: a stored object is never changed in place. */
function admitted(template: PodSpec): PodSpec {
  const spec: PodSpec = { enableServiceLinks: true, ...cloneJson(template) };
  admitPod(spec);
  return spec;
}
