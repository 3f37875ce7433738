import type { FastifyRequest } from 'fastify';

/** Secrets that stand in addresses, as their prefix tells: of sandboxes and of tokens. */
const secret = /(^|[^a-z\d])(slk?_|whsec_)[\w%+=-]+/gi;
/** Values that their places call secret, whatever they look like: `ADMIN_TOKEN` has no prefix. */
const named = /([?&](?:access_token|token|secret|code|key)=|^\/launch\/)[^?&]*/gi;
/** Letters, digits, - and _ as codes, which nobody needs (RFC 3986, 6.2.2.2); a prefix may hide so. */
const needless = /%(?:2d|3\d|[46][1-9a-f]|[57][\da]|5f)/gi;

/** What a log says of a request: its address without the secrets that may stand in it. */
export function loggedRequest({ method, url, host, ip }: FastifyRequest) {
  return { method, url: withoutSecrets(url), host, remoteAddress: ip };
}

/** An address with secrets left out. */
function withoutSecrets(url: string): string {
  const plain = url.replace(needless, (code) => String.fromCharCode(parseInt(code.slice(1), 16)));
  return plain.replace(named, '$1…').replace(secret, '$1$2…');
}

/** Whether a text that goes into the log, such as a request id, looks like a secret. */
export const looksSecret = (text: string): boolean => text.search(secret) >= 0;
