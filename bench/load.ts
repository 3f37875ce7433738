import autocannon from 'autocannon';

/** What one round of requests showed. */
export interface Round {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly wrong: number;
}

export interface Load {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly bodies: readonly string[];
  readonly method?: 'GET' | 'POST';
}

/** Requests on loopback for a bounded time; anything but a 2xx counts as wrong. */
export async function run(load: Load): Promise<Round> {
  const { url, connections, seconds, bodies, headers, method = 'POST' } = load;
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    method,
    headers: { 'content-type': 'application/json', ...headers },
    requests: bodies.length ? bodies.map((body) => ({ method, body })) : [{ method }],
  });
  return {
    perSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    wrong: result.non2xx + result.errors,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The rounds of one kind as one: medians of each figure. */
export function together(rounds: readonly Round[]): Round {
  return {
    perSecond: median(rounds.map((round) => round.perSecond)),
    p50: median(rounds.map((round) => round.p50)),
    p99: median(rounds.map((round) => round.p99)),
    wrong: rounds.reduce((sum, round) => sum + round.wrong, 0),
  };
}
