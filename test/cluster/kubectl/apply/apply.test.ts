import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bootstrapCluster } from '../../../../src/cluster/bootstrap.ts';
import { runKubectl } from '../../../../src/cluster/kubectl/run.ts';

const service = (name: string, more = ''): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec:\n  selector: {app: web}\n  ports: [{port: 80}]\n${more}`;

/** Runs commands one after another against a fresh cluster; the file is `f.yaml`. */
function session(...steps: readonly (readonly [line: string, text: string])[]) {
  const cluster = bootstrapCluster();
  return steps.map(([line, text]) =>
    runKubectl(cluster, { args: line.split(' '), files: { 'f.yaml': text } }),
  );
}

describe('apply', () => {
  test('creates, finds nothing to change, changes', () => {
    const results = session(
      ['apply -f f.yaml', service('a')],
      ['apply -f f.yaml', service('a')],
      ['apply -f f.yaml', service('a', '  type: NodePort\n')],
    );
    expect(results.map(({ stdout }) => stdout)).toEqual([
      'service/a created\n',
      'service/a unchanged\n',
      'service/a configured\n',
    ]);
    expect(results.map(({ requests }) => requests.map(({ method }) => method))).toEqual([
      ['POST'],
      [],
      ['PATCH'],
    ]);
  });

  test('warns about an object that apply did not make', () => {
    const [, second] = session(
      ['create -f f.yaml', service('a')],
      ['apply -f f.yaml', service('a')],
    );
    expect(second?.stderr).toContain(
      'missing the kubectl.kubernetes.io/last-applied-configuration',
    );
    expect(second?.stdout).toBe('service/a configured\n');
  });

  test('goes on after a refusal and lists all of them', () => {
    const text = [service('A'), service('b'), service('c', '  foo: 1\n')].join('---\n');
    const [result] = session(['apply -f f.yaml', text]);
    expect(result?.exit).toBe(1);
    expect(result?.stdout).toBe('service/b created\n');
    expect(result?.stderr.split('\n').map((line) => line.slice(0, 60))).toEqual([
      'Error from server (Invalid): error when creating "f.yaml": S',
      'Error from server (BadRequest): error when creating "f.yaml"',
      '',
    ]);
  });

  test('objects before an unreadable document are applied', () => {
    const [result] = session(['apply -f f.yaml', `${service('a')}---\nkind: [`]);
    expect(result?.stdout).toBe('service/a created\n');
    expect(result?.stderr).toContain('error parsing f.yaml');
  });

  test.each([
    ['a missing file', 'apply -f g.yaml', '', 'error: the path "g.yaml" does not exist\n'],
    ['no file', 'apply', '', 'error: must specify one of -f and -k\n'],
    ['an empty file', 'apply -f f.yaml', '# nothing\n', 'error: no objects passed to apply\n'],
    [
      'another namespace',
      'apply -n default -f f.yaml',
      'apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: other}\n',
      'error: the namespace from the provided object "other" does not match the namespace "default". You must pass \'--namespace=other\' to perform this operation.\n',
    ],
    [
      'a generated name',
      'apply -f f.yaml',
      'apiVersion: v1\nkind: Service\nmetadata: {generateName: a-}\n',
      'error: from a-: cannot use generate name with apply\n',
    ],
  ])('%s', (_, line, text, stderr) => {
    expect(session([line, text])[0]?.stderr).toBe(stderr);
  });

  test('a dry run writes nothing', () => {
    const [dry, real] = session(
      ['apply --dry-run=server -f f.yaml', service('a')],
      ['apply -f f.yaml', service('a')],
    );
    expect([dry?.stdout, real?.stdout]).toEqual([
      'service/a created (server dry run)\n',
      'service/a created\n',
    ]);
  });

  test('is settled by one more apply, whatever was before', () => {
    const port = fc.record({
      port: fc.integer({ min: 1, max: 5 }),
      targetPort: fc.integer({ min: 1, max: 3 }),
    });
    const spec = fc.record({
      type: fc.constantFrom('ClusterIP', 'NodePort'),
      selector: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('x', 'y'), {
        minKeys: 1,
      }),
      ports: fc
        .uniqueArray(port, { minLength: 1, maxLength: 4, selector: (each) => each.port })
        .map((ports) => ports.map((each) => ({ name: `p${each.port}`, ...each }))),
    });
    const manifest = spec.map((value) =>
      JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: value }),
    );
    fc.assert(
      fc.property(manifest, manifest, (before, after) => {
        const [, changed, again] = session(
          ['apply -f f.yaml', before],
          ['apply -f f.yaml', after],
          ['apply -f f.yaml', after],
        );
        expect(changed?.stderr).toBe('');
        expect(again?.stdout).toBe('service/a unchanged\n');
      }),
      { numRuns: 60 },
    );
  });
});

describe('a refusal points into the text', () => {
  test.each([
    [
      'an unknown field',
      '  seletcor: {app: web}\n',
      'api-field-unknown',
      'spec.seletcor',
      7,
      3,
      'selector',
    ],
    [
      'a wrong type',
      '  publishNotReadyAddresses: "x"\n',
      'api-field-type',
      'spec.publishNotReadyAddresses',
      7,
      29,
      undefined,
    ],
    [
      'a mapping without a space',
      '  sessionAffinityConfig: clientIP:x\n',
      'yaml-missing-space',
      'spec.sessionAffinityConfig',
      7,
      26,
      undefined,
    ],
    [
      'a value that is not offered',
      '  type: nodeport\n',
      'api-field-not-supported',
      'spec.type',
      7,
      9,
      'NodePort',
    ],
    [
      'curly quotes',
      '  externalName: “x”\n',
      'yaml-smart-quotes',
      'spec.externalName',
      7,
      17,
      undefined,
    ],
  ])('%s', (name, more, code, path, line, column, expected) => {
    const text =
      name === 'curly quotes' ? service('a', `  type: ExternalName\n${more}`) : service('a', more);
    const finding = session(['apply -f f.yaml', text])[0]?.findings[0];
    expect(finding).toMatchObject({ code, path });
    expect(finding?.range?.start).toEqual({
      line: name === 'curly quotes' ? line + 1 : line,
      column,
    });
    expect(finding?.expected).toBe(expected);
  });

  test('the item of a list whose type is wrong', () => {
    const text = service('a').replace('[{port: 80}]', '[{port: 80}, {port: "81"}]');
    const [finding] = session(['apply -f f.yaml', text])[0]?.findings ?? [];
    expect(finding).toMatchObject({
      path: 'spec.ports[1].port',
      range: { start: { line: 6, column: 30 } },
    });
  });

  test('a kind with a slip', () => {
    const text = service('a').replace('kind: Service', 'kind: Servce');
    const [finding] = session(['apply -f f.yaml', text])[0]?.findings ?? [];
    expect(finding).toMatchObject({
      code: 'api-kind-unknown',
      expected: 'Service',
      range: { start: { line: 2 } },
    });
  });
});

describe('create, replace and patch', () => {
  test('create refuses what is there, replace what is not', () => {
    const [first, second] = session(
      ['create -f f.yaml', service('a')],
      ['create -f f.yaml', service('a')],
    );
    expect(first?.stdout).toBe('service/a created\n');
    expect(second?.stderr).toContain('services "a" already exists');
  });

  test('replace --force makes a new object', () => {
    const [, second] = session(
      ['create -f f.yaml', service('a')],
      ['replace --force -f f.yaml', service('a')],
    );
    expect(second?.stdout).toBe('service "a" deleted from default namespace\nservice/a replaced\n');
  });

  test.each([
    ['patch svc a -p {"spec":{"type":"NodePort"}}', 'service/a patched\n'],
    ['patch svc/a -p {"spec":{"type":"ClusterIP"}}', 'service/a patched (no change)\n'],
    ['patch svc a --type=merge -p spec:\u00a0x', ''],
    ['patch svc b -p {}', ''],
    ['patch -f f.yaml -p {"spec":{"type":"NodePort"}}', 'service/a patched\n'],
  ])('%s', (line, stdout) => {
    expect(session(['create -f f.yaml', service('a')], [line, service('a')])[1]?.stdout).toBe(
      stdout,
    );
  });
});
