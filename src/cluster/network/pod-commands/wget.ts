import { connect } from './connection.ts';
import { type HttpResponse, headText, isApiServer, respond } from './http-response.ts';
import { type ReadOptions, readOptions } from './options.ts';
import { type CommandResult, fail, ok, type PodCommand, type PodShell } from './pod-command.ts';
import { readUrl } from './url.ts';

const rules = [
  { names: ['-q', '--quiet'] },
  { names: ['-S', '--server-response'] },
  { names: ['-s', '--spider'] },
  { names: ['-c', '--continue'] },
  { names: ['--no-check-certificate'] },
  { names: ['-O', '--output-document'], value: true },
  { names: ['-T', '--timeout'], value: true },
  { names: ['-t', '--tries'], value: true },
  { names: ['-U', '--user-agent'], value: true },
  { names: ['--header'], value: true },
  { names: ['--post-data'], value: true },
  { names: ['-P'], value: true },
];

/** wget as busybox has it (networking/wget.c). */
export const wget: PodCommand = {
  names: ['wget'],
  partOf: ['busybox', 'wget'],
  run(shell, args) {
    const options = readOptions(args, rules);
    const [url] = options.operands;
    if (options.unknown !== undefined) {
      return fail(1, `wget: unrecognized option: ${options.unknown.replace(/^-+/, '')}\n`);
    }
    if (url === undefined) return fail(1, 'Usage: wget [-cqS] [--spider] [-O FILE] [URL]...\n');
    return fetchOne(shell, options, url);
  },
};

function fetchOne(shell: PodShell, options: ReadOptions, text: string): CommandResult {
  const url = readUrl(text);
  if (!url) return fail(1, `wget: bad address '${text}'\n`);
  const connection = connect(shell, url.host, url.port);
  if (connection.kind === 'unresolved') return fail(1, `wget: bad address '${url.hostHeader}'\n`);
  const { address } = connection;
  const quiet = options.has('-q');
  const connecting = quiet ? '' : `Connecting to ${url.hostHeader} (${address}:${url.port})\n`;
  if (connection.kind === 'refused') {
    return fail(
      1,
      `${connecting}wget: can't connect to remote host (${address}): Connection refused\n`,
    );
  }
  if (connection.kind !== 'open') {
    const words = options.has('-T')
      ? 'wget: download timed out'
      : `wget: can't connect to remote host (${address}): Connection timed out`;
    return fail(1, `${connecting}${words}\n`);
  }
  const post = options.value('--post-data');
  const outcome = respond(shell.cluster, connection.peer, {
    secure: url.secure,
    method: post === undefined ? 'GET' : 'POST',
    path: url.path,
    host: url.hostHeader,
    headers: [['User-Agent', options.value('-U') ?? 'Wget']],
    body: post ?? '',
  });
  if (outcome === 'plain-text') {
    return fail(
      1,
      `${connecting}wget: TLS error from peer (alert code 70): protocol version\nwget: error getting response: Connection reset by peer\n`,
    );
  }
  if (outcome === 'silent') return fail(1, `${connecting}wget: error getting response\n`);
  const untrusted = url.secure && isApiServer(connection.peer);
  const note = untrusted ? 'wget: note: TLS certificate validation not implemented\n' : '';
  return finished(options, connecting + note, outcome, url.path);
}

function finished(
  options: ReadOptions,
  before: string,
  response: HttpResponse,
  path: string,
): CommandResult {
  const head = options.has('-S') ? headText(response).replaceAll('\r\n', '\n').trimEnd() : '';
  const shown = head === '' ? '' : `${head.replaceAll(/^/gm, '  ')}\n`;
  if (response.status >= 400) {
    const line = `HTTP/1.1 ${response.status} ${response.reason}`;
    return fail(1, `${before}${shown}wget: server returned error: ${line}\n`);
  }
  const quiet = options.has('-q');
  if (options.has('--spider'))
    return ok('', `${before}${shown}${quiet ? '' : 'remote file exists\n'}`);
  const target = options.value('-O') ?? (path.split('?')[0]?.split('/').at(-1) || 'index.html');
  const toStdout = target === '-' || target === '/dev/stdout';
  return ok(
    toStdout ? response.body : '',
    before + shown + (quiet ? '' : progress(target, response)),
  );
}

function progress(target: string, response: HttpResponse): string {
  const size = String(Buffer.byteLength(response.body)).padStart(5);
  const bar = `${target.padEnd(20)} 100% |${'*'.repeat(32)}| ${size}  0:00:00 ETA\n`;
  return target === '-'
    ? `writing to stdout\n${bar}written to stdout\n`
    : `saving to '${target}'\n${bar}'${target}' saved\n`;
}
