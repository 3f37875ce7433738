import autocannon from 'autocannon';
import type { Server } from './process.ts';

/** What one round of requests showed. */
export interface Round {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Processor time of the server for one request, in microseconds. */
  readonly cpuUs: number;
  readonly residentMiB: number;
  /** Answers that were no 2xx, and errors of the connection. */
  readonly wrong: number;
}

export interface Load {
  readonly server: Server;
  /** Of the server's address. */
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent in turn. */
  readonly bodies: readonly string[];
}

/** Requests on loopback for a bounded time. */
export async function run(load: Load, connections: number, seconds: number): Promise<Round> {
  const { server, path, bodies, headers, method } = load;
  const before = server.cpuSeconds();
  const result = await autocannon({
    url: `${server.address}${path}`,
    connections,
    duration: seconds,
    method,
    headers: { 'content-type': 'application/json', ...headers },
    requests: bodies.length ? bodies.map((body) => ({ method, body })) : [{ method }],
  });
  const answered = result['2xx'] + result.non2xx;
  return {
    perSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpuUs: ((server.cpuSeconds() - before) / Math.max(1, answered)) * 1e6,
    residentMiB: server.residentMiB(),
    wrong: result.non2xx + result.errors,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The rounds of one kind as one: medians, all that went wrong, and how far throughput strayed. */
export interface Summary extends Round {
  /** Largest less smallest throughput, as a share of the median: what a difference must exceed. */
  readonly spread: number;
}

export function together(rounds: readonly Round[]): Summary {
  const of = (figure: (round: Round) => number) => rounds.map(figure);
  const rates = of((round) => round.perSecond);
  return {
    perSecond: median(rates),
    p50: median(of((round) => round.p50)),
    p99: median(of((round) => round.p99)),
    cpuUs: median(of((round) => round.cpuUs)),
    residentMiB: Math.max(...of((round) => round.residentMiB)),
    wrong: of((round) => round.wrong).reduce((sum, one) => sum + one, 0),
    spread: (Math.max(...rates) - Math.min(...rates)) / median(rates),
  };
}
