import type { Finding } from '../../cluster/finding.ts';
import { type ProbeResult, type ProbeSource, probe } from '../../cluster/network/probe.ts';
import { keyOf } from '../../cluster/objects.ts';
import { podsMeant, type Scene, type Service, servicesFor } from '../scene.ts';
import {
  type Attempt,
  attemptsAt,
  type Connects,
  clientOf,
  clientStands,
  clientText,
} from './attempts.ts';
import { bestOf, type Check, failed, type Observation, passed } from './check.ts';
import { clientFinding } from './client-traits.ts';
import { causesOf, noWayIn } from './diagnosis.ts';
import { countFinding } from './pod-count.ts';
import { portsOf } from './service-port.ts';

/** From a client, under an address of the Service, exactly the Pods that are meant answer. */
export const connects: Check<'connects'> = {
  kind: 'connects',
  observe(expectation, scene) {
    const short = expectation.reaches && countFinding(scene.after, expectation.reaches.pods);
    if (short) return failed(short);
    const source = clientOf(expectation.from);
    if (!clientStands(source, scene)) {
      const parameters = { client: clientText(source) };
      return failed({ code: 'check-client-missing', severity: 'error', parameters });
    }
    const services = servicesFor(scene, expectation.service);
    if (expectation.not) return noneReached(expectation, source, services, scene);
    return bestOf(services, (service) => tryService(expectation, source, service, scene));
  },
};

function tryService(
  expectation: Connects,
  source: ProbeSource,
  service: Service,
  scene: Scene,
): Observation {
  const targets = attemptsAt(expectation, service, scene);
  if (targets.length === 0) return failed(...noWayIn(expectation, service, scene));
  return bestOf(targets, (target) => {
    const result = probe(scene.after, source, target);
    const attempt = { source, target, result };
    const other = otherService(attempt, service);
    if (!other && isRight(expectation, result, scene)) {
      const odd = clientFinding(expectation, source, result, service, scene);
      return { findings: odd ? [odd] : [], hops: result.hops };
    }
    const causes = causesOf(expectation, attempt, service, scene);
    return { findings: [other ?? tried(attempt), ...causes], hops: result.hops };
  });
}

/** An open port tells nothing of a Service if it is another one that opened it. */
function otherService(attempt: Attempt, service: Service): Finding | undefined {
  const way = attempt.result.hops.find((hop) => hop.parameters.service !== undefined);
  const observed = way?.parameters.service;
  if (observed === undefined || observed === keyOf(service)) return undefined;
  const finding = describe('check-other-service', attempt);
  const parameters = { ...finding.parameters, service: keyOf(service) };
  return { ...finding, observed: String(observed), parameters };
}

/** All the Pods that are meant answer, at the right port, and nothing else can happen. */
function isRight({ reaches }: Connects, result: ProbeResult, scene: Scene): boolean {
  if (!reaches || result.failed.length > 0) return false;
  const wanted = podsMeant(scene.after, reaches.pods);
  const reached = new Set(result.reached.map(({ pod }) => pod));
  return (
    result.reached.every(({ port }) => port === reaches.port) &&
    reached.size === wanted.length &&
    wanted.every(({ metadata }) => reached.has(`${metadata.namespace}/${metadata.name}`))
  );
}

/** For `not`: whatever Service is tried, nobody may answer. */
function noneReached(
  expectation: Connects,
  source: ProbeSource,
  services: readonly Service[],
  scene: Scene,
): Observation {
  if (services.length === 0) return bestOf(services, () => passed);
  for (const service of services) {
    const usual = attemptsAt(expectation, service, scene).map((target) => {
      return { source, target, path: 'spec.type' };
    });
    const external = source.kind === 'outside' ? externalAttempts(expectation, service, scene) : [];
    for (const { path, ...attempt } of [...usual, ...external]) {
      const result = probe(scene.after, attempt.source, attempt.target);
      if (result.reached.length === 0) continue;
      const range = scene.text.locate(service, path);
      const finding = describe('check-reachable', { ...attempt, result });
      const place = range ? { ...finding, path, range } : finding;
      return { findings: [place], hops: result.hops };
    }
  }
  return passed;
}

/**
 * External addresses are for whoever is routed to a node, as platforms differ in; a node itself
 * stands for all of them.
 */
function externalAttempts({ protocol }: Connects, service: Service, scene: Scene) {
  const name = scene.after.store.list('nodes')[0]?.metadata.name;
  if (name === undefined) return [];
  const source: ProbeSource = { kind: 'node', name };
  return (service.spec?.externalIPs ?? []).flatMap((host) =>
    portsOf(service).map(({ port }) => {
      return { source, target: { protocol, host, port }, path: 'spec.externalIPs' };
    }),
  );
}

/** What was tried and how it ended, before any reason for it. */
function tried(attempt: Attempt): Finding {
  const { reached, failed: failures } = attempt.result;
  if (reached.length > 0) {
    return describe(failures.length > 0 ? 'check-sometimes-fails' : 'check-wrong-answer', attempt);
  }
  return describe(`check-${failures[0] ?? 'timeout'}`, attempt);
}

function describe(code: string, { source, target, result }: Attempt): Finding {
  const stopped = result.hops.find((hop) => !hop.ok);
  const reached = result.reached.map(({ pod, port }) => `${pod}:${port}`).join(', ');
  return {
    code,
    severity: 'error',
    observed: reached || result.failed.join(', '),
    parameters: {
      ...{ from: clientText(source), host: target.host, port: target.port },
      ...{ protocol: target.protocol, reached, failures: result.failed.join(', ') },
      ...(stopped && { stage: stopped.stage, hop: stopped.code }),
    },
  };
}
