import { connect } from './connection.ts';
import { readOptions } from './options.ts';
import { fail, ok, type PodCommand } from './pod-command.ts';

const rules = [
  { names: ['-z'] },
  { names: ['-v'] },
  { names: ['-u'] },
  { names: ['-n'] },
  { names: ['-w'], value: true },
];

/** `nc -z HOST PORT`: is there anybody? As busybox prints it, with `-v`. */
export const nc: PodCommand = {
  names: ['nc', 'ncat', 'netcat'],
  partOf: ['busybox', 'nc'],
  run(shell, args) {
    const options = readOptions(args, rules);
    const [host, portText = ''] = options.operands;
    const port = Number(portText);
    if (host === undefined || !Number.isInteger(port) || port < 1 || port > 65_535) {
      return fail(1, `nc: bad port '${portText}'\n`);
    }
    const connection = connect(shell, host, port, options.has('-u') ? 'UDP' : 'TCP');
    if (connection.kind === 'unresolved') return fail(1, `nc: bad address '${host}'\n`);
    const peer = `${host} (${connection.address}:${port})`;
    if (connection.kind === 'open') return ok('', options.has('-v') ? `${peer} open\n` : '');
    if (connection.kind === 'refused') {
      return fail(1, options.has('-v') ? `nc: ${peer}: Connection refused\n` : '');
    }
    const words = options.has('-w') ? 'nc: timed out\n' : `nc: ${peer}: Connection timed out\n`;
    return fail(1, options.has('-v') || options.has('-w') ? words : '');
  },
};
