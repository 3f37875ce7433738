import type { Cluster } from '../cluster.ts';
import type { ObjectOf } from '../objects.ts';
import { controllerRef, generatedNames, stamp } from './new-object.ts';
import { qosClassOf } from './qos-class.ts';

type Pod = ObjectOf<'pods'>;

/** What admission adds to every Pod: it stays this long on a node that is lost. */
const nodeTolerations = ['not-ready', 'unreachable'].map((state) => ({
  effect: 'NoExecute',
  key: `node.kubernetes.io/${state}`,
  operator: 'Exists',
  tolerationSeconds: 300,
}));

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
  const wholeSpec = withAdmitted(spec ?? { containers: [] });
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
    return stamp(cluster, { ...pod, status: { phase: 'Pending', qosClass: qosClassOf(pod) } });
  });
}

function withAdmitted(spec: NonNullable<Pod['spec']>): NonNullable<Pod['spec']> {
  const given = spec.tolerations ?? [];
  const missing = nodeTolerations.filter(({ key }) => !given.some((each) => each.key === key));
  return {
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
    priority: 0,
    ...spec,
    tolerations: [...given, ...missing],
  };
}
