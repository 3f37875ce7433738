import type { ApiRequest, ApiResponse } from '../api-server/request.ts';
import type { Cluster } from '../cluster.ts';
import type { Finding } from '../finding.ts';
import type { Json } from '../json.ts';

/** A command line for kubectl, without the leading `kubectl`, already split into words. */
export interface Invocation {
  readonly args: readonly string[];
  /** The files of the working folder, by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** `idle` leaves the controllers no time after what the line writes; they come to rest if absent. */
  readonly controllers?: 'idle';
  /** The namespace of the current context; `default` when absent. */
  readonly namespace?: string;
}

/** A writing request that kubectl sent, and what came back. */
export interface SentRequest {
  readonly method: ApiRequest['method'];
  /** Without its query. */
  readonly path: string;
  readonly code: number;
  readonly warnings?: readonly string[];
  readonly patchType?: string;
  readonly body?: Json;
  readonly response: Json;
}

/** A field or kind that was accepted but that nothing in the lab acts on. */
export interface NotSimulated {
  readonly object: string;
  readonly field?: string;
  readonly reason: string;
}

/** All that an invocation shows for itself. `findings` are our own words, beside kubectl's. */
export interface KubectlResult {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly requests: readonly SentRequest[];
  readonly findings: readonly Finding[];
  readonly notSimulated: readonly NotSimulated[];
}

export interface Flag {
  readonly name: string;
  readonly short?: string;
  /** `list` may be repeated or comma-separated, `array` repeated only. */
  readonly kind: 'string' | 'bool' | 'int' | 'duration' | 'list' | 'array';
  /** What the flag is worth when it stands without `=value` (pflag's NoOptDefVal). */
  readonly bare?: string;
  readonly default?: string;
  readonly summary: string;
}

/** A command line after the grammar has been read. */
export interface Parsed {
  readonly positionals: readonly string[];
  /** What follows `--`, or undefined without one. */
  readonly afterDash?: readonly string[];
  /** The last value of a flag, or its default; undefined where it was not set and has none. */
  flag(name: string): string | undefined;
  /** All values of a `list` or `array` flag. */
  flags(name: string): readonly string[];
  /** Whether the flag stood on the line. */
  changed(name: string): boolean;
}

/** What a command works with. */
export interface CommandContext {
  readonly cluster: Cluster;
  readonly namespace: string;
  /** Whether the line itself named the namespace, by `-n` or `--namespace`. */
  readonly namespaceGiven: boolean;
  /** Sends a request; writing ones are recorded and their warnings printed on stderr. */
  send(request: ApiRequest): ApiResponse;
  readFile(name: string): string | undefined;
  readonly stdin: string | undefined;
  out(text: string): void;
  err(text: string): void;
  find(finding: Finding): void;
  notSimulated(entry: NotSimulated): void;
}

/** One kubectl command: a file of its own and one line in the registry. */
export interface Command {
  /** The words that call it: `['create', 'service', 'clusterip']`. */
  readonly path: readonly string[];
  readonly aliases?: readonly string[];
  /** One sentence for docs/kubectl.md. */
  readonly summary: string;
  readonly flags: readonly Flag[];
  /** False for what kubectl has and the lab has not: its flags are not read. */
  readonly offered?: boolean;
  /** Returns the exit code, 0 when it returns nothing. Throws KubectlError to stop at once. */
  run(context: CommandContext, parsed: Parsed): number | undefined;
}

/** Ends a command at once: `text` goes to stderr as it is, with a line end. */
export class KubectlError extends Error {
  readonly exit: number;

  constructor(text: string, exit = 1) {
    super(text);
    this.exit = exit;
  }
}
