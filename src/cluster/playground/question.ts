import type { ImageBehaviour } from '../cluster.ts';
import type { JsonObject } from '../json.ts';
import type { KubectlResult } from '../kubectl/command.ts';
import type { DnsAnswer } from '../network/dns/answer.ts';
import type { PlatformName } from '../network/platform.ts';
import type { Hop, ProbeFailure } from '../network/probe.ts';

/** One kubectl call: `text` is the content of `answer.yaml`, which `-f answer.yaml` names. */
export interface Step {
  readonly verb?: string | undefined;
  readonly text?: string | undefined;
  readonly args?: readonly string[] | undefined;
  /** A whole command line, `kubectl …`, in place of verb and args. */
  readonly command?: string | undefined;
  readonly namespace?: string | undefined;
}

export interface PlaygroundWorld {
  /** What is in the cluster, in order, as `kubectl create` would take it. */
  readonly manifests?: string | undefined;
  readonly images?: Readonly<Record<string, ImageBehaviour['state'] | ImageBehaviour>> | undefined;
  /** `namespace/pod` → `tcp:8080`. */
  readonly listens?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly platform?: PlatformName | undefined;
}

export interface TrafficQuestion {
  /** `pod namespace/name`, `node name` or `outside`. */
  readonly from: string;
  readonly ask: readonly { readonly proto: string; readonly addr: string }[];
}

/** What `POST /v1/simulate` takes. */
export interface Question {
  readonly world?: PlaygroundWorld | undefined;
  readonly steps?: readonly Step[] | undefined;
  readonly ask?:
    | {
        readonly objects?: readonly string[] | undefined;
        readonly traffic?: readonly TrafficQuestion[] | undefined;
        readonly dns?: readonly (readonly [string, string])[] | undefined;
        readonly kubectl?: readonly string[] | undefined;
      }
    | undefined;
}

export interface TrafficAnswer {
  readonly from: string;
  /** `tcp://10.96.0.1:443`. */
  readonly to: string;
  /** Who can answer, as `namespace/pod:port`. */
  readonly reached: readonly string[];
  readonly failed: readonly ProbeFailure[];
  readonly sticky: boolean;
  readonly hops: readonly Hop[];
}

/** What `POST /v1/simulate` answers. */
export interface Answer {
  readonly steps: readonly KubectlResult[];
  /** World objects that the API server did not take. */
  readonly refused: readonly {
    readonly object: string;
    readonly code: number;
    readonly message: string;
  }[];
  readonly objects: Readonly<Record<string, readonly JsonObject[]>>;
  readonly traffic: readonly TrafficAnswer[];
  readonly dns: readonly DnsAnswer[];
  readonly kubectl: readonly {
    readonly args: string;
    readonly exit: number;
    readonly stdout: string;
    readonly stderr: string;
  }[];
}
