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
  { names: ['pwd'], run: () => ok('/\n') },
  { names: ['whoami'], run: () => ok('root\n') },
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
  { names: ['sort'], run: (shell) => ok([...lines(shell.input)].sort().join('')) },
];

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
