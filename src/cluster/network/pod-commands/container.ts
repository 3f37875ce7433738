import type { Cluster } from '../../cluster.ts';
import type { KubeObject, ResourceTypes } from '../../objects.ts';
import { knownImage, type Tool } from '../images.ts';
import { environmentOf } from './environment.ts';
import type { PodShell } from './pod-command.ts';

/** What a process finds in a container: the first one unless one is named. */
export function openShell(
  cluster: Cluster,
  pod: ResourceTypes['pods'],
  named: string | undefined,
  input: string,
): PodShell {
  const containers = pod.spec?.containers ?? [];
  const container = containers.find((each) => each.name === named) ?? containers[0];
  const { namespace = '', name } = pod.metadata;
  const tools = new Set([
    ...toolsOfImage(container?.image ?? ''),
    ...installedTools(cluster, namespace, name, container?.name ?? ''),
  ]);
  return {
    cluster,
    pod,
    source: { kind: 'pod', namespace, name },
    tools,
    environment: environmentOf(cluster, pod, container?.name ?? ''),
    input,
    lastExit: 0,
    done: { connections: 0, commands: 0 },
    install(added) {
      for (const tool of added) tools.add(tool);
      keepInstalled(cluster, namespace, name, container?.name ?? '', [...tools]);
    },
  };
}

/** An image of which nothing is known is taken to have a shell and the C library's programs. */
const toolsOfImage = (image: string): readonly Tool[] => knownImage(image)?.tools ?? ['glibc'];

/** Beside the API's own resources: what was changed in the file systems of containers. */
const layers = 'containerlayers';

interface Layer extends KubeObject {
  readonly tools: readonly Tool[];
}

const layerName = (pod: string, container: string): string => `${pod}/${container}`;

function installedTools(
  cluster: Cluster,
  namespace: string,
  pod: string,
  container: string,
): readonly Tool[] {
  const layer = cluster.store.get(layers, namespace, layerName(pod, container));
  return layer ? (layer as Layer).tools : [];
}

function keepInstalled(
  cluster: Cluster,
  namespace: string,
  pod: string,
  container: string,
  tools: readonly Tool[],
): void {
  const metadata = { namespace, name: layerName(pod, container) };
  const layer: Layer = { apiVersion: 'lab', kind: 'ContainerLayer', metadata, tools };
  cluster.store.put(layers, layer);
}
