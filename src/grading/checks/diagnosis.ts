import type { Finding } from '../../cluster/finding.ts';
import { podsMeant, type Scene, type Service } from '../scene.ts';
import { type Attempt, type Connects, outsidePorts } from './attempts.ts';
import { byHandFinding, slicesByHand } from './endpoints-by-hand.ts';
import { findingAt, shown } from './field.ts';
import { selectorFinding } from './selector.ts';
import { selectionFinding } from './selects.ts';
import { portsOf, portsText, type ServicePort, targetPortPath } from './service-port.ts';

/** Everything a rule may look at. */
interface Case {
  readonly expectation: Connects;
  readonly attempt: Attempt;
  readonly service: Service;
  readonly scene: Scene;
  /** The Service's port that the attempt went through, and its place in the list. */
  readonly index: number;
  readonly port: ServicePort | undefined;
}

type Rule = (at: Case) => Finding | undefined;

/**
 * Why a connection ended as it did: the first rule that knows an answer. They stand in the order
 * of the packet's way, so that the first thing wrong is the one that is told.
 */
const rules: readonly Rule[] = [
  externalName,
  otherNamespace,
  notExposed,
  protocolDiffers,
  otherNodePort,
  noNodePort,
  portUndeclared,
  endpointsByHand,
  noPods,
  unnamedTargetPort,
  localTrafficOnly,
  sourceKeptOut,
  wrongPods,
  nothingListens,
  wrongPort,
];

export function causesOf(
  expectation: Connects,
  attempt: Attempt,
  service: Service,
  scene: Scene,
): readonly Finding[] {
  const type = service.spec?.type;
  const through = (each: ServicePort) => goesThrough(type, each, expectation, attempt);
  const index = portsOf(service).findIndex(through);
  const at = { expectation, attempt, service, scene, index, port: portsOf(service)[index] };
  for (const rule of rules) {
    const finding = rule(at);
    if (finding) return [finding];
  }
  return [];
}

const ways: Readonly<Record<Connects['by'], string>> = {
  name: 'name',
  'full-name': 'full name',
  'cluster-ip': 'cluster IP',
  'node-port': 'node port',
  localhost: 'node port or load balancer at localhost',
  'load-balancer': 'load balancer’s address',
};

/** Why there is no address at all under which the client could try this Service. */
export function noWayIn(
  { by }: Connects,
  service: Service,
  scene: Scene,
): readonly [Finding, ...Finding[]] {
  const parameters = { service: service.metadata.name, by: ways[by] };
  const none: Finding = { code: 'check-no-address', severity: 'error', parameters };
  const type = service.spec?.type;
  const say = (path: string, code: string) =>
    findingAt(scene.text, service, path, { code, observed: shown(type) });
  if (type === 'ExternalName') return [none, say('spec.type', 'check-external-name')];
  if (by === 'load-balancer' && type === 'LoadBalancer') {
    return [none, say('spec.type', 'check-pending-load-balancer')];
  }
  if (by === 'load-balancer' && type === 'NodePort') {
    return [none, say('spec.type', 'check-no-load-balancer')];
  }
  if (by !== 'cluster-ip') return [none, say('spec.type', 'check-not-exposed')];
  return [none, say('spec.clusterIP', 'check-headless')];
}

function goesThrough(
  type: string | undefined,
  port: ServicePort,
  { by }: Connects,
  { target }: Attempt,
): boolean {
  if ((port.protocol ?? 'TCP') !== target.protocol) return false;
  return numbersOf(type, port, { by }).includes(target.port);
}

/** The numbers that lead to a port of a Service, tried this way. */
function numbersOf(
  type: string | undefined,
  port: ServicePort,
  { by }: Pick<Connects, 'by'>,
): readonly (number | undefined)[] {
  if (by === 'node-port') return [port.nodePort];
  return by === 'localhost' ? outsidePorts(type, port) : [port.port];
}

const fromOutside = ({ by }: Connects): boolean =>
  by === 'node-port' || by === 'localhost' || by === 'load-balancer';

function externalName({ service, scene }: Case): Finding | undefined {
  if (service.spec?.type !== 'ExternalName') return undefined;
  return findingAt(scene.text, service, 'spec.type', { code: 'check-external-name' });
}

function otherNamespace({ attempt, expectation, service, scene }: Case): Finding | undefined {
  const { source, result } = attempt;
  const observed = service.metadata.namespace ?? '';
  if (expectation.by !== 'name' || source.kind !== 'pod' || result.reached.length > 0) {
    return undefined;
  }
  if (source.namespace === observed) return undefined;
  return findingAt(scene.text, service, 'metadata.namespace', {
    ...{ code: 'check-other-namespace', observed, parameters: { client: source.namespace } },
  });
}

function notExposed({ expectation, service, scene }: Case): Finding | undefined {
  if (!fromOutside(expectation) || service.spec?.type !== 'ClusterIP') return undefined;
  const finding = { code: 'check-not-exposed', observed: 'ClusterIP' };
  return findingAt(scene.text, service, 'spec.type', finding);
}

function otherNodePort({ expectation, attempt, service, scene, port }: Case): Finding | undefined {
  if (!fromOutside(expectation) || expectation.by === 'load-balancer' || port) return undefined;
  const index = portsOf(service).findIndex((each) => each.nodePort !== undefined);
  const nodePort = portsOf(service)[index]?.nodePort;
  if (nodePort === undefined) return undefined;
  return findingAt(scene.text, service, `spec.ports[${index}].nodePort`, {
    ...{ code: 'check-node-port-differs', observed: String(nodePort) },
    parameters: { port: attempt.target.port },
  });
}

function protocolDiffers({
  expectation,
  attempt,
  service,
  scene,
  port,
}: Case): Finding | undefined {
  if (port) return undefined;
  const { target } = attempt;
  const type = service.spec?.type;
  const index = portsOf(service).findIndex((each) =>
    numbersOf(type, each, expectation).includes(target.port),
  );
  const found = portsOf(service)[index];
  if (!found) return undefined;
  return findingAt(scene.text, service, `spec.ports[${index}].protocol`, {
    ...{ code: 'check-protocol-differs', observed: found.protocol ?? 'TCP' },
    parameters: { port: target.port, protocol: target.protocol },
  });
}

/** A load balancer hands traffic on to node ports; where none was given out, nothing arrives. */
function noNodePort({ expectation, service, scene, port }: Case): Finding | undefined {
  const { allocateLoadBalancerNodePorts, type } = service.spec ?? {};
  if (!fromOutside(expectation) || type !== 'LoadBalancer') return undefined;
  if (port?.nodePort || allocateLoadBalancerNodePorts !== false) return undefined;
  const path = 'spec.allocateLoadBalancerNodePorts';
  return findingAt(scene.text, service, path, { code: 'check-no-node-port' });
}

function portUndeclared({ attempt, service, scene, port }: Case): Finding | undefined {
  if (port || service.spec?.clusterIP === 'None') return undefined;
  return findingAt(scene.text, service, 'spec.ports[0].port', {
    ...{ code: 'check-port-undeclared', observed: portsText(service) },
    parameters: { port: attempt.target.port },
  });
}

function endpointsByHand({ attempt, service, scene, port }: Case): Finding | undefined {
  const stopped = attempt.result.hops.find((hop) => !hop.ok);
  return byHandFinding({ scene, service, port, stopped });
}

function noPods({ service, scene }: Case): Finding | undefined {
  return hasOwnEndpoints(scene, service) ? undefined : selectorFinding(scene, service);
}

/** Whether somebody wrote endpoints for it, so that neither selector nor targetPort counts. */
const hasOwnEndpoints = (scene: Scene, service: Service): boolean =>
  slicesByHand(scene, service).length > 0;

/** A named targetPort that no selected Pod gives to a container port. */
function unnamedTargetPort({
  expectation,
  service,
  scene,
  port,
  index,
}: Case): Finding | undefined {
  const observed = port?.targetPort;
  if (typeof observed !== 'string' || !expectation.reaches) return undefined;
  if (hasOwnEndpoints(scene, service)) return undefined;
  const pods = podsMeant(scene.after, expectation.reaches.pods);
  const declared = pods[0]?.spec?.containers.flatMap((each) => each.ports ?? []) ?? [];
  if (declared.some(({ name }) => name === observed)) return undefined;
  const ports = declared.map((each) => each.name ?? `${each.containerPort} without a name`);
  return findingAt(scene.text, service, targetPortPath(service, index), {
    ...{ code: 'check-target-port-unnamed', observed },
    parameters: { ports: ports.join(', ') || 'none declared' },
  });
}

function localTrafficOnly({ expectation, attempt, service, scene }: Case): Finding | undefined {
  const stopped = attempt.result.hops.find((hop) => !hop.ok);
  if (stopped?.code !== 'hop-rule-no-local-endpoints') return undefined;
  const policy = fromOutside(expectation) ? 'externalTrafficPolicy' : 'internalTrafficPolicy';
  const path = `spec.${policy}`;
  return findingAt(scene.text, service, path, { code: 'check-local-traffic-only' });
}

function sourceKeptOut({ attempt, service, scene }: Case): Finding | undefined {
  const stopped = attempt.result.hops.find((hop) => !hop.ok);
  if (stopped?.code !== 'hop-rule-source-ranges') return undefined;
  const observed = (service.spec?.loadBalancerSourceRanges ?? []).join(', ');
  const finding = { code: 'check-source-ranges', observed };
  return findingAt(scene.text, service, 'spec.loadBalancerSourceRanges', finding);
}

function nothingListens({ attempt, service, scene, port, index }: Case): Finding | undefined {
  const stopped = attempt.result.hops.find((hop) => !hop.ok);
  if (stopped?.stage !== 'socket') return undefined;
  if (service.spec?.clusterIP === 'None') {
    return findingAt(scene.text, service, 'spec.clusterIP', { code: 'check-headless' });
  }
  const { pod = '' } = stopped.parameters;
  const observed = shown(stopped.parameters.port ?? port?.targetPort ?? port?.port);
  return findingAt(scene.text, service, targetPortPath(service, Math.max(index, 0)), {
    ...{ code: 'check-nothing-listens', observed, parameters: { pod } },
  });
}

function wrongPods({ expectation, service, scene }: Case): Finding | undefined {
  if (!expectation.reaches || hasOwnEndpoints(scene, service)) return undefined;
  return selectionFinding(scene, service, expectation.reaches.pods);
}

function wrongPort({ expectation, attempt, service, scene, index }: Case): Finding | undefined {
  const others = attempt.result.reached.filter(({ port }) => port !== expectation.reaches?.port);
  if (others.length === 0) return undefined;
  const observed = [...new Set(others.map(({ port }) => port))].join(', ');
  return findingAt(scene.text, service, targetPortPath(service, Math.max(index, 0)), {
    ...{ code: 'check-reaches-other-port', observed },
  });
}
