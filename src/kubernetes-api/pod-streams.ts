import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pathWords, resourcePath } from './path.ts';
import type { Sandbox } from './sandbox.ts';

/** A Pod's subresource that streams: `log`, `exec`, `attach`, `portforward`. */
export interface PodTarget {
  readonly namespace: string;
  readonly name: string;
  readonly subresource: string;
  readonly query: URLSearchParams;
}

/**
 * What mount.ts consults before `answer`, by subresource. A handler that streams hijacks the reply;
 * one that has nothing to add for this request returns false, and the request goes its usual way.
 */
export interface PodStreams {
  readonly answers: Readonly<Record<string, PodAnswer>>;
  readonly upgrades: Readonly<Record<string, PodUpgrade>>;
}

export type PodAnswer = (
  sandbox: Sandbox,
  target: PodTarget,
  request: FastifyRequest,
  reply: FastifyReply,
) => boolean | Promise<boolean>;

/** Takes over the socket of an HTTP upgrade (RFC 9110, 7.8), or refuses on it and ends it. */
export type PodUpgrade = (
  sandbox: Sandbox,
  target: PodTarget,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
) => void;

/** The Pod's subresource that a path below the sandbox names; undefined for any other path. */
export function podTarget(path: string, query: URLSearchParams): PodTarget | undefined {
  const words = pathWords(path);
  if (words?.[0] !== 'api') return undefined;
  const read = resourcePath(words);
  const { namespace = '', name, subresource, resource } = read ?? {};
  if (resource !== 'pods' || name === undefined || subresource === undefined) return undefined;
  return { namespace, name, subresource, query };
}
