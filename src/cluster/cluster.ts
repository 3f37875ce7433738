import { createStore, type Store } from './api-server/store.ts';
import type { PlatformName } from './network/platform.ts';

/** What one socket of a container answers with. */
export type SocketAnswer =
  | 'nginx'
  | 'echo'
  | { readonly json: unknown }
  | { readonly text: string }
  | { readonly status: number; readonly body: string; readonly contentType?: string };

export interface ListeningSocket {
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly port: number;
  /** `127.0.0.1` for a process that can be reached from its own Pod only; all addresses otherwise. */
  readonly address?: string;
  readonly answers?: SocketAnswer;
}

/** What becomes of a container by its image. */
export interface ImageBehaviour {
  readonly state: 'runs' | 'missing' | 'crashes' | 'not-ready' | 'slow';
  /** Absent: not known, so nothing is assumed to listen. */
  readonly listens?: readonly ListeningSocket[];
}

/** All that is handed in from outside: the engine itself has no clock, no chance and no files. */
export interface ClusterSettings {
  readonly platform: PlatformName;
  /** The time in the cluster, in milliseconds since 1970. */
  readonly now: number;
  /** By image name, with or without tag: the longest name that fits wins. */
  readonly images: Readonly<Record<string, ImageBehaviour>>;
  /** By `namespace/pod`. When given, it is the whole truth about listening sockets of every Pod. */
  readonly listens?: Readonly<Record<string, readonly ListeningSocket[]>>;
  /** IPv4 addresses by name, of the world outside the cluster's own domain. */
  readonly outsideNames: Readonly<Record<string, string>>;
  /** Whether a kubelet runs: starts Pods that have no status, gives them addresses, reports. */
  readonly kubelet: boolean;
  /**
   * Pods start and stop in steps that somebody with a clock takes (controllers/pod-steps.ts), in
   * place of being at rest at once.
   */
  readonly podSteps?: boolean;
  /** How much controllers may make; what is absent is `limits.pods` and `limits.endpoints`. */
  readonly bounds?: { readonly pods?: number; readonly endpoints?: number };
}

/** A simulated cluster. Everything that changes is in the store, so a fork of the store is a fork. */
export interface Cluster {
  readonly settings: ClusterSettings;
  readonly store: Store;
}

const defaultSettings: ClusterSettings = {
  platform: 'kubeadm',
  now: Date.UTC(2026, 0, 1),
  images: {},
  outsideNames: {},
  kubelet: true,
};

/** An empty store: see bootstrap.ts for a cluster as an installer leaves it. */
export function emptyCluster(settings: Partial<ClusterSettings> = {}): Cluster {
  return { settings: { ...defaultSettings, ...settings }, store: createStore() };
}

/** An independent copy that costs what is changed in it. */
export function forkCluster(cluster: Cluster): Cluster {
  return { ...cluster, store: cluster.store.fork() };
}
