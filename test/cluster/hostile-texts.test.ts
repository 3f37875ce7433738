import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bootstrapCluster } from '../../src/cluster/bootstrap.ts';
import { forkCluster } from '../../src/cluster/cluster.ts';
import { readManifests } from '../../src/cluster/kubectl/read/read-manifests.ts';
import { runKubectl } from '../../src/cluster/kubectl/run.ts';
import { limits } from '../../src/limits.ts';

const base = bootstrapCluster();

/** Whatever a text is, kubectl has an answer that can be sent, and no request ends in a 500. */
function submit(text: string, verb = 'apply'): ReturnType<typeof runKubectl> {
  const result = runKubectl(forkCluster(base), { args: [verb, '-f', '-'], stdin: text });
  for (const { code, response } of result.requests) {
    if (code >= 500) expect.fail(`${text}\n${JSON.stringify(response)}`);
  }
  if (result.exit !== 0 && result.stderr === '') expect.fail(`no word about ${text}`);
  if (JSON.stringify(result).length > 64 * limits.textBytes) expect.fail(`too long for ${text}`);
  return result;
}

const names = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf', 'length'];
const values = ['x', 'true', 'null', '0', '[]', '{}', '{a: b}', '[__proto__]', '9007199254740993'];
const places: readonly (readonly [string, (member: string) => string])[] = [
  ['a document', (member) => `{apiVersion: v1, kind: Service, metadata: {name: a}, ${member}}`],
  ['metadata', (member) => service(`metadata: {name: a, ${member}}`)],
  ['labels', (member) => service(`metadata: {name: a, labels: {${member}}}`)],
  ['annotations', (member) => service(`metadata: {name: a, annotations: {${member}}}`)],
  ['a spec', (member) => service('metadata: {name: a}', member)],
  ['a selector', (member) => service('metadata: {name: a}', `selector: {${member}}`)],
  ['a port', (member) => service('metadata: {name: a}', `ports: [{port: 80, ${member}}]`)],
  ['data', (member) => `{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {${member}}}`],
  [
    'secret data',
    (member) => `{apiVersion: v1, kind: Secret, metadata: {name: a}, data: {${member}}}`,
  ],
  ['a template', (member) => deployment(`labels: {app: a, ${member}}`, '')],
  ['a container', (member) => deployment('labels: {app: a}', `, ${member}`)],
  ['limits', (member) => deployment('labels: {app: a}', `, resources: {limits: {${member}}}`)],
  [
    'another kind',
    (member) => `{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {${member}}}`,
  ],
  [
    'an unknown kind',
    (member) => `{apiVersion: ${member.split(':')[0]}, kind: A, metadata: {name: a}}`,
  ],
  ['a kind', (member) => `{apiVersion: v1, kind: ${member.split(':')[0]}, metadata: {name: a}}`],
];

function service(metadata: string, spec = ''): string {
  return `{apiVersion: v1, kind: Service, ${metadata}, spec: {ports: [{port: 80}], ${spec}}}`;
}

function deployment(metadata: string, container: string): string {
  return `{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}, template: {metadata: {${metadata}}, spec: {containers: [{name: a, image: b${container}}]}}}}`;
}

describe('names that JavaScript gives a meaning are keys like any other', () => {
  test.each(places)('in %s', (_, write) => {
    for (const name of names) {
      for (const value of values) submit(write(`${name}: ${value}`));
    }
    expect(Object.hasOwn(Object.prototype, 'a')).toBe(false);
  });

  test('kept as they were written', () => {
    const members = names.map((name) => `${name}: kept`).join(', ');
    const cluster = forkCluster(base);
    const stdin = service(`metadata: {name: a, labels: {${members}}}`, `selector: {${members}}`);
    expect(runKubectl(cluster, { args: ['create', '-f', '-'], stdin }).exit).toBe(1);
    const fit = stdin.replaceAll('__proto__: kept', 'proto: kept');
    expect(runKubectl(cluster, { args: ['create', '-f', '-'], stdin: fit }).stderr).toBe('');
    const { stdout } = runKubectl(cluster, { args: ['get', 'service', 'a', '-o', 'yaml'] });
    for (const name of names.slice(1)) expect(stdout.split(`${name}: kept`).length).toBe(3);
  });
});

const deep = (open: string, close: string, depth: number): string =>
  `${open.repeat(depth)}x${close.repeat(depth)}`;
const sizes = [1, 10, 63, 64, 65, 200, 2000, 20_000];
const shapes: readonly (readonly [string, (size: number) => string])[] = [
  ['lists in lists', (size) => `a: ${deep('[', ']', size)}`],
  ['maps in maps', (size) => `a: ${deep('{a: ', '}', size)}`],
  ['lists never closed', (size) => `a: ${'['.repeat(size)}`],
  ['closed, never opened', (size) => `a: ${']'.repeat(size)}`],
  ['dashes', (size) => '- '.repeat(size)],
  ['question marks', (size) => '? '.repeat(size)],
  ['colons', (size) => ': '.repeat(size)],
  ['ever deeper lines', (size) => indented(Math.min(size, 400))],
  ['JSON in JSON', (size) => deep('{"a":', '}', size)],
  ['anchors', (size) => lines(size, (at) => `a${at}: &a${at} x`)],
  ['aliases of one', (size) => `a: &a [x]\n${lines(size, (at) => `b${at}: *a`)}`],
  ['aliases that double', (size) => `a0: &a0 x\n${lines(Math.min(size, 500), doubled)}`],
  ['merges that double', (size) => `a0: &a0 {k: x}\n${lines(Math.min(size, 500), merged)}`],
  ['an alias of its own', (size) => `a: &a {${'b: *a, '.repeat(size)}}`],
  ['a long word', (size) => `a: ${'x'.repeat(size)}`],
  ['a long key', (size) => `${'x'.repeat(size)}: a`],
  ['a long quoted text', (size) => `a: "${'\\u00e9'.repeat(size)}"`],
  ['a long folded text', (size) => `a: >-\n${lines(size, () => '  x')}`],
  [
    'many digits',
    (size) =>
      `apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: ${'9'.repeat(size)}}]}`,
  ],
  ['many underscores', (size) => `a: 1${'_'.repeat(size)}0`],
  ['many zeros', (size) => `a: 0.${'0'.repeat(size)}1e${size}`],
  ['many documents', (size) => 'a: b\n---\n'.repeat(size)],
  ['blank documents', (size) => '---\n'.repeat(size)],
  ['tags', (size) => `a: ${'!!str '.repeat(size)}x`],
  ['a long tag', (size) => `a: !${'x'.repeat(size)} x`],
  ['tabs', (size) => `a:${'\t'.repeat(size)}b:\t`],
  ['spaces', (size) => `a:${' '.repeat(size)}b: c: d`],
  ['blank lines', (size) => `a: |${'\n'.repeat(size)}  b`],
  ['comments', (size) => '# x\n'.repeat(size)],
  ['the same key', (size) => 'a: b\n'.repeat(size)],
  ['quotes', (size) => `a: ${'"'.repeat(size)}`],
  ['single quotes', (size) => `a: ${"'".repeat(size)}`],
  ['backslashes', (size) => `a: "${'\\'.repeat(size)}`],
  ['fences', (size) => '```yaml\n'.repeat(size)],
  ['templates', (size) => `a: ${'{{ '.repeat(size)}`],
  ['NUL', (size) => `a: ${'\0'.repeat(size)}`],
  ['replaced bytes', (size) => `a: ${'\ufffd'.repeat(size)}`],
  ['high halves', (size) => `a: ${'\ud800'.repeat(size)}`],
  ['low halves', (size) => `"${'\udc00'.repeat(size)}": a`],
  ['escaped halves', (size) => `a: "${'\\ud800'.repeat(size)}"`],
  ['byte order marks', (size) => `${'\ufeff'.repeat(size)}a: b`],
  ['returns', (size) => `a: b${'\r'.repeat(size)}c: d`],
  ['line separators', (size) => `a: b${'\u2028'.repeat(size)}c: d`],
  [
    'labels',
    (size) => service(`metadata: {name: a, labels: {${lines(size, (at) => `k${at}: v,`)}}}`),
  ],
  [
    'ports',
    (size) => service('metadata: {name: a}', `ports: [${lines(size, () => '{port: 80},')}]`),
  ],
  ['a long name', (size) => service(`metadata: {name: ${'a'.repeat(size)}}`)],
  [
    'a long quantity',
    (size) => deployment('labels: {app: a}', `, resources: {limits: {cpu: ${'1'.repeat(size)}}}`),
  ],
  [
    'a list of lists of objects',
    (size) => `${'{apiVersion: v1, kind: List, items: ['.repeat(size)}${']}'.repeat(size)}`,
  ],
];

function lines(count: number, line: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => line(at)).join('\n');
}

const indented = (depth: number): string => lines(depth, (at) => `${' '.repeat(at)}a:`);
const doubled = (at: number): string => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]`;
const merged = (at: number): string =>
  `a${at + 1}: &a${at + 1} {<<: [*a${at}, *a${at}], k${at}: *a${at}}`;

describe('texts that grow', () => {
  test.each(shapes)('%s', (_, write) => {
    for (const size of sizes) submit(write(size));
    for (const size of sizes.slice(0, 4)) {
      submit(`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: b}\n${write(size)}`);
    }
  });
});

const manifest = `apiVersion: v1
kind: Service
metadata: &m {name: "web", labels: {a: 'b'}} # web
spec:
  type: NodePort
  selector: {app: web}
  ports:
    - port: 80
      name: http
      targetPort: 8080
`;
const signs = [
  ...'\t\n\r :-?,[]{}#&*!|>\'"%@`~=<\\0aZ',
  ...['\0', '\u00a0', '\u2028', '\ufeff', '\ufffd', '\ud800', '\udc00', '\u{1f600}'],
  ...['---', '...', '<<: ', '&a ', '*a', '{{', '!!', '0x', '1e9', 'null', '__proto__', '  '],
];
/** YAML made by its grammar: well-formed more often than not, and deep at times. */
const scalar = fc.constantFrom(
  ...[
    'a',
    '1',
    '0o7',
    '1_0',
    '~',
    'yes',
    '2001-01-01',
    "'q'",
    '"\\u0041"',
    '!!str 1',
    '&a x',
    '*a',
  ],
  ...['.inf', '|-\n   t', '>\n   t', 'a: b', '- c', '"', '0x', '1e999', '<<', '__proto__'],
);
const flow = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('node'), { maxLength: 4 }).map((items) => `[${items.join(', ')}]`),
    fc
      .array(fc.tuple(scalar, tie('node')), { maxLength: 4 })
      .map((members) => `{${members.map(([key, value]) => `${key}: ${value}`).join(', ')}}`),
  ),
})).node;
const fields = [
  ...['apiVersion', 'kind', 'metadata', 'name', 'labels', 'spec', 'ports', 'port', 'selector'],
  ...['type', 'items', 'data', 'template', 'containers', '$patch', 'status', 'clusterIPs', '<<'],
];
const block = fc
  .array(fc.tuple(fc.nat(4), fc.constantFrom('', '- '), fc.constantFrom(...fields), flow), {
    maxLength: 10,
  })
  .map((all) => all.map(([by, dash, key, value]) => `${'  '.repeat(by)}${dash}${key}: ${value}`))
  .map((all) => `apiVersion: v1\nkind: Service\n${all.join('\n')}`);

const bytes = fc
  .uint8Array({ maxLength: 120 })
  .map((data) => new TextDecoder().decode(data.map((byte) => byte)));

const text = fc.oneof(
  bytes,
  block,
  flow.map((value) => service('metadata: {name: a}', `ports: ${value}`)),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.array(fc.constantFrom(...signs), { maxLength: 40 }).map((all) => all.join('')),
  fc
    .array(fc.tuple(fc.nat(manifest.length), fc.nat(3), fc.constantFrom(...signs)), {
      minLength: 1,
      maxLength: 3,
    })
    .map((edits) => edits.reduce(edited, manifest)),
);
const edited = (before: string, [at, cut, sign]: readonly [number, number, string]): string =>
  before.slice(0, at) + sign + before.slice(at + cut);

describe('any text', () => {
  test('is read, or its reader says where it stopped', () => {
    const property = fc.property(text, (written) => {
      const { documents, failure } = readManifests(written, 'a.yaml');
      for (const { object } of documents) if (typeof object !== 'object') expect.fail(written);
      if (failure && !failure.findings.every(({ range }) => range && range.start.line > 0)) {
        expect.fail(written);
      }
    });
    fc.assert(property, { seed: 1, numRuns: 20_000 });
  });

  test('is answered by kubectl and the server', () => {
    const verbs = fc.constantFrom('apply', 'create', 'replace', 'delete');
    fc.assert(
      fc.property(text, verbs, (written, verb) => void submit(written, verb)),
      { seed: 2, numRuns: 20_000 },
    );
  });
});
