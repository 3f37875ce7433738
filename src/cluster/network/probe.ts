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
