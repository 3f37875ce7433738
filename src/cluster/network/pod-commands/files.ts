import { resolverOf } from '../dns/resolver.ts';
import { hostnameOf, hostsFile } from '../names.ts';
import { type CommandResult, fail, ok, type PodCommand, type PodShell } from './pod-command.ts';

/** The files a kubelet writes into every container. */
const files: ReadonlyMap<string, (shell: PodShell) => string> = new Map([
  ['/etc/resolv.conf', resolvConf],
  ['/etc/hosts', hosts],
  ['/etc/hostname', (shell: PodShell) => `${hostnameOf(shell.pod)}\n`],
  [
    '/var/run/secrets/kubernetes.io/serviceaccount/namespace',
    (shell: PodShell) => shell.pod.metadata.namespace ?? 'default',
  ],
]);

export const cat: PodCommand = {
  names: ['cat'],
  run(shell, args) {
    const names = args.filter((word) => !word.startsWith('-') || word === '-');
    if (names.length === 0) return ok(shell.input);
    const missing: string[] = [];
    const text = names.map((name) => {
      const content = name === '-' ? shell.input : files.get(pathFrom(shell, name))?.(shell);
      if (content === undefined) missing.push(notFound(shell, name));
      return content ?? '';
    });
    return missing.length > 0 ? fail(1, missing.join(''), text.join('')) : ok(text.join(''));
  },
};

const notFound = (shell: PodShell, name: string): string =>
  shell.tools.has('busybox')
    ? `cat: can't open '${name}': No such file or directory\n`
    : `cat: ${name}: No such file or directory\n`;

const root = 'bin dev etc home lib media mnt opt proc root run sbin srv sys tmp usr var'.split(' ');

export const ls: PodCommand = {
  names: ['ls'],
  run(shell, args) {
    const [named] = args.filter((word) => !word.startsWith('-'));
    const folder = pathFrom(shell, named ?? '.');
    if (named !== undefined && files.has(folder)) return ok(`${named}\n`);
    const names = namesIn(folder);
    if (!isFolder(folder)) return fail(1, `ls: ${named}: No such file or directory\n`);
    return ok(names.map((name) => `${name}\n`).join(''));
  },
};

export const pwd: PodCommand = { names: ['pwd'], run: (shell) => ok(`${folderOf(shell)}\n`) };

const folderOf = ({ environment }: PodShell): string => environment.get('PWD') ?? '/';

/** An absolute path of a name as it is meant in the shell's folder. */
function pathFrom(shell: PodShell, name: string): string {
  const words: string[] = [];
  for (const word of `${name.startsWith('/') ? '' : folderOf(shell)}/${name}`.split('/')) {
    if (word === '..') words.pop();
    else if (word !== '' && word !== '.') words.push(word);
  }
  return `/${words.join('/')}`;
}

const isFolder = (path: string): boolean =>
  path === '/' || root.includes(path.slice(1)) || namesIn(path).length > 0;

function namesIn(folder: string): readonly string[] {
  if (folder === '/') return root;
  const below = [...files.keys()].filter((path) => path.startsWith(`${folder}/`));
  const names = below.map((path) => path.slice(folder.length + 1).split('/')[0] ?? '');
  return [...new Set(names)].sort();
}

/** `cd`: the folder a shell is in from now on; without a name the home folder. */
export function changeFolder(
  shell: PodShell,
  named: string | undefined,
): { readonly folder?: string; readonly result: CommandResult } {
  const folder = pathFrom(shell, named ?? shell.environment.get('HOME') ?? '/');
  if (isFolder(folder)) return { folder, result: ok() };
  const shellsWords = shell.tools.has('busybox') ? "sh: cd: can't cd to" : "sh: 1: cd: can't cd to";
  const end = shell.tools.has('busybox') ? ': No such file or directory' : '';
  return { result: fail(2, `${shellsWords} ${named}${end}\n`) };
}

function resolvConf({ pod }: PodShell): string {
  const { nameservers, search, options } = resolverOf(pod);
  return [
    ...(search.length > 0 ? [`search ${search.join(' ')}`] : []),
    ...nameservers.map((address) => `nameserver ${address}`),
    ...(options.length > 0 ? [`options ${options.join(' ')}`] : []),
    '',
  ].join('\n');
}

function hosts({ pod }: PodShell): string {
  const lines = [...hostsFile(pod)].map(([name, address]) => `${address}\t${name}`);
  return [
    '# Kubernetes-managed hosts file.',
    '127.0.0.1\tlocalhost',
    '::1\tlocalhost ip6-localhost ip6-loopback',
    ...lines,
    '',
  ].join('\n');
}
