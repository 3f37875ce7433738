import type { Cluster } from '../cluster.ts';
import { namesOf, type ResolvedName } from './names.ts';
import type { Outcome } from './outcome.ts';
import { route } from './route.ts';
import { isHop, type Sender, senderOf } from './sender.ts';

/** Who makes the connection. */
export type ProbeSource =
  | { readonly kind: 'pod'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'node'; readonly name: string }
  /** A machine outside the cluster; on a desktop platform, the learner's own. */
  | { readonly kind: 'outside' };

export interface ProbeTarget {
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  /** An IPv4 address or a name; a name is resolved as the source's resolver would. */
  readonly host: string;
  readonly port: number;
}

/** One who may answer: a socket in a Pod. */
export interface Reached {
  /** `namespace/pod`. */
  readonly pod: string;
  readonly address: string;
  readonly port: number;
}

/** The way of a packet, in order: a probe stops at the first hop that fails. */
export type HopStage = 'name' | 'address' | 'rule' | 'endpoint' | 'socket';

export interface Hop {
  readonly stage: HopStage;
  readonly ok: boolean;
  /** Stable, kebab-case, with `hop-` in front; the catalogue has its sentence. */
  readonly code: string;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
}

/**
 * `refused`: a reset or an ICMP answer, at once. `timeout`: dropped, or sent where nobody answers.
 * `unresolved`: the name has no address.
 */
export type ProbeFailure = 'refused' | 'timeout' | 'unresolved';

/** Everything that can happen to such a connection, not one lucky draw. */
export interface ProbeResult {
  readonly reached: readonly Reached[];
  readonly failed: readonly ProbeFailure[];
  readonly hops: readonly Hop[];
  /** Whether session affinity pins a client to one endpoint. */
  readonly sticky: boolean;
}

/**
 * Every way a connection from `source` to `target` can end, with the way the packet takes. Never
 * throws: a source that does not exist, or a name without an address, is an outcome too.
 */
export function probe(cluster: Cluster, source: ProbeSource, target: ProbeTarget): ProbeResult {
  const sender = senderOf(cluster, source);
  if (isHop(sender)) return { ...nothing, failed: ['timeout'], hops: [sender] };
  const { addresses, hop } = namesOf(cluster, sender, target.host);
  const before = hop ? [hop] : [];
  if (addresses.length === 0) return { ...nothing, failed: ['unresolved'], hops: before };
  return connect(cluster, sender, target, { addresses, ...(hop && { hop }) });
}

const nothing: ProbeResult = { reached: [], failed: [], hops: [], sticky: false };

/** A client tries the addresses of a name one after the other: it fails when all of them do. */
function connect(
  cluster: Cluster,
  sender: Sender,
  { port, protocol }: ProbeTarget,
  { addresses, hop }: ResolvedName,
): ProbeResult {
  const outcomes = addresses.map((address) => route(cluster, sender, { address, port, protocol }));
  const mayFail = outcomes.every((outcome) => outcome.failed.length > 0);
  const failed = mayFail ? outcomes.flatMap((outcome) => outcome.failed) : [];
  const shown = outcomes.find((outcome) => outcome.reached.length === 0) ?? outcomes[0];
  return {
    reached: outcomes.flatMap((outcome) => outcome.reached),
    failed: [...new Set(failed)],
    hops: [...(hop ? [hop] : []), ...hopsOf(mayFail ? shown : outcomes[0])],
    sticky: outcomes.length === 1 && outcomes[0]?.sticky === true,
  };
}

const hopsOf = (outcome: Outcome | undefined): readonly Hop[] => outcome?.hops ?? [];
