import { type Cluster, forkCluster } from '../../cluster/cluster.ts';
import { replacePods } from '../../cluster/controllers/churn.ts';
import { runKubectl } from '../../cluster/kubectl/run.ts';
import { platforms } from '../../cluster/network/platform.ts';
import { type ProbeResult, type ProbeSource, probe } from '../../cluster/network/probe.ts';
import { answerFile, manifestIn } from '../answer-text.ts';
import { addressesOf } from '../checks/resolves.ts';
import { portsOf } from '../checks/service-port.ts';
import { labelsText, type Service } from '../scene.ts';

/**
 * All that a manifest does to the traffic of a world, as a text: who reaches which Pods from every
 * client, under every name, address and port, before and after every Pod was replaced. Two answers
 * behave the same exactly when their signatures are equal.
 */
export function signatureOf(world: Cluster, manifest: string): string {
  const cluster = forkCluster(world);
  const files = { [answerFile]: manifestIn(manifest) };
  const { exit } = runKubectl(cluster, { args: ['apply', '-f', answerFile], files });
  if (exit !== 0) return 'refused';
  const before = behaviour(world, cluster);
  replacePods(cluster);
  return JSON.stringify([before, behaviour(world, cluster)]);
}

function behaviour(world: Cluster, cluster: Cluster): unknown {
  const services = cluster.store.list('services').filter(isOwn);
  const clients = clientsIn(cluster);
  return services.map((service) => [
    service.metadata.namespace,
    service.metadata.name,
    isKept(world, service),
    clients.map((client) => insideOf(cluster, service, client)),
    outsideOf(cluster, service),
  ]);
}

const isOwn = ({ metadata: { namespace, name } }: Service): boolean =>
  namespace !== 'kube-system' && !(namespace === 'default' && name === 'kubernetes');

function isKept(world: Cluster, { metadata, spec }: Service): boolean {
  const before = world.store.get('services', metadata.namespace ?? '', metadata.name);
  return before?.metadata.uid === metadata.uid && before?.spec?.clusterIP === spec?.clusterIP;
}

/** Every Pod that no controller owns, and a node: those that stay when Pods are replaced. */
function clientsIn(cluster: Cluster): ProbeSource[] {
  const pods = cluster.store
    .list('pods')
    .filter(({ metadata }) => !metadata.ownerReferences?.length)
    .filter(({ metadata }) => metadata.namespace !== 'kube-system');
  const node = cluster.store.list('nodes')[0];
  return [
    ...pods.map(
      ({ metadata: { namespace = '', name } }) => ({ kind: 'pod', namespace, name }) as const,
    ),
    ...(node ? [{ kind: 'node', name: node.metadata.name } as const] : []),
  ];
}

const protocols = ['TCP', 'UDP'] as const;

function insideOf(cluster: Cluster, service: Service, client: ProbeSource): unknown {
  const { name } = service.metadata;
  const { addresses } = addressesOf(cluster, client, name);
  const own = addresses.length > 0 && addresses[0] === service.spec?.clusterIP;
  const hosts = [name, service.spec?.clusterIP ?? ''].filter((host) => host && host !== 'None');
  const ports = portsOf(service).map(({ port }) => port);
  return [
    own ? 'own address' : addresses.length,
    ...ports.map((port) =>
      hosts.map((host) =>
        protocols.map((protocol) => [
          port,
          endOf(cluster, probe(cluster, client, { protocol, host, port })),
        ]),
      ),
    ),
  ];
}

function outsideOf(cluster: Cluster, service: Service): unknown {
  const node = platforms[cluster.settings.platform].nodes[0]?.internalIP ?? '';
  const ports = portsOf(service).flatMap(({ port, nodePort }) => [port, nodePort ?? []].flat());
  return ['localhost', node].map((host) =>
    ports.map((port) =>
      protocols.map((protocol) => [
        port,
        endOf(cluster, probe(cluster, { kind: 'outside' }, { protocol, host, port })),
      ]),
    ),
  );
}

/** How a connection ends: by what the Pods are, since their names do not last. */
function endOf(cluster: Cluster, { reached, failed }: ProbeResult): unknown {
  const ends = reached.map(({ pod, port }) => {
    const [namespace = '', name = ''] = pod.split('/');
    return `${namespace} ${labelsText(cluster.store.get('pods', namespace, name)?.metadata.labels)} ${port}`;
  });
  return [ends.sort(), [...failed].sort()];
}
