/** Logs, exec, attach and run, as the real kubectl does them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubectlVersions } from '../../../scripts/install-kubectl.ts';
import { kubectlIsHere, openTerminals, type Terminal } from './terminal.ts';
import { typeInto } from './typing.ts';

const isHere = kubectlIsHere();
const terminals = await openTerminals();
afterAll(() => terminals.close());

const manifests = `
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
  - {name: nginx, image: nginx}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: two}
spec:
  containers:
  - {name: talker, image: busybox, command: [sh, -c, "echo one; echo two; echo three; sleep 1000"]}
  - {name: tool, image: alpine, command: [sleep, "10000"]}
---
apiVersion: v1
kind: Pod
metadata: {name: nowhere}
spec:
  containers:
  - {name: main, image: nginx}
  nodeSelector: {disk: none}
`;

describe.runIf(isHere).each(kubectlVersions)('kubectl %s', (version) => {
  let terminal: Terminal;
  const run = (args: readonly string[], stdin?: string) =>
    terminal.kubectl(args, { version, ...(stdin !== undefined && { stdin }) });

  beforeAll(async () => {
    terminal = terminals.open();
    terminal.write('pods.yaml', manifests);
    const { exit } = await run(['apply', '-f', 'pods.yaml']);
    await run(['wait', '--for=condition=Ready', 'pod/web', 'pod/two']);
    expect(exit).toBe(0);
  });

  it.each([
    ['logs two -c talker', 0, 'one\ntwo\nthree\n', ''],
    ['logs two', 0, 'one\ntwo\nthree\n', 'Defaulted container "talker" out of: talker, tool\n'],
    ['logs two -c talker --tail=1', 0, 'three\n', ''],
    ['logs two -c talker --tail=0', 0, '', ''],
    ['logs two -c talker --limit-bytes=5', 0, 'one\nt', ''],
    ['logs two --all-containers --prefix --tail=1', 0, '[pod/two/talker] three\n', ''],
    ['logs two -c talker --since-time=2100-01-01T00:00:00Z', 0, '', ''],
    [
      'logs -p web',
      1,
      '',
      'Error from server (BadRequest): previous terminated container "nginx" in pod "web" not found\n',
    ],
    ['logs two -c no', 1, '', 'error: container no is not valid for pod two\n'],
  ])('%s', async (line, exit, stdout, stderr) => {
    const printed = await run(line.split(' '));
    expect(printed.stdout).toBe(stdout);
    expect(printed.exit).toBe(exit);
    expect(printed.stderr.replace(/ out of: talker or tool/, '')).toContain(
      stderr.split(' out')[0],
    );
  });

  it('logs --timestamps tells when each line was printed', async () => {
    const { stdout } = await run(['logs', 'two', '-c', 'talker', '--timestamps', '--since=1h']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z \w+$/);
  });

  it('logs -f goes on until the Pod is gone', async () => {
    await run(['run', 'brief', '--image=nginx']);
    await run(['wait', '--for=condition=Ready', 'pod/brief']);
    const following = run(['logs', '-f', 'brief', '--tail=1']);
    await run(['delete', 'pod', 'brief']);
    expect(await following).toMatchObject({ exit: 0, stdout: expect.stringContaining('start') });
  });

  const missing =
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuch": executable file not found in $PATH: unknown\n';

  it.each([
    [['exec', 'web', '--', 'hostname'], '', 0, 'web\n', ''],
    [
      ['exec', 'web', '--', 'sh', '-c', 'echo out; cat /nope; exit 7'],
      '',
      7,
      'out\n',
      'cat: /nope: No such file or directory\ncommand terminated with exit code 7\n',
    ],
    [
      ['exec', 'web', '--', 'nosuch'],
      '',
      127,
      '',
      `${missing}command terminated with exit code 127\n`,
    ],
    [['exec', 'two', '-c', 'tool', '--', 'hostname'], '', 0, 'two\n', ''],
    [['exec', '-i', 'web', '--', 'cat'], 'one\ntwo', 0, 'one\ntwo', ''],
    [
      ['exec', '-i', 'web', '--', 'sh', '-c', 'grep t | head -n 1'],
      'one\ntwo\nthree\n',
      0,
      'two\n',
      '',
    ],
    [
      ['exec', '-i', 'web', '--', 'sh'],
      'cd /etc\npwd\nX=5\necho $X\nfalse\n',
      1,
      '/etc\n5\n',
      'command terminated with exit code 1\n',
    ],
    [
      ['exec', 'nowhere', '--', 'ls'],
      '',
      1,
      '',
      'Error from server (BadRequest): pod nowhere does not have a host assigned\n',
    ],
    [
      ['exec', 'web', '-c', 'no', '--', 'ls'],
      '',
      1,
      '',
      'Error from server (BadRequest): container no is not valid for pod web\n',
    ],
    [
      ['exec', 'nosuch', '--', 'ls'],
      '',
      1,
      '',
      'Error from server (NotFound): pods "nosuch" not found\n',
    ],
  ] as const)('%j', async (args, stdin, exit, stdout, stderr) => {
    expect(await run(args, stdin)).toEqual({ exit, stdout, stderr });
  });

  it('pipes a large input through a process', async () => {
    const text = `${'x'.repeat(79)}\n`.repeat(2000);
    expect(await run(['exec', '-i', 'web', '--', 'cat'], text)).toMatchObject({
      exit: 0,
      stdout: text,
    });
  });

  it.each([
    ['Never', ['sh'], 'exit 3\n', 3, ''],
    ['Never', ['wget', '-qO-', 'http://web/nope'], '', 1, ''],
    ['Never', ['sh', '-c', 'wget -qO- http://web | head -n 1'], '', 0, '<!DOCTYPE html>\n'],
    ['Always', ['sh'], 'echo hello\nexit\n', 0, 'hello\n'],
  ] as const)('run -i --rm --restart=%s -- %j', async (restart, words, stdin, exit, stdout) => {
    const name = `tmp-${restart.toLowerCase()}-${words.length}${exit}`;
    const args = ['run', '-i', '--rm', name, `--restart=${restart}`, '--image=busybox', '--'];
    const printed = await run([...args, ...words], stdin);
    expect(printed.exit).toBe(exit);
    expect(printed.stdout).toMatch(new RegExp(`^${stdout}.*pod "${name}" deleted`, 's'));
    const left = await run(['get', 'pod', name, '-o', 'jsonpath={.metadata.deletionTimestamp}']);
    expect(left.stdout !== '' || left.exit === 1).toBe(true);
  });

  it('attach -it types into the container’s shell, whose end restarts it', async () => {
    const overrides = {
      spec: { containers: [{ name: 'sh', image: 'alpine', stdin: true, tty: true }] },
    };
    await run(['run', 'shell', '--image=alpine', `--overrides=${JSON.stringify(overrides)}`]);
    await run(['wait', '--for=condition=Ready', 'pod/shell']);
    const typed = await typeInto(
      terminal,
      ['attach', '-it', 'shell'],
      [
        ['/ # ', 'echo typed $HOSTNAME\r'],
        ['typed shell', 'exit\r'],
      ],
      version,
    );
    expect(typed.exit).toBe(0);
    const restarts = 'jsonpath={.status.containerStatuses[0].restartCount}';
    expect(await run(['get', 'pod', 'shell', '-o', restarts])).toMatchObject({ stdout: '1' });
  });

  it('exec -it is a terminal: history, corrections, Ctrl-C, Ctrl-D and an exit code', async () => {
    const typed = await typeInto(
      terminal,
      ['exec', '-it', 'two', '-c', 'tool', '--', 'sh'],
      [
        ['/ # ', 'echo helxlo\x1b[D\x1b[D\x7f\r'],
        [/hello\n?\r?\n\/ # /, '\x1b[A\r'],
        [/hello\r?\n\/ # /, 'not this\x03'],
        [/\^C\r?\n\/ # /, 'cd /etc\r'],
        ['/etc # ', 'false\r'],
        ['/etc # ', '\x04'],
      ],
      version,
    );
    expect(typed.exit).toBe(1);
    expect(typed.stdout.match(/^hello$/gm)).toHaveLength(2);
    expect(typed.stdout).not.toContain('not found');
  });

  it('a process is killed with its Pod', async () => {
    await run(['run', 'doomed', '--image=alpine', '--', 'sleep', '1000']);
    await run(['wait', '--for=condition=Ready', 'pod/doomed']);
    const inside = typeInto(
      terminal,
      ['exec', '-it', 'doomed', '--', 'sh'],
      [['/ # ', 'ls']],
      version,
    );
    await run(['delete', 'pod', 'doomed', '--now']);
    expect((await inside).exit).toBe(137);
  });
});
