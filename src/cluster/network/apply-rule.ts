import type { Cluster } from '../cluster.ts';
import type { NodeView } from './address-book.ts';
import { type Arrival, deliver } from './delivery.ts';
import type { Endpoint } from './kube-proxy/endpoint.ts';
import { type Rule, type RuleTable, rulesAt } from './kube-proxy/rules.ts';
import { type Packet, type Verdict, verdictOf } from './kube-proxy/verdict.ts';
import { dropped, type Outcome, unique } from './outcome.ts';
import type { Hop, ProbeFailure } from './probe.ts';

/** Does to a packet what a rule of kube-proxy says, down to the sockets of its endpoints. */
export function applyRule(
  cluster: Cluster,
  rule: Rule,
  table: RuleTable,
  packet: Packet,
  arrival: Arrival,
  node?: NodeView,
): Outcome {
  const verdict = verdictOf(rule, table, packet);
  const service = `${rule.servicePort.namespace}/${rule.servicePort.service}`;
  const { address, port, protocol } = arrival;
  const parameters = { service, address, port, protocol, ...(node && { node: node.name }) };
  const addressed: Hop = {
    stage: 'address',
    ok: true,
    code: `hop-address-${rule.kind}`,
    parameters,
  };
  if (verdict.action !== 'forward') {
    const code = `hop-rule-${verdict.reason}`;
    const stopped: Hop = { stage: 'rule', ok: false, code, parameters };
    const failed: ProbeFailure = verdict.action === 'reject' ? 'refused' : 'timeout';
    return { reached: [], failed: [failed], hops: [addressed, stopped], sticky: false };
  }
  return toEndpoints(cluster, rule, verdict, arrival, [
    addressed,
    { stage: 'rule', ok: true, code: 'hop-rule-forwards', parameters },
  ]);
}

function toEndpoints(
  cluster: Cluster,
  rule: Rule,
  verdict: Extract<Verdict, { action: 'forward' }>,
  arrival: Arrival,
  before: readonly Hop[],
): Outcome {
  const deliveries = verdict.endpoints.map(({ address, port }) =>
    deliver(cluster, { address, port, protocol: arrival.protocol }),
  );
  const chosen = endpointHop(verdict);
  return {
    reached: deliveries.flatMap((delivery) => delivery.reached ?? []),
    failed: unique(deliveries.flatMap((delivery) => delivery.failed ?? [])),
    hops: [...before, chosen, ...distinctHops(deliveries.map((delivery) => delivery.hop))],
    sticky: rule.servicePort.sticky,
  };
}

/** Endpoints of which the same is to be said share a hop; it shows the first of them. */
function distinctHops(hops: readonly Hop[]): readonly Hop[] {
  const groups = new Map<string, { readonly first: Hop; count: number }>();
  for (const hop of hops) {
    const key = `${hop.code} ${hop.parameters.port}`;
    const group = groups.get(key);
    if (group) group.count += 1;
    else groups.set(key, { first: hop, count: 1 });
  }
  return [...groups.values()].map(({ first, count }) => ({
    ...first,
    parameters: { ...first.parameters, count },
  }));
}

function endpointHop({ endpoints, local }: Extract<Verdict, { action: 'forward' }>): Hop {
  const draining = endpoints.every((endpoint: Endpoint) => !endpoint.ready);
  const code = draining
    ? 'hop-endpoints-terminating'
    : local
      ? 'hop-endpoints-local'
      : 'hop-endpoints';
  const listed = endpoints.slice(0, 10).map(({ address, port }) => `${address}:${port}`);
  const parameters = { count: endpoints.length, endpoints: listed.join(', ') };
  return { stage: 'endpoint', ok: true, code, parameters };
}

/** No rule and nobody at the address: the packet leaves by the default route to nowhere. */
export function unclaimed(cluster: Cluster, { address, port, protocol }: Arrival): Outcome {
  const [first, ...others] = rulesAt(cluster, address);
  if (!first) {
    return dropped({
      stage: 'address',
      ok: false,
      code: 'hop-address-nobody',
      parameters: { address },
    });
  }
  const service = `${first.servicePort.namespace}/${first.servicePort.service}`;
  const ports = [first, ...others].map(({ servicePort }) => servicePort);
  const declared = ports.map((entry) => `${entry.port}/${entry.protocol}`).join(', ');
  const parameters = { service, address, port, protocol, declared };
  const other = ports.some((entry) => entry.port === port);
  const code = other ? 'hop-rule-other-protocol' : 'hop-rule-no-such-port';
  return dropped(
    { stage: 'address', ok: true, code: `hop-address-${first.kind}`, parameters },
    { stage: 'rule', ok: false, code, parameters },
  );
}
