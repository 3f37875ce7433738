import type { Tool } from '../images.ts';
import { type CommandResult, fail, ok, type PodCommand, type PodShell } from './pod-command.ts';

/** Packages of both families that bring something a lesson types. */
const packages: ReadonlyMap<string, readonly Tool[]> = new Map([
  ['curl', ['curl']],
  ['wget', ['wget']],
  ['bind-tools', ['bind-tools']],
  ['bind9-dnsutils', ['bind-tools']],
  ['bind9-host', ['bind-tools']],
  ['dnsutils', ['bind-tools']],
  ['busybox-extras', []],
  ['iputils', ['ping']],
  ['iputils-ping', ['ping']],
  ['netcat-openbsd', ['nc']],
  ['netcat-traditional', ['nc']],
  ['netcat', ['nc']],
  ['bash', ['bash']],
  ['jq', []],
  ['iproute2', ['iproute2']],
  ['net-tools', ['net-tools']],
]);

/** Alpine's installer. */
export const apk: PodCommand = {
  names: ['apk'],
  partOf: ['apk'],
  run(shell, args) {
    const [verb, ...names] = args.filter((word) => !word.startsWith('-'));
    if (verb === 'update') return ok('OK: 24042 distinct packages available\n');
    if (verb !== 'add')
      return fail(1, `ERROR: '${verb ?? ''}' is not an apk command. See 'apk --help'.\n`);
    const unknown = names.find((name) => !packages.has(name));
    if (unknown !== undefined) {
      const lines = [`  ${unknown} (no such package):`, `    required by: world[${unknown}]`];
      return fail(1, `ERROR: unable to select packages:\n${lines.join('\n')}\n`);
    }
    return installed(
      shell,
      names,
      (name, index) => `(${index + 1}/${names.length}) Installing ${name}\n`,
      'OK: 13 MiB in 24 packages\n',
    );
  },
};

/** Debian's installer. */
export const aptGet: PodCommand = {
  names: ['apt-get', 'apt'],
  partOf: ['glibc'],
  run(shell, args) {
    const [verb, ...names] = args.filter((word) => !word.startsWith('-'));
    if (verb === 'update') return ok('Reading package lists... Done\n');
    if (verb !== 'install') return fail(100, `E: Invalid operation ${verb ?? ''}\n`);
    const unknown = names.find((name) => !packages.has(name));
    if (unknown !== undefined)
      return fail(
        100,
        `E: Unable to locate package ${unknown}\n`,
        'Reading package lists... Done\n',
      );
    return installed(shell, names, (name) => `Setting up ${name} ...\n`, '');
  },
};

function installed(
  shell: PodShell,
  names: readonly string[],
  line: (name: string, index: number) => string,
  end: string,
): CommandResult {
  shell.install(names.flatMap((name) => packages.get(name) ?? []));
  return ok(names.map(line).join('') + end);
}
