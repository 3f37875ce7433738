import { hostnameOf } from '../names.ts';
import { fail, ok, type PodCommand } from './pod-command.ts';

/** Small programs that need no more than a line each. */
export const plainWords: readonly PodCommand[] = [
  {
    names: ['echo'],
    run(_shell, args) {
      const [flag, ...rest] = args;
      return flag === '-n' ? ok(rest.join(' ')) : ok(`${args.join(' ')}\n`);
    },
  },
  {
    names: ['hostname'],
    run: (shell, [flag]) =>
      ok(flag === '-i' ? `${shell.pod.status?.podIP ?? ''}\n` : `${hostnameOf(shell.pod)}\n`),
  },
  { names: ['sleep', 'true', ':'], run: () => ok() },
  { names: ['false'], run: () => fail(1, '') },
  { names: ['clear'], run: () => ok('\x1b[H\x1b[J') },
  { names: ['whoami'], run: () => ok('root\n') },
  { names: ['id'], run: () => ok('uid=0(root) gid=0(root) groups=0(root)\n') },
  {
    names: ['uname'],
    run: ({ pod }, [flag]) =>
      ok(flag === '-a' ? `Linux ${hostnameOf(pod)} 6.8.0 x86_64 GNU/Linux\n` : 'Linux\n'),
  },
  {
    names: ['date'],
    run: (shell) => ok(`${new Date(shell.cluster.settings.now).toUTCString()}\n`),
  },
];

/** Programs that stand behind a pipe. */
export const filters: readonly PodCommand[] = [
  { names: ['grep'], run: (shell, args) => grep(shell.input, args) },
  {
    names: ['head'],
    run(shell, args) {
      const count = Number(/(\d+)/.exec(args.join(' '))?.[1] ?? 10);
      return ok(lines(shell.input).slice(0, count).join(''));
    },
  },
  {
    names: ['wc'],
    run: (shell, [flag]) =>
      ok(`${flag === '-c' ? Buffer.byteLength(shell.input) : lines(shell.input).length}\n`),
  },
  {
    names: ['uniq'],
    run: (shell, [flag]) => ok(runs(lines(shell.input), flag === '-c').join('')),
  },
  {
    names: ['seq'],
    run(_shell, args) {
      const [first = 0, last] = args.map(Number);
      const [from, to] = last === undefined ? [1, first] : [first, last];
      const count = Math.min(Math.max(Math.floor(to - from) + 1 || 0, 0), mostRounds);
      return ok(Array.from({ length: count }, (_, index) => `${from + index}\n`).join(''));
    },
  },
  { names: ['sort'], run: (shell) => ok([...lines(shell.input)].sort().join('')) },
];

/** What `seq` counts to at most: a loop is a line, not a load test. */
const mostRounds = 200;

/** Lines that repeat the one before, once, with their number in front if it is asked for. */
function runs(all: readonly string[], counted: boolean): readonly string[] {
  const found: { line: string; count: number }[] = [];
  for (const line of all) {
    const last = found.at(-1);
    if (last?.line === line) last.count += 1;
    else found.push({ line, count: 1 });
  }
  return found.map(({ line, count }) => (counted ? `${String(count).padStart(7)} ${line}` : line));
}

const lines = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function grep(input: string, args: readonly string[]) {
  const flags = args.filter((word) => word.startsWith('-')).join('');
  const [pattern = ''] = args.filter((word) => !word.startsWith('-'));
  const fold = (text: string) => (flags.includes('i') ? text.toLowerCase() : text);
  const wanted = (line: string) => fold(line).includes(fold(pattern)) !== flags.includes('v');
  const found = lines(input).filter(wanted);
  const text = flags.includes('q')
    ? ''
    : flags.includes('c')
      ? `${found.length}\n`
      : found.join('');
  return found.length > 0 ? ok(text) : fail(1, '', flags.includes('c') ? text : '');
}
