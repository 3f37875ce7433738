import { describe, expect, it } from 'vitest';
import { mainProcessOf } from '../../../../src/cluster/network/main-process.ts';
import { readsInput } from '../../../../src/cluster/network/pod-commands/reads-input.ts';
import { runInPod } from '../../../../src/cluster/network/pod-commands/run.ts';
import {
  isInteractiveShell,
  promptOf,
  runSessionLine,
  startSession,
} from '../../../../src/cluster/network/pod-commands/shell-session.ts';
import { addPod, webWorld } from '../world.ts';

function world() {
  const cluster = webWorld();
  addPod(cluster, 'alpine', '10.244.1.61', { image: 'alpine:3.20' });
  addPod(cluster, 'debian', '10.244.1.62', { image: 'debian' });
  addPod(cluster, 'bare', '10.244.1.63', { image: 'traefik/whoami' });
  return cluster;
}

/** Types lines into a shell: what they printed, the prompt before each, and how it left. */
function type(pod: string, program: string, lines: readonly string[]) {
  const cluster = world();
  let session = startSession(cluster, { namespace: 'default', pod }, program);
  if (!session) return undefined;
  let printed = '';
  const prompts: string[] = [];
  for (const line of lines) {
    prompts.push(promptOf(cluster, session));
    const step = runSessionLine(cluster, session, line);
    printed += step.result.stdout + step.result.stderr;
    session = step.session;
    if (step.ended) return { printed, prompts, exit: session.lastExit };
  }
  return { printed, prompts, exit: undefined };
}

describe('a shell that somebody types into', () => {
  it.each([
    [['cd /etc', 'pwd', 'cat hostname', 'cd ..', 'pwd', 'cd', 'pwd'], '/etc\nalpine\n/\n/root\n'],
    [['X=5', 'echo $X', 'export X=6', 'echo $X', 'unset X', 'echo [$X]'], '5\n6\n[]\n'],
    [['false', 'echo $?', 'echo $?'], '1\n0\n'],
    [['cd /nope', 'echo $?'], "sh: cd: can't cd to /nope: No such file or directory\n2\n"],
    [['# only a remark', 'echo a # b'], 'a\n'],
    [['nosuch'], 'sh: nosuch: not found\n'],
    [['while'], 'sh: syntax error: unexpected "while"\n'],
    [['for i in 1 2; do', 'echo $i', 'done', 'echo end'], '1\n2\nend\n'],
    [["echo 'one", "two'"], 'one\ntwo\n'],
    [['echo one \\', 'two'], 'one two\n'],
    [
      ['apk add curl', 'curl -s web | head -n 1'],
      '(1/1) Installing curl\nOK: 13 MiB in 24 packages\n<!DOCTYPE html>\n',
    ],
  ])('%j prints %j', (lines, printed) => {
    expect(type('alpine', 'sh', lines)?.printed).toBe(printed);
  });

  it.each([
    [['exit'], 0],
    [['exit 3'], 3],
    [['exit 260'], 4],
    [['false', 'exit'], 1],
    [['false || exit 7', 'echo not reached'], 7],
    [['echo stays'], undefined],
  ])('%j leaves with %j', (lines, exit) => {
    expect(type('alpine', 'sh', lines)?.exit).toBe(exit);
  });

  it('prompts as its image does, and otherwise for the rest of a line', () => {
    expect(type('alpine', 'sh', ['cd /etc', 'cd', 'echo "'])?.prompts).toEqual([
      '/ # ',
      '/etc # ',
      '~ # ',
    ]);
    expect(type('alpine', 'sh', ['for i in 1; do', 'done'])?.prompts).toEqual(['/ # ', '> ']);
    expect(type('debian', 'bash', ['cd /tmp', 'ls'])?.prompts).toEqual([
      'root@debian:/# ',
      'root@debian:/tmp# ',
    ]);
    expect(type('debian', 'sh', ['ls'])?.prompts).toEqual(['# ']);
  });

  it('is not there without the program', () => {
    expect(type('bare', 'sh', [])).toBeUndefined();
    expect(type('alpine', 'bash', [])).toBeUndefined();
    expect(type('gone', 'sh', [])).toBeUndefined();
  });
});

describe('a script on standard input', () => {
  it('runs line by line and leaves as its last command did', () => {
    const place = { namespace: 'default', pod: 'alpine' };
    const result = runInPod(world(), place, ['sh'], 'cd /etc\npwd\n\n# a remark\nfalse\n');
    expect(result).toEqual({ exit: 1, stdout: '/etc\n', stderr: '' });
  });
});

describe('what reads its input', () => {
  it.each([
    ['cat', true],
    ['cat /etc/hosts', false],
    ['cat -', true],
    ['sh', true],
    ['grep x', true],
    ['curl web', false],
    ['echo x', false],
  ])('%s: %s', (line, reads) => {
    expect(readsInput(line.split(' '))).toBe(reads);
    expect(readsInput(['sh', '-c', line])).toBe(reads);
    expect(readsInput(['sh', '-c', `echo a; ${line} | wc -l`])).toBe(reads);
  });

  it('only what stands first in a pipe, and nothing in a line that cannot be read', () => {
    expect(readsInput(['sh', '-c', 'curl web | grep x'])).toBe(false);
    expect(readsInput(['sh', '-c', 'while cat'])).toBe(false);
  });
});

describe('the main process of a container', () => {
  it.each([
    [
      { image: 'alpine', stdin: true },
      { kind: 'shell', program: 'sh' },
    ],
    [
      { image: 'ubuntu:24.04', stdin: true },
      { kind: 'shell', program: 'bash' },
    ],
    [{ image: 'alpine' }, { kind: 'works-on' }],
    [{ image: 'nginx', stdin: true }, { kind: 'works-on' }],
    [{ image: 'my/own', stdin: true }, { kind: 'works-on' }],
    [
      { image: 'nginx', stdin: true, args: ['sh'] },
      { kind: 'shell', program: 'sh' },
    ],
    [{ image: 'busybox', args: ['sleep', '3600'] }, { kind: 'works-on' }],
    [{ image: 'busybox', args: ['sh', '-c', 'echo a; sleep 3600'] }, { kind: 'works-on' }],
    [{ image: 'busybox', args: ['sh', '-c', 'while true; do date; done'] }, { kind: 'works-on' }],
    [{ image: 'python', args: ['python', 'app.py'] }, { kind: 'works-on' }],
    [{ image: 'python', args: ['sh', '-c', 'python app.py'] }, { kind: 'works-on' }],
    [
      { image: 'busybox', args: ['wget', 'web'] },
      { kind: 'command', words: ['wget', 'web'] },
    ],
    [
      { image: 'busybox', command: ['sh', '-c'], args: ['X=1; wget $X'] },
      { kind: 'command', words: ['sh', '-c', 'X=1; wget $X'] },
    ],
  ])('%j', (container, process) => {
    expect(mainProcessOf({ name: 'main', ...container })).toEqual(process);
  });

  it('a shell is to be typed into when nothing tells it what to do', () => {
    expect(
      ['sh', '/bin/bash', 'sh -i', 'bash --login'].map((line) =>
        isInteractiveShell(line.split(' ')),
      ),
    ).toEqual([true, true, true, true]);
    expect(
      ['sh -c ls', 'sh script.sh', 'zsh', 'ls'].map((line) => isInteractiveShell(line.split(' '))),
    ).toEqual([false, false, false, false]);
  });
});
