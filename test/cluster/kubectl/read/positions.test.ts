import { describe, expect, test } from 'vitest';
import { bootstrapCluster } from '../../../../src/cluster/bootstrap.ts';
import { forkCluster } from '../../../../src/cluster/cluster.ts';
import { runKubectl } from '../../../../src/cluster/kubectl/run.ts';

const base = bootstrapCluster();

/** Where the finding with that path should point: between `⟦` and `⟧`. */
function marked(text: string): { readonly plain: string; readonly ranges: readonly string[] } {
  const ranges: string[] = [];
  let line = 1;
  let column = 1;
  let open = '';
  for (const sign of text) {
    if (sign === '⟦') open = `${line}:${column}`;
    else if (sign === '⟧') ranges.push(`${open}-${line}:${column}`);
    else if (sign === '\n') [line, column] = [line + 1, 1];
    else column += 1;
  }
  return { plain: text.replace(/[⟦⟧]/g, ''), ranges };
}

function rangesOf(text: string, ...verbs: readonly string[]): readonly string[] {
  const cluster = forkCluster(base);
  const args = verbs.length > 0 ? verbs : ['apply', '-f', '-'];
  const { findings, exit } = runKubectl(cluster, { args, stdin: text });
  expect(exit).toBe(1);
  const places = findings.map(({ range }) =>
    range
      ? `${range.start.line}:${range.start.column}-${range.end.line}:${range.end.column}`
      : 'nowhere',
  );
  return [...new Set(places)].sort();
}

const head = 'apiVersion: v1\nkind: Service\n';
const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n';

const rows: readonly (readonly [string, string])[] = [
  ['a value', `${head}metadata: {name: web}\nspec: {ports: [{port: ⟦70000⟧, targetPort: 1}]}`],
  [
    'several',
    `${head}metadata: {name: ⟦Web⟧}\nspec:\n  type: ⟦nodeport⟧\n  ports:\n  - port: ⟦0⟧\n    targetPort: 1`,
  ],
  ['a missing field: its parent', `${head}metadata: {name: web}\n⟦spec⟧: {selector: {a: b}}`],
  [
    'a missing field of an item: the item',
    `${head}metadata: {name: web}\nspec:\n  ports:\n  - ⟦port⟧: 80\n  - {name: b, port: 81}`,
  ],
  ['no spec: the document', `⟦apiVersion⟧: v1\nkind: Service\nmetadata: {name: web}`],
  [
    'a field by its other name',
    `${head}metadata: {name: a}\nspec: {clusterIP: ⟦1.2⟧, ports: [{port: 80}]}`,
  ],
  [
    'a field that the server spells otherwise',
    `${head}metadata: {name: a}\nspec: {type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8, ⟦x⟧], ports: [{port: 80}]}`,
  ],
  [
    'the key of a label',
    `${head}metadata: {name: a, labels: {⟦no good⟧: b}}\nspec: {ports: [{port: 80}]}`,
  ],
  [
    'the value of a label',
    `${head}metadata: {name: a, labels: {a: b, c: ⟦no good⟧}}\nspec: {ports: [{port: 80}]}`,
  ],
  [
    'the value of a selector',
    `${head}metadata: {name: a}\nspec:\n  selector:\n    a.b/c: ⟦"x y"⟧\n  ports:\n  - port: 80`,
  ],
  [
    'an annotation by its key',
    `${head}metadata:\n  name: a\n  annotations:\n    service.kubernetes.io/topology-mode: ⟦Auto⟧\n    service.kubernetes.io/topology-aware-hints: x\nspec: {ports: [{port: 80}]}`,
  ],
  [
    'a duplicate: the later one',
    `${head}metadata: {name: a}\nspec:\n  ports:\n  - {port: 80, name: a}\n  - {port: 81, name: ⟦a⟧}`,
  ],
  ['a wrong type', `${head}metadata: {name: a}\nspec: {ports: [{port: ⟦"80"⟧}]}`],
  [
    'a wrong type, not the first of its name',
    `${head}metadata: {name: a}\nspec:\n  ports:\n  - {port: 80, name: a}\n  - {port: ⟦1.5⟧, name: b}`,
  ],
  [
    'a wrong type in a map',
    `${head}metadata: {name: a}\nspec: {selector: {a: b, c: ⟦5⟧}, ports: [{port: 80}]}`,
  ],
  [
    'a wrong type in a list',
    `${head}metadata: {name: a}\nspec: {externalIPs: [1.2.3.4, ⟦5⟧], ports: [{port: 80}]}`,
  ],
  ['a wrong type in metadata', `${head}metadata: {name: a, finalizers: [a/b, ⟦5⟧]}`],
  [
    'a key with dots whose value is of the wrong type',
    `${head}metadata: {name: a, annotations: {a.b/c.d: ⟦true⟧}}`,
  ],
  [
    'a quantity',
    `${pod}  containers: [{name: a, image: b, resources: {limits: {memory: 1Gi, cpu: ⟦1x⟧}}}]`,
  ],
  ['a time', `${head}metadata: {name: a, creationTimestamp: ⟦yesterday⟧}`],
  ['base64', 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {a: YQ==, b: ⟦"##"⟧}'],
  [
    'unknown fields: their keys',
    `${head}metadata: {name: a}\nspec:\n  ⟦port⟧: 80\n  ports:\n  - port: 80\n    ⟦foo⟧: 1`,
  ],
  [
    'through an alias',
    `${head}metadata: {name: a, labels: &l {a: ⟦b c⟧}}\nspec: {selector: *l, ports: [{port: 80}]}`,
  ],
  [
    'through a merge key',
    `${head}metadata: {name: a}\nspec:\n  ports:\n  - &p {port: ⟦70000⟧, targetPort: 1, name: a}\n  - {<<: *p, name: b, protocol: UDP}`,
  ],
  [
    'in an item of a list',
    'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: 80}]}}\n- {apiVersion: v1, kind: Service, metadata: {name: b}, spec: {ports: [{port: 80, protocol: ⟦tcp⟧}]}}',
  ],
  [
    'in a later document',
    `${head}metadata: {name: a}\nspec: {ports: [{port: 80}]}\n---\n${head}metadata: {name: b}\nspec: {ports: [{targetPort: 1, port: ⟦0⟧}]}`,
  ],
  [
    'in JSON',
    '{"apiVersion": "v1", "kind": "Service",\n "metadata": {"name": "a"},\n "spec": {"type": ⟦"Nodeport"⟧,\n  "ports": [{"port": 80}]}}',
  ],
  [
    'in JSON of two lines, a wrong type',
    '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"},\n"spec": {"ports": [{"port": 80},\t{"port": ⟦"81"⟧}]}}',
  ],
  [
    'behind a mark of byte order and returns',
    `\ufeff${head.replaceAll('\n', '\r\n')}metadata: {name: ⟦A⟧}\r\nspec: {ports: [{port: 80}]}`,
  ],
  [
    'behind letters of other scripts',
    `${head}metadata: {name: a, annotations: {x: "дом"}}\nspec: {selector: {a: ⟦дом⟧}, ports: [{port: 80}]}`,
  ],
  [
    'in a template',
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata:\n      ⟦labels⟧: {a: c}\n    spec: {containers: [{name: a, image: b}]}`,
  ],
  [
    'a namespace that is not there',
    `${head}metadata: {name: a, namespace: ⟦nope⟧}\nspec: {ports: [{port: 80}]}`,
  ],
  ['a kind that is not there', 'apiVersion: v1\nkind: ⟦Servise⟧\nmetadata: {name: a}'],
  ['another version of it', 'apiVersion: ⟦extensions/v1beta1⟧\nkind: Ingress\nmetadata: {name: a}'],
];

describe('a finding points at', () => {
  test.each(rows)('%s', (_, text) => {
    const { plain, ranges } = marked(text);
    const shifted = text.startsWith('\ufeff') ? ranges : [...ranges].sort();
    expect(rangesOf(plain)).toEqual(shifted);
  });

  test.each(['create', 'replace'])('the same when kubectl is to %s', (verb) => {
    const { plain, ranges } = marked(`${head}metadata: {name: a}\nspec: {ports: [{port: ⟦"80"⟧}]}`);
    if (verb === 'create') expect(rangesOf(plain, 'create', '-f', '-')).toEqual(ranges);
    else {
      const cluster = forkCluster(base);
      const stdin = plain.replaceAll('"', '');
      runKubectl(cluster, { args: ['create', '-f', '-'], stdin });
      const { findings } = runKubectl(cluster, { args: ['replace', '-f', '-'], stdin: plain });
      expect(findings.map(({ path }) => path)).toEqual(['spec.ports[0].port']);
    }
  });

  test('the fields that another manager has', () => {
    const cluster = forkCluster(base);
    const { plain, ranges } = marked(
      `${head}metadata: {name: a, labels: {x.y/z: ⟦b⟧}}\nspec:\n  ports:\n  - {port: 81, name: b}\n  - {port: 80, name: ⟦c⟧}`,
    );
    const stdin = plain.replaceAll(': b}}', ': a}}').replaceAll('name: c', 'name: a');
    runKubectl(cluster, { args: ['apply', '--server-side', '-f', '-'], stdin });
    const args = ['apply', '--server-side', '--field-manager=two', '-f', '-'];
    const { findings } = runKubectl(cluster, { args, stdin: plain });
    const places = findings.map(
      ({ range }) =>
        range && `${range.start.line}:${range.start.column}-${range.end.line}:${range.end.column}`,
    );
    expect(places).toEqual(ranges);
  });

  test('a change that is refused', () => {
    const cluster = forkCluster(base);
    const text = `${head}metadata: {name: a}\nspec: {clusterIP: 10.96.40.40, ports: [{port: 80}]}`;
    runKubectl(cluster, { args: ['apply', '-f', '-'], stdin: text });
    const stdin = text.replace('40.40', '40.41');
    const { findings } = runKubectl(cluster, { args: ['apply', '-f', '-'], stdin });
    expect(findings[0]?.range?.start).toEqual({ line: 4, column: 19 });
  });
});
