import type { ApiRequest, ApiResponse } from '../cluster/api-server/request.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { KubeObject, Resource } from '../cluster/objects.ts';

/** One write as a watch tells it: the resourceVersion at which it happened, and the object. */
export interface LoggedChange {
  readonly version: number;
  readonly resource: Resource;
  /** Absent: it came into being. */
  readonly before?: KubeObject;
  /** Absent: it was removed. */
  readonly after?: KubeObject;
}

/** The newest changes of a cluster, oldest first; what is older than its bound is forgotten. */
export interface ChangeLog {
  /** The changes after that resourceVersion, or `expired` when some of them are forgotten. */
  since(version: number): readonly LoggedChange[] | 'expired';
  /** Calls back after each turn in which something was written; returns how to stop it. */
  subscribe(listener: () => void): () => void;
}

/** Where time comes from: the engine has none of its own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back once after `delayMs`; returns how to cancel it. */
  after(delayMs: number, run: () => void): () => void;
}

/**
 * What a sandbox may use. Each hook answers with the refusal that the client is to get (a Status
 * such as `tooManyRequests`), or with nothing when all is well.
 */
export interface Quota {
  /** Asked before every request; `bytes` is the size of its body. */
  admit(request: { readonly method: string; readonly bytes: number }): ApiResponse | undefined;
  /** Asked before a write is carried out, with the cluster as it stands. */
  admitWrite(cluster: Cluster, request: ApiRequest): ApiResponse | undefined;
  /** Told how many milliseconds a request kept the engine at work. */
  worked?(milliseconds: number): void;
  /** Asked before a watch or another stream begins; `closeStream` follows when it has ended. */
  openStream(): ApiResponse | undefined;
  closeStream(): void;
}

/** One learner's cluster as the wire drives it. */
export interface Sandbox {
  /** The cluster as of this moment, its clock set; never kept by the caller. */
  cluster(): Cluster;
  /** Brings time forward, answers the request, and lets the controllers act on what it wrote. */
  handle(request: ApiRequest): ApiResponse;
  /** Changes the cluster in another way than by a request (a shell's exit, a kubelet's report). */
  change(act: (cluster: Cluster) => void): void;
  readonly changes: ChangeLog;
  /**
   * Resolves when what was written until now will not be lost; rejects when it may be. Absent where
   * nothing is kept.
   */
  saved?(): Promise<void>;
  readonly quota: Quota;
  /** Stops its timers and ends its watches; it answers no more. */
  close(): void;
  /** Calls back when it is closed: whoever streams ends its stream then. */
  onClose(listener: () => void): () => void;
}

/** What stands behind a capability path or a bearer token. */
export type Opened =
  | { readonly sandbox: Sandbox }
  /** Nothing of that name, or the wrong token: the Status to answer with. */
  | { readonly refusal: ApiResponse };

/** Finds the sandbox a request is for; it may have to be brought back from storage first. */
export interface SandboxDirectory {
  open(capability: string, authorization: string | undefined): Promise<Opened>;
}
