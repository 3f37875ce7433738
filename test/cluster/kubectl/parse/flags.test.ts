import { describe, expect, test } from 'vitest';
import type { Command, Flag } from '../../../../src/cluster/kubectl/command.ts';
import { findCommand, flagSetOf } from '../../../../src/cluster/kubectl/parse/find-command.ts';
import { parseFlags } from '../../../../src/cluster/kubectl/parse/flag-set.ts';

const flags: readonly Flag[] = [
  { name: 'output', short: 'o', kind: 'string', summary: '' },
  { name: 'watch', short: 'w', kind: 'bool', bare: 'true', default: 'false', summary: '' },
  { name: 'all', short: 'A', kind: 'bool', bare: 'true', default: 'false', summary: '' },
  { name: 'replicas', kind: 'int', default: '1', summary: '' },
  { name: 'tcp', kind: 'list', summary: '' },
  { name: 'env', kind: 'array', summary: '' },
  { name: 'timeout', kind: 'duration', default: '0s', summary: '' },
];
const command: Command = { path: ['get'], summary: '', flags, run: () => 0 };
const parse = (...words: string[]) => parseFlags(words, flagSetOf(command), 'kubectl get');

describe('flags in every spelling', () => {
  test.each([['-oyaml'], ['-o=yaml'], ['-o', 'yaml'], ['--output=yaml'], ['--output', 'yaml']])(
    '%s %s',
    (...words) => {
      expect(parse('pods', ...words.filter(Boolean)).flag('output')).toBe('yaml');
    },
  );

  test('letters without values may stand together, the last with its value', () => {
    const parsed = parse('-wAo', 'json', 'pods');
    expect([parsed.flag('watch'), parsed.flag('all'), parsed.flag('output')]).toEqual([
      'true',
      'true',
      'json',
    ]);
    expect(parsed.positionals).toEqual(['pods']);
  });

  test('a bare flag takes no word, and false only with an equals sign', () => {
    expect(parse('-w', 'false').positionals).toEqual(['false']);
    expect(parse('--watch=false').flag('watch')).toBe('false');
  });

  test('lists take commas, arrays do not', () => {
    const parsed = parse('--tcp=80,81', '--tcp', '82', '--env=a=b,c');
    expect(parsed.flags('tcp')).toEqual(['80', '81', '82']);
    expect(parsed.flags('env')).toEqual(['a=b,c']);
  });

  test('what follows -- is left alone', () => {
    const parsed = parse('a', '--', '-o', '--nope');
    expect(parsed.positionals).toEqual(['a']);
    expect(parsed.afterDash).toEqual(['-o', '--nope']);
  });

  test('defaults hold until a flag is given', () => {
    expect(parse().flag('replicas')).toBe('1');
    expect(parse().changed('replicas')).toBe(false);
    expect(parse('--replicas=1').changed('replicas')).toBe(true);
  });

  test.each([
    [['--nope'], 'error: unknown flag: --nope'],
    [['-z'], "error: unknown shorthand flag: 'z' in -z"],
    [['-wz'], "error: unknown shorthand flag: 'z' in -z"],
    [['--output'], 'error: flag needs an argument: --output'],
    [['-o'], "error: flag needs an argument: 'o' in -o"],
    [['---a'], 'error: bad flag syntax: ---a'],
    [
      ['--replicas=x'],
      'error: invalid argument "x" for "--replicas" flag: strconv.ParseInt: parsing "x": invalid syntax',
    ],
    [
      ['-w=maybe'],
      'error: invalid argument "maybe" for "-w, --watch" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
    ],
    [
      ['--timeout=5'],
      'error: invalid argument "5" for "--timeout" flag: time: missing unit in duration "5"',
    ],
  ])("%s is refused in pflag's words", (words, text) => {
    expect(() => parse(...words)).toThrow(`${text}\nSee 'kubectl get --help' for usage.`);
  });
});

describe('finding the command', () => {
  const commands: readonly Command[] = [
    command,
    { path: ['create', 'service', 'clusterip'], summary: '', flags, run: () => 0 },
    { path: ['create'], summary: '', flags, run: () => 0 },
    { path: ['set', 'image'], summary: '', flags, run: () => 0 },
  ];
  const groups = [
    { path: ['create', 'service'], aliases: ['svc'], summary: '' },
    { path: ['set'], summary: '' },
  ];
  const find = (...words: string[]) => findCommand(words, commands, groups);

  test.each([
    [['get', 'pods'], 'kubectl get', ['pods']],
    [['-n', 'dev', 'get', 'pods'], 'kubectl get', ['-n', 'dev', 'pods']],
    [['--namespace=dev', 'get', 'pods'], 'kubectl get', ['--namespace=dev', 'pods']],
    [['create', 'svc', 'clusterip', 'web'], 'kubectl create service clusterip', ['web']],
    [['create', '-f', 'a.yaml'], 'kubectl create', ['-f', 'a.yaml']],
    [['create', 'service', '--tcp', 'clusterip'], 'kubectl create service', ['--tcp', 'clusterip']],
    [['set', 'nope'], 'kubectl set', ['nope']],
    [[], 'kubectl', []],
  ])('%s', (words, commandPath, rest) => {
    expect(find(...words)).toMatchObject({ commandPath, rest });
  });

  test('an unknown command is told with what it may have meant', () => {
    expect(() => find('gett')).toThrow(
      'error: unknown command "gett" for "kubectl"\n\nDid you mean this?\n\tget\n\tset',
    );
    expect(() => find('frobnicate')).toThrow('error: unknown command "frobnicate" for "kubectl"');
  });
});
