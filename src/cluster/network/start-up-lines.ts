import { entryForImage } from './images.ts';

/** What a well-known server prints when it starts: its lines, given the time and its image's tag. */
type StartUp = (moment: Moment) => readonly string[];

interface Moment {
  readonly time: Date;
  /** `1.27` of `nginx:1.27-alpine`; empty where the tag is no version. */
  readonly version: string;
}

/** The lines of the image's own server, an empty list for images that print nothing or are not known. */
export function startUpLines(image: string, nowMs: number): readonly string[] {
  const version =
    /:v?(\d+(?:\.\d+)*)/.exec(image.split('@')[0]?.split('/').at(-1) ?? '')?.[1] ?? '';
  return entryForImage(servers, image)?.({ time: new Date(nowMs), version }) ?? [];
}

/** `2026-01-01T00:00:00.000Z`, and its parts as servers write them. */
const iso = ({ time }: Moment): string => time.toISOString();
const day = (moment: Moment): string => iso(moment).slice(0, 10);
const clock = (moment: Moment): string => iso(moment).slice(11, 19);
const slashed = (moment: Moment): string => `${day(moment).replaceAll('-', '/')} ${clock(moment)}`;

/** `Thu`, `01`, `Jan`, `2026` of `Thu, 01 Jan 2026 00:00:00 GMT`. */
function dateWords({ time }: Moment): { week: string; date: string; month: string; year: string } {
  const [week = '', date = '', month = '', year = ''] = time.toUTCString().split(/,? /);
  return { week, date, month, year };
}

/** The image's entry point speaks first, then the server (github.com/nginx/docker-nginx). */
function nginx(moment: Moment): readonly string[] {
  const scripts = '/docker-entrypoint.d';
  const ipv6 = '10-listen-on-ipv6-by-default.sh';
  const notice = `${slashed(moment)} [notice] 1#1:`;
  const entryPoint = [
    `${scripts}/ is not empty, will attempt to perform configuration`,
    `Looking for shell scripts in ${scripts}/`,
    `Launching ${scripts}/${ipv6}`,
  ].map((text) => `/docker-entrypoint.sh: ${text}`);
  const files = [
    `Sourcing ${scripts}/15-local-resolvers.envsh`,
    `Launching ${scripts}/20-envsubst-on-templates.sh`,
    `Launching ${scripts}/30-tune-worker-processes.sh`,
    'Configuration complete; ready for start up',
  ].map((text) => `/docker-entrypoint.sh: ${text}`);
  return [
    ...entryPoint,
    `${ipv6}: info: Getting the checksum of /etc/nginx/conf.d/default.conf`,
    `${ipv6}: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf`,
    ...files,
    `${notice} using the "epoll" event method`,
    `${notice} nginx${moment.version && `/${moment.version}`}`,
    `${notice} start worker processes`,
    `${notice} start worker process 29`,
    `${notice} start worker process 30`,
  ];
}

function httpd(moment: Moment): readonly string[] {
  const { week, date, month, year } = dateWords(moment);
  const head = `[${week} ${month} ${date} ${clock(moment)}.000000 ${year}]`;
  return [
    "AH00558: httpd: Could not reliably determine the server's fully qualified domain name. Set the 'ServerName' directive globally to suppress this message",
    `${head} [mpm_event:notice] [pid 1:tid 1] AH00489: Apache/${moment.version || '2.4'} (Unix) configured -- resuming normal operations`,
    `${head} [core:notice] [pid 1:tid 1] AH00094: Command line: 'httpd -D FOREGROUND'`,
  ];
}

function redis(moment: Moment): readonly string[] {
  const { date, month, year } = dateWords(moment);
  const at = `${date} ${month} ${year} ${clock(moment)}.000 *`;
  return [
    `1:C ${at} oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo`,
    `1:M ${at} Server initialized`,
    `1:M ${at} Ready to accept connections tcp`,
  ];
}

function postgres(moment: Moment): readonly string[] {
  const log = `${day(moment)} ${clock(moment)}.000 UTC [1] LOG: `;
  return [
    `${log} listening on IPv4 address "0.0.0.0", port 5432`,
    `${log} listening on IPv6 address "::", port 5432`,
    `${log} database system is ready to accept connections`,
  ];
}

const mysql: StartUp = (moment) => [
  `${iso(moment).slice(0, 23)}000Z 0 [System] [MY-010931] [Server] /usr/sbin/mysqld: ready for connections. Socket: '/var/run/mysqld/mysqld.sock'  port: 3306  MySQL Community Server - GPL.`,
];

const mariadb: StartUp = (moment) => [
  `${day(moment)}  ${clock(moment)} 0 [Note] mariadbd: ready for connections.`,
];

const goLog = (text: string): StartUp => {
  return (moment) => [`${slashed(moment)} ${text}`];
};

const coredns: StartUp = ({ version }) => ['.:53', `CoreDNS-${version || '1.12'}`];

/** By image, as `images.ts` names them. */
const servers: Readonly<Record<string, StartUp>> = {
  nginx,
  'nginxinc/nginx-unprivileged': nginx,
  httpd,
  redis,
  postgres,
  mysql,
  mariadb,
  'hashicorp/http-echo': goLog('[INFO] server is listening on :5678'),
  'traefik/whoami': goLog('Starting up on port 80'),
  'containous/whoami': goLog('Starting up on port 80'),
  'gcr.io/google-samples/hello-app': goLog('Server listening on port 8080'),
  'registry.k8s.io/coredns/coredns': coredns,
};
