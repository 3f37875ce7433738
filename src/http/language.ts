import Negotiator from 'negotiator';
import { z } from 'zod';
import { type Language, languages } from '../catalogue/render.ts';

/** The header by which a client chooses the language of sentences. */
export const languageHeaders = z.object({
  'accept-language': z
    .string()
    .optional()
    .describe(`The languages preferred for feedback; there are: ${languages.join(', ')}.`),
});

interface Asked {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

interface Answered {
  getHeader(name: never): unknown;
  header(name: never, value: never): unknown;
}

/**
 * The language of the sentences in an answer, as the client prefers it (`Accept-Language`, RFC 9110
 * section 12.5.4; ranges are matched by lookup, RFC 4647 section 3.4), English where it asks for none
 * that there is. The answer says which it is, and that a cache must tell languages apart.
 */
export function answerIn(request: Asked, reply: Answered): Language {
  const asked = new Negotiator({ headers: { ...request.headers } });
  const preferred = asked.language([...languages]);
  const language = languages.find((each) => each === preferred) ?? 'en';
  const others = reply.getHeader('Vary' as never);
  const vary = others === undefined ? 'Accept-Language' : `${others}, Accept-Language`;
  reply.header('Content-Language' as never, language as never);
  reply.header('Vary' as never, vary as never);
  return language;
}
