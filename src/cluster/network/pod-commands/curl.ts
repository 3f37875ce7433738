import { connect } from './connection.ts';
import {
  type HttpRequest,
  type HttpResponse,
  headText,
  isApiServer,
  respond,
} from './http-response.ts';
import { type ReadOptions, readOptions } from './options.ts';
import { type CommandResult, fail, ok, type PodCommand, type PodShell } from './pod-command.ts';
import { readUrl, type WebAddress } from './url.ts';

const version = '7.88.1';

const rules = [
  { names: ['-s', '--silent'] },
  { names: ['-S', '--show-error'] },
  { names: ['-I', '--head'] },
  { names: ['-i', '--include', '--show-headers'] },
  { names: ['-v', '--verbose'] },
  { names: ['-f', '--fail'] },
  { names: ['-L', '--location'] },
  { names: ['-k', '--insecure'] },
  { names: ['-4', '--ipv4'] },
  { names: ['-N', '--no-buffer'] },
  { names: ['-g', '--globoff'] },
  { names: ['--http1.1'] },
  { names: ['-O', '--remote-name'] },
  { names: ['-m', '--max-time'], value: true },
  { names: ['--connect-timeout'], value: true },
  { names: ['-o', '--output'], value: true },
  { names: ['-w', '--write-out'], value: true },
  { names: ['-H', '--header'], value: true },
  { names: ['-X', '--request'], value: true },
  { names: ['-d', '--data', '--data-raw'], value: true },
  { names: ['-A', '--user-agent'], value: true },
  { names: ['-u', '--user'], value: true },
  { names: ['--retry'], value: true },
  { names: ['--resolve'], value: true },
  { names: ['--url'], value: true },
  { names: ['-V', '--version'] },
];

/**
 * curl 7.88, as far as lessons use it; its words are those of docs/libcurl/libcurl-errors. It
 * behaves as on a terminal: no progress meter.
 */
export const curl: PodCommand = {
  names: ['curl'],
  partOf: ['curl'],
  run(shell, args) {
    const options = readOptions(args, rules);
    if (options.unknown !== undefined) {
      const hint = "curl: try 'curl --help' or 'curl --manual' for more information\n";
      return fail(2, `curl: option ${options.unknown}: is unknown\n${hint}`);
    }
    if (options.has('-V')) return ok(`curl ${version}\n`);
    const urls = [...options.values('--url'), ...options.operands];
    if (urls.length === 0) {
      return fail(2, "curl: try 'curl --help' or 'curl --manual' for more information\n");
    }
    const results = urls.map((url) => fetchOne(shell, options, url));
    return {
      exit: results.at(-1)?.exit ?? 0,
      stdout: results.map((result) => result.stdout).join(''),
      stderr: results.map((result) => result.stderr).join(''),
    };
  },
};

function fetchOne(shell: PodShell, options: ReadOptions, text: string): CommandResult {
  const url = readUrl(text);
  if (!url) return problem(options, 3, 'URL rejected: Malformed input to a URL function');
  const connection = connect(shell, url.host, url.port);
  if (connection.kind === 'unresolved') {
    return problem(options, 6, `Could not resolve host: ${url.host}`);
  }
  const trying = `*   Trying ${connection.address}:${url.port}...\n`;
  if (connection.kind !== 'open') return notConnected(options, url, connection.kind, trying);
  const { peer, address } = connection;
  const request = requestOf(options, url);
  const outcome = respond(shell.cluster, peer, request);
  if (outcome === 'plain-text') {
    return problem(
      options,
      35,
      'OpenSSL/3.0.11: error:0A00010B:SSL routines::wrong version number',
      trying,
    );
  }
  if (url.secure && isApiServer(peer) && !options.has('-k')) return untrusted(options, trying);
  const connected = `${trying}* Connected to ${url.host} (${address}) port ${url.port} (#0)\n`;
  if (outcome === 'silent') {
    return problem(options, 52, 'Empty reply from server', `${connected}${sentText(request)}`);
  }
  return answered(options, request, outcome, connected, peer.address);
}

function notConnected(
  options: ReadOptions,
  url: WebAddress,
  kind: 'refused' | 'timeout',
  trying: string,
): CommandResult {
  const failed = `Failed to connect to ${url.host} port ${url.port} after`;
  if (kind === 'refused')
    return problem(options, 7, `${failed} 0 ms: Couldn't connect to server`, trying);
  const connectLimit = milliseconds(options.value('--connect-timeout'));
  const wholeLimit = milliseconds(options.value('-m'));
  if (connectLimit !== undefined && connectLimit < (wholeLimit ?? connectTimeout)) {
    return problem(options, 28, `${failed} ${connectLimit + 1} ms: Timeout was reached`, trying);
  }
  if (wholeLimit !== undefined && wholeLimit < connectTimeout) {
    const words = `Connection timed out after ${wholeLimit + 1} milliseconds`;
    return problem(options, 28, words, trying);
  }
  return problem(options, 28, `${failed} ${connectTimeout} ms: Couldn't connect to server`, trying);
}

/** How long Linux tries before it gives a connection up, in milliseconds (tcp_syn_retries 6). */
const connectTimeout = 134_968;

function milliseconds(seconds: string | undefined): number | undefined {
  const value = Number(seconds);
  return seconds === undefined || !(value > 0) ? undefined : Math.round(value * 1000);
}

function untrusted(options: ReadOptions, trying: string): CommandResult {
  const more =
    'More details here: https://curl.se/docs/sslcerts.html\n\n' +
    'curl failed to verify the legitimacy of the server and therefore could not\n' +
    'establish a secure connection to it. To learn more about this situation and\n' +
    'how to fix it, please visit the web page mentioned above.\n';
  const first = 'SSL certificate problem: unable to get local issuer certificate';
  const result = problem(options, 60, first, trying);
  return result.stderr.endsWith(`${first}\n`)
    ? { ...result, stderr: result.stderr + more }
    : result;
}

/** An error: silent with `-s`, unless `-S` stands with it; `-w` is written nevertheless. */
function problem(options: ReadOptions, exit: number, text: string, trace = ''): CommandResult {
  const shown = !options.has('-s') || options.has('-S');
  const stderr = `${options.has('-v') ? trace : ''}${shown ? `curl: (${exit}) ${text}\n` : ''}`;
  return fail(exit, stderr, writeOut(options.value('-w'), undefined, ''));
}

function requestOf(options: ReadOptions, url: WebAddress): HttpRequest {
  const data = options.values('-d');
  const given = options.values('-H').map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  const named = (name: string): string | undefined =>
    given.find(([header]) => header.toLowerCase() === name)?.[1];
  const usual: [string, string][] = [
    ['User-Agent', options.value('-A') ?? `curl/${version}`],
    ['Accept', '*/*'],
  ];
  const form: [string, string][] =
    data.length > 0 ? [['Content-Type', 'application/x-www-form-urlencoded']] : [];
  const automatic = [...usual, ...form].filter(([name]) => named(name.toLowerCase()) === undefined);
  const fallback = options.has('-I') ? 'HEAD' : data.length > 0 ? 'POST' : 'GET';
  return {
    secure: url.secure,
    method: options.value('-X') ?? fallback,
    path: url.path,
    host: named('host') ?? url.hostHeader,
    headers: [...automatic, ...given.filter(([name]) => name.toLowerCase() !== 'host')],
    body: data.join('&'),
  };
}

function answered(
  options: ReadOptions,
  request: HttpRequest,
  response: HttpResponse,
  connected: string,
  peerAddress: string,
): CommandResult {
  const failed = options.has('-f') && response.status >= 400;
  const head = options.has('-I') || options.has('-i') ? headText(response) : '';
  const body = request.method === 'HEAD' || failed ? '' : response.body;
  const kept = options.value('-o') === undefined && !options.has('-O');
  const written = writeOut(options.value('-w'), response, peerAddress);
  const trace = options.has('-v')
    ? `${connected}${sentText(request)}${prefixed('< ', headText(response))}`
    : '';
  const shown = failed && (!options.has('-s') || options.has('-S'));
  const error = shown ? `curl: (22) The requested URL returned error: ${response.status}\n` : '';
  return {
    exit: failed ? 22 : 0,
    stdout: `${kept ? head + body : ''}${written}`,
    stderr: trace + error,
  };
}

const sentText = (request: HttpRequest): string =>
  prefixed(
    '> ',
    [
      `${request.method} ${request.path} HTTP/1.1`,
      `Host: ${request.host}`,
      ...request.headers.map(([name, value]) => `${name}: ${value}`),
      '',
      '',
    ].join('\r\n'),
  );

const prefixed = (prefix: string, text: string): string =>
  text
    .split('\r\n')
    .slice(0, -1)
    .map((line) => `${prefix}${line}\n`)
    .join('');

/** `--write-out`: its variables, `\n` and `\t`; an unknown variable is written as nothing. */
function writeOut(
  format: string | undefined,
  response: HttpResponse | undefined,
  address: string,
): string {
  if (format === undefined) return '';
  const size = response ? String(Buffer.byteLength(response.body)) : '0';
  const type = response?.headers.find(([name]) => name === 'Content-Type')?.[1] ?? '';
  const values: ReadonlyMap<string, string> = new Map([
    ['http_code', response ? String(response.status) : '000'],
    ['response_code', response ? String(response.status) : '000'],
    ['remote_ip', address],
    ['size_download', size],
    ['content_type', type],
    ['time_total', '0.001000'],
    ['time_connect', '0.000500'],
  ]);
  return format
    .replaceAll(/%\{([^{}]*)\}/g, (_whole, name: string) => values.get(name) ?? '')
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t');
}
