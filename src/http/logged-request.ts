import type { FastifyRequest } from 'fastify';

/** Secrets that stand in addresses, as their prefix tells: of sandboxes and of tokens. */
const secret = /\b(slk|sl)_[\w-]+/g;

/** What a log says of a request: its address without the secrets that may stand in it. */
export function loggedRequest({ method, url, host, ip }: FastifyRequest) {
  return { method, url: url.replace(secret, '$1_…'), host, remoteAddress: ip };
}
