import ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** What an operator can set, read from the environment once. docs/configuration.md lists it. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Folder of the database; made when it is missing. */
  readonly dataDir: string;
  readonly logLevel: (typeof logLevels)[number];
  /** A token with the role `admin` that is valid as long as it is configured. */
  readonly adminToken: string | undefined;
  /** Whether an empty database gets the demo course. */
  readonly demo: boolean;
  /** Whether `X-Forwarded-*` of a proxy in front is believed. */
  readonly trustProxy: boolean;
  /** Requests a minute for one token (or one address without a token); undefined for no limit. */
  readonly rateLimit: number | undefined;
  /** The port where sandboxes are served by https, with a CA of their own; undefined for none. */
  readonly sandboxHttpsPort: number | undefined;
  /** Names and addresses its certificate is good for, the first one told to clients. */
  readonly sandboxHttpsNames: readonly string[];
  /** Milliseconds a request may take to arrive whole. */
  readonly requestMs: number;
  /** How clients reach this server, without a slash at the end; for links and the OpenAPI document. */
  readonly publicUrl: string | undefined;
  /** Origins that browsers may call from; none unless set. */
  readonly corsOrigins: readonly string[];
  /** Addresses and networks that webhooks may be sent to though they are private. */
  readonly webhookNetworks: readonly string[];
}

/** Everything that is wrong with the environment, a line each. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const highestPort = 65_535;
const shortestAdminToken = 32;

const flag = z
  .enum(['on', 'off', 'true', 'false', '1', '0', 'yes', 'no'], 'must be on or off')
  .transform((word) => ['on', 'true', '1', 'yes'].includes(word));

const count = (lowest: number, highest: number, words: string) =>
  z
    .string()
    .regex(/^\d+$/, words)
    .transform(Number)
    .refine((n) => n >= lowest && n <= highest, words);

const environment = z.object({
  HOST: z
    .string()
    .min(1, 'must be an address to listen on, such as 127.0.0.1')
    .default('127.0.0.1'),
  PORT: count(0, highestPort, `must be a port number between 0 and ${highestPort}`).default(8080),
  DATA_DIR: z.string().min(1, 'must be a folder').default('data'),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  ADMIN_TOKEN: z
    .string()
    .min(shortestAdminToken, `must have at least ${shortestAdminToken} characters`)
    .regex(/^[\x21-\x7e]*$/, 'must be printable ASCII without blanks')
    .optional(),
  DEMO: flag.optional(),
  NODE_ENV: z.string().optional(),
  TRUST_PROXY: flag.default(false),
  RATE_LIMIT: z
    .union([z.literal('off'), count(1, 1e9, '')], {
      error: 'must be a number of requests a minute, or off',
    })
    .default(1200),
  SANDBOX_HTTPS_PORT: count(
    1,
    highestPort,
    `must be a port number up to ${highestPort}`,
  ).optional(),
  SANDBOX_HTTPS_NAMES: z.string().transform(listed).default([]),
  REQUEST_TIMEOUT: count(1, 3600, 'must be a number of seconds from 1 to 3600').default(30),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  CORS_ORIGINS: z.string().transform(listed).default([]),
  WEBHOOK_ALLOWED_NETWORKS: z
    .string()
    .transform(listed)
    .refine(
      (list) => list.every((one) => ipaddr.isValid(one) || ipaddr.isValidCIDR(one)),
      'must be addresses or networks such as 10.0.0.0/8, separated by commas',
    )
    .default([]),
});

function listed(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
}

/** Reads the environment; throws ConfigError with one line for each wrong variable. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.entries(env).filter(([, value]) => value !== undefined && value !== '');
  const parsed = environment.safeParse(Object.fromEntries(set));
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`),
    );
  }
  const values = parsed.data;
  return Object.freeze({
    host: values.HOST,
    port: values.PORT,
    dataDir: values.DATA_DIR,
    logLevel: values.LOG_LEVEL,
    adminToken: values.ADMIN_TOKEN,
    demo: values.DEMO ?? values.NODE_ENV !== 'production',
    trustProxy: values.TRUST_PROXY,
    rateLimit: values.RATE_LIMIT === 'off' ? undefined : values.RATE_LIMIT,
    sandboxHttpsPort: values.SANDBOX_HTTPS_PORT,
    sandboxHttpsNames: values.SANDBOX_HTTPS_NAMES,
    requestMs: values.REQUEST_TIMEOUT * 1000,
    publicUrl: values.PUBLIC_URL,
    corsOrigins: values.CORS_ORIGINS,
    webhookNetworks: values.WEBHOOK_ALLOWED_NETWORKS,
  });
}
