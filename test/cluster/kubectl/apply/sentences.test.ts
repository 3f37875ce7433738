import { expect, test } from 'vitest';
import { render } from '../../../../src/catalogue/render.ts';
import { bootstrapCluster } from '../../../../src/cluster/bootstrap.ts';
import { runKubectl } from '../../../../src/cluster/kubectl/run.ts';

/** What a learner reads for the first thing that is wrong with a Service of these lines of spec. */
function sentenceFor(...spec: readonly string[]): string {
  const lines = ['apiVersion: v1', 'kind: Service', 'metadata: {name: web}', 'spec:'];
  const text = [...lines, ...spec.map((line) => `  ${line}`), ''].join('\n');
  const [finding] = runKubectl(bootstrapCluster(), {
    args: ['apply', '-f', 'f'],
    files: { f: text },
  }).findings;
  return finding ? render(finding) : '';
}

test('every place of a sentence is filled', () => {
  const sentences = [
    sentenceFor('seletcor: {a: b}', 'ports: [{port: 80}]'),
    sentenceFor('xyz: 1', 'ports: [{port: 80}]'),
    sentenceFor('type: NodePort'),
    sentenceFor('type: nodeport', 'ports: [{port: 80}]'),
    sentenceFor('ports: [{port: 0}]'),
    sentenceFor('ports: [{port: "80"}]'),
    sentenceFor('ports: {port: 80}'),
    sentenceFor('selector: app:web', 'ports: [{port: 80}]'),
    sentenceFor('selector: {a: “b”}', 'ports: [{port: 80}]'),
    sentenceFor('ports: [{port: 80, nodePort: 30000}]'),
    sentenceFor('ports: [{port: 80}, {port: 80}]'),
    sentenceFor('\tports: []'),
    sentenceFor('ports: [{port: 80}', 'type: A'),
  ];
  expect(sentences).toMatchInlineSnapshot(`
    [
      "Kubernetes knows no field “seletcor” in spec. Did you mean “selector”?",
      "Kubernetes knows no field “xyz” in spec. Look at its spelling, capitals included, and at its indentation.",
      "spec.ports is missing, and Kubernetes needs it.",
      "spec.type cannot be "nodeport": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort". Did you mean “NodePort”?",
      "spec.ports[0].port cannot be 0: must be between 1 and 65535, inclusive",
      "spec.ports[0].port has a value of the wrong type: text, where a whole number is needed.",
      "spec.ports has a value of the wrong type: a mapping, where a list is needed.",
      "There must be a space behind the colon: “app: …”. Without it, “app:…” is one piece of text and no key with a value.",
      "spec.selector has curly quotes, as word processors make them. For YAML they are part of the text; use straight ones (") or none.",
      "spec.ports[0].nodePort may not be set here: may not be used when \`type\` is 'ClusterIP'.",
      "spec.ports[0].name is missing, and Kubernetes needs it.",
      "Line 5, column 3: there is a tab in the indentation. YAML takes only spaces there; replace the tab by spaces.",
      "The “[” in line 5, column 10 is not closed by “]”, or a comma is missing before the next entry.",
    ]
  `);
  for (const sentence of sentences) expect(sentence).not.toMatch(/\{[a-z]\w*\}|undefined/i);
});
