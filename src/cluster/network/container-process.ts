import type { ListeningSocket, SocketAnswer } from '../cluster.ts';
import { knownImage } from './images.ts';

/**
 * Where the process of a container listens, or undefined when that is not known: the image's own
 * process, unless `command` or `args` start another one in its place.
 */
export function processListens(
  image: string,
  command: readonly string[],
  args: readonly string[],
): readonly ListeningSocket[] | undefined {
  const listens = knownImage(image)?.listens;
  const words = [...command, ...args];
  if (words.length === 0) return listens;
  const line = words.join(' ');
  const server = servers.find(({ pattern }) => pattern.test(line));
  if (server) return [socketOf(server, line)];
  if (idle.test(line)) return [];
  const onlyFlags = command.length === 0 && args[0]?.startsWith('-') === true;
  return onlyFlags || ownProgram.test(line) ? listens && repointed(listens, words) : undefined;
}

interface Server {
  readonly pattern: RegExp;
  /** Its first group is the port. */
  readonly port: RegExp;
  readonly usual: number;
  readonly answers?: SocketAnswer;
}

const silent: SocketAnswer = { status: 0, body: '' };

/** Little servers that lessons start in an image that is no server itself. */
const servers: readonly Server[] = [
  { pattern: /\bhttp\.server\b/, port: /\bhttp\.server\s+(\d{1,5})\b/, usual: 8000 },
  { pattern: /\bhttpd\b.{0,500}\s-p/, port: /-p\s*(?:[\d.]*:)?(\d{1,5})\b/, usual: 80 },
  { pattern: /\bredis-server\b/, port: /--port\s+(\d{1,5})\b/, usual: 6379, answers: silent },
  { pattern: /\bnetexec\b/, port: /--http-port[= ](\d{1,5})\b/, usual: 8080 },
  { pattern: /\bserve-hostname\b/, port: /--port[= ](\d{1,5})\b/, usual: 9376 },
  {
    pattern: /\bnc\b.{0,500}\s-\w{0,20}l/,
    port: /\s(?:-\w*p\s*)?(\d{1,5})\b/,
    usual: 0,
    answers: silent,
  },
];

function socketOf({ port, usual, answers }: Server, line: string): ListeningSocket {
  const found = port.exec(line)?.[1];
  return {
    protocol: 'TCP',
    port: found === undefined ? usual : Number(found),
    ...(answers !== undefined && { answers }),
  };
}

/** Programs that wait and listen on nothing, by themselves or in a line for the shell. */
const idle =
  /^(?:\S*\/)?(?:(?:ba|a)?sh(?: -\w+)?(?: .*\b(?:sleep|tail -f)\b.*)?|sleep .*|tail .*|cat|top|true|pause)$/s;

/** An image's own server, called by its name. */
const ownProgram =
  /^(?:\S*\/)?(?:nginx|httpd|httpd-foreground|postgres|mysqld|mongod|memcached|http-echo|whoami)\b/;

/** Some servers take their port or words from arguments: `-listen=:8080 -text=hi` (http-echo). */
function repointed(
  listens: readonly ListeningSocket[],
  words: readonly string[],
): readonly ListeningSocket[] {
  const [only] = listens;
  if (!only || listens.length > 1) return listens;
  const port = /(?:^|:)(\d{1,5})$/.exec(argument(words, /^--?(?:listen|port|p)$/) ?? '')?.[1];
  const text = argument(words, /^--?text$/);
  return [
    {
      ...only,
      ...(port !== undefined && { port: Number(port) }),
      ...(text !== undefined && { answers: { text: `${text}\n` } }),
    },
  ];
}

/** The value of a flag, written `-flag=value` or `-flag value`. */
function argument(words: readonly string[], flag: RegExp): string | undefined {
  for (const [index, word] of words.entries()) {
    const [name = '', ...value] = word.split('=');
    if (flag.test(name)) return value.length > 0 ? value.join('=') : words[index + 1];
  }
  return undefined;
}
