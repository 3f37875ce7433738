import type { Finding } from '../../cluster/finding.ts';
import type { Hop } from '../../cluster/network/probe.ts';
import type { KubeObject, ObjectOf } from '../../cluster/objects.ts';
import type { Scene, Service } from '../scene.ts';
import { findingAt } from './field.ts';
import { slicesOf } from './ready-endpoints.ts';
import type { ServicePort } from './service-port.ts';

type Slice = ObjectOf<'endpointslices'>;

/** What is looked at of a Service without a selector, whose endpoints somebody else writes. */
export interface ByHand {
  readonly scene: Scene;
  readonly service: Service;
  readonly port: ServicePort | undefined;
  /** Where the packet was stopped. */
  readonly stopped: Hop | undefined;
}

/**
 * The slices with a ready address of a Service that looks for no Pods itself. What the controller
 * wrote while there was a selector stays when that is taken away, mirrored even, and is nobody's
 * hand.
 */
export function slicesByHand(scene: Scene, service: Service): readonly Slice[] {
  if (Object.keys(service.spec?.selector ?? {}).length > 0) return [];
  return slicesOf(scene, service).filter(
    ({ endpoints, metadata }) =>
      metadata.labels?.[managedBy] !== controller &&
      metadata.labels?.['endpoints.kubernetes.io/managed-by'] !== 'endpoint-controller' &&
      endpoints.some(({ conditions }) => conditions?.ready !== false),
  );
}

const managedBy = 'endpointslice.kubernetes.io/managed-by';
const controller = 'endpointslice-controller.k8s.io';

/** Why endpoints that were written by hand do not lead where they should. */
export function byHandFinding(at: ByHand): Finding | undefined {
  const slices = slicesByHand(at.scene, at.service);
  const [first] = slices;
  if (!first || !at.port) return undefined;
  const wanted = keyOf(at.port);
  const slice = slices.find(({ ports }) => ports?.some((each) => keyOf(each) === wanted));
  return slice ? stoppedFinding(at, slice) : portNameFinding(at, at.port, slices, first);
}

/** kube-proxy joins a Service's port and those of its endpoints by name and protocol. */
const keyOf = ({ name, protocol }: Pick<ServicePort, 'name' | 'protocol'>): string =>
  `${name ?? ''}/${protocol ?? 'TCP'}`;

function portNameFinding(
  { scene }: ByHand,
  port: ServicePort,
  slices: readonly Slice[],
  first: Slice,
): Finding {
  const names = slices.flatMap(({ ports }) => (ports ?? []).map(keyOf));
  const [object, path] = written(scene, first, 'ports');
  return findingAt(scene.text, object, path, {
    ...{ code: 'check-endpoint-port-name', observed: names.map(spoken).join(', ') },
    parameters: { wanted: spoken(keyOf(port)) },
  });
}

/** A port's key with a name that is empty made visible. */
const spoken = (key: string): string => (key.startsWith('/') ? `""${key}` : key);

const stops: Readonly<Record<string, readonly [code: string, field: string]>> = {
  'hop-endpoint-nobody': ['check-endpoint-nobody', 'endpoints'],
  'hop-node-closed': ['check-endpoint-closed', 'ports'],
  'hop-socket-closed': ['check-endpoint-closed', 'ports'],
};

function stoppedFinding({ scene, stopped }: ByHand, slice: Slice): Finding | undefined {
  const [code, field] = stops[stopped?.code ?? ''] ?? [];
  if (!stopped || code === undefined || field === undefined) return undefined;
  const { address = '', port = '' } = stopped.parameters;
  const [object, path] = written(scene, slice, field);
  const observed = code === 'check-endpoint-nobody' ? String(address) : `${address}:${port}`;
  return findingAt(scene.text, object, path, { code, observed });
}

/** Where it was written: a slice that mirrors Endpoints is nobody's own text. */
function written(scene: Scene, slice: Slice, field: string): [KubeObject, string] {
  const { namespace = '', labels = {} } = slice.metadata;
  const name = labels['kubernetes.io/service-name'] ?? '';
  const endpoints = scene.after.store.get('endpoints', namespace, name);
  const mirrored = labels[managedBy]?.startsWith('endpointslicemi');
  if (!mirrored || !endpoints) return [slice, field];
  return [endpoints, field === 'ports' ? 'subsets[0].ports' : 'subsets[0].addresses'];
}
