import { cidrContains } from '../ipv4.ts';
import type { Endpoint } from './endpoint.ts';
import type { Rule, RuleTable } from './rules.ts';

/**
 * Who sends, seen from the node whose rules apply: one of its Pods, the node itself, or anything
 * else (outside, or another node that put its own address on the packet).
 */
export type Sender = 'pod' | 'node' | 'elsewhere';

export interface Packet {
  readonly sender: Sender;
  /** The sender's address; undefined when it is not known. */
  readonly from: string | undefined;
  /** Whether the destination is an address of a node. */
  readonly toNode: boolean;
}

/** What the rule does with a packet, and why (k/k pkg/proxy/iptables/proxier.go). */
export type Verdict =
  | { readonly action: 'forward'; readonly endpoints: readonly Endpoint[]; readonly local: boolean }
  | {
      readonly action: 'reject' | 'drop';
      readonly reason: 'no-endpoints' | 'no-local-endpoints' | 'source-ranges' | 'not-hooked';
    };

const reject: Verdict = { action: 'reject', reason: 'no-endpoints' };
const noLocal: Verdict = { action: 'drop', reason: 'no-local-endpoints' };

export function verdictOf(rule: Rule, table: RuleTable, packet: Packet): Verdict {
  return rule.kind === 'cluster-ip' ? internal(rule, table) : external(rule, table, packet);
}

function internal(rule: Rule, table: RuleTable): Verdict {
  const { cluster, local, any } = table.endpointsOf(rule);
  if (!any) return reject;
  if (!rule.servicePort.internalLocal) return forward(cluster, false);
  return local.length > 0 ? forward(local, true) : noLocal;
}

/**
 * Pods and the node itself never meet the external policy: their packets are treated as if they
 * had gone to a load balancer and come back to any node.
 */
function external(rule: Rule, table: RuleTable, packet: Packet): Verdict {
  const { cluster, local, any } = table.endpointsOf(rule);
  if (!isAllowed(rule, packet)) return { action: 'drop', reason: 'source-ranges' };
  if (!any) return packet.sender === 'node' && !packet.toNode ? notHooked : reject;
  if (!rule.servicePort.externalLocal || packet.sender !== 'elsewhere') {
    return forward(cluster, false);
  }
  return local.length > 0 ? forward(local, true) : noLocal;
}

/** The table that rejects external destinations is not asked for what the node itself sends out. */
const notHooked: Verdict = { action: 'drop', reason: 'not-hooked' };

const forward = (endpoints: readonly Endpoint[], local: boolean): Verdict =>
  endpoints.length > 0 ? { action: 'forward', endpoints, local } : reject;

function isAllowed(rule: Rule, packet: Packet): boolean {
  const { sourceRanges } = rule.servicePort;
  if (rule.kind !== 'load-balancer' || sourceRanges.length === 0) return true;
  const { from } = packet;
  return from !== undefined && sourceRanges.some((range) => cidrContains(range, from));
}
