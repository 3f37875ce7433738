import { type LookupAddress, lookup } from 'node:dns';
import { type IncomingMessage, request as plain, type RequestOptions } from 'node:http';
import { request as secure } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { SignedRequest } from '../gradebook/index.ts';
import { limits } from '../limits.ts';
import type { Reach } from './reach.ts';

/** How a request ended: with an answer, or with why there is none. */
export interface Answer {
  readonly status?: number;
  readonly error?: string;
  readonly excerpt?: string;
  readonly retryAfterSeconds?: number;
}

export interface PostOptions {
  readonly reach: Reach;
  readonly timeoutMs: number;
  /** Ends it early. */
  readonly signal: AbortSignal;
  readonly userAgent: string;
}

const { answerBytes, excerptCharacters } = limits.webhooks;
const longestError = 300;

/**
 * Sends one request on a connection of its own and never rejects. The name is looked up once, what
 * it stands for is judged, and that very address is connected to; redirects are not followed.
 */
export async function post(request: SignedRequest, options: PostOptions): Promise<Answer> {
  const refused = options.reach.refuseUrl(request.url);
  if (refused !== '') return { error: `not sent: the address ${refused}` };
  const late = `no answer within ${options.timeoutMs / 1000} s`;
  const ended = new AbortController();
  const giveUp = () => ended.abort();
  const timer = setTimeout(() => ended.abort(late), options.timeoutMs);
  options.signal.addEventListener('abort', giveUp);
  try {
    return await answerOf(await send(request, { ...options, signal: ended.signal }));
  } catch (error) {
    if (ended.signal.reason === late) return { error: late };
    return { error: String(error instanceof Error ? error.message : error).slice(0, longestError) };
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', giveUp);
  }
}

function send(request: SignedRequest, options: PostOptions): Promise<IncomingMessage> {
  const url = new URL(request.url);
  const settings: RequestOptions = {
    method: 'POST',
    agent: false,
    signal: options.signal,
    lookup: guardedLookup(options.reach, url.protocol),
    headers: {
      ...request.headers,
      'user-agent': options.userAgent,
      'content-length': String(Buffer.byteLength(request.body)),
    },
  };
  return new Promise((resolve, reject) => {
    const open = url.protocol === 'https:' ? secure : plain;
    open(url, settings, resolve).on('error', reject).end(request.body);
  });
}

/** Looks a name up and refuses it if anything it stands for is out of reach. */
function guardedLookup(reach: Reach, protocol: string): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const refused = addresses
        .map(({ address }) => reach.refuseAddress(address, protocol))
        .find((reason) => reason !== '');
      if (refused !== undefined)
        return callback(new Error(`not sent: ${hostname}: ${refused}`), []);
      const [first] = addresses as [LookupAddress, ...LookupAddress[]];
      if (options.all) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };
}

async function answerOf(message: IncomingMessage): Promise<Answer> {
  const { statusCode: status = 0, headers } = message;
  const text = await beginningOf(message);
  const retryAfterSeconds = secondsOf(headers['retry-after']);
  return {
    status,
    ...(text !== '' && { excerpt: text }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
}

async function beginningOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= answerBytes) break;
  }
  message.destroy();
  const text = Buffer.concat(chunks).toString('utf8');
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, excerptCharacters);
}

/** RFC 9110, Retry-After: seconds, or a date. */
function secondsOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : Math.max(0, Math.ceil((time - Date.now()) / 1000));
}
