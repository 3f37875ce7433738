import { resolverOf } from '../dns/resolver.ts';
import { hostnameOf, hostsFile } from '../names.ts';
import { fail, ok, type PodCommand, type PodShell } from './pod-command.ts';

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
      const content = name === '-' ? shell.input : files.get(name)?.(shell);
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

const root = 'bin dev etc home lib media mnt opt proc root run sbin srv sys tmp usr var';

export const ls: PodCommand = {
  names: ['ls'],
  run(_shell, args) {
    const [folder = '/'] = args.filter((word) => !word.startsWith('-'));
    if (folder === '/' || folder === '.') return ok(`${root.split(' ').join('\n')}\n`);
    const below = [...files.keys()].filter((path) =>
      path.startsWith(`${folder.replace(/\/$/, '')}/`),
    );
    if (below.length === 0) return fail(1, `ls: ${folder}: No such file or directory\n`);
    const names = below.map(
      (path) => path.slice(folder.replace(/\/$/, '').length + 1).split('/')[0],
    );
    return ok(`${[...new Set(names)].sort().join('\n')}\n`);
  },
};

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
