import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bootstrapCluster } from '../../../src/cluster/bootstrap.ts';
import { forkCluster } from '../../../src/cluster/cluster.ts';
import type { Command, Flag } from '../../../src/cluster/kubectl/command.ts';
import { commands } from '../../../src/cluster/kubectl/commands/registry.ts';
import { runKubectl, runKubectlLine } from '../../../src/cluster/kubectl/run.ts';
import { limits } from '../../../src/limits.ts';

const manifest = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: main, image: "nginx:1.27", ports: [{ containerPort: 80 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, labels: { team: a } }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;
const files = { 'a.yaml': manifest };
const base = bootstrapCluster();
runKubectl(base, { args: ['create', '-f', 'a.yaml'], files });

const names = fc.constantFrom('web', 'nope', 'a,b', 'Web', '__proto__', 'constructor', '');
const types = fc.constantFrom('svc', 'pods', 'deploy', 'rs', 'ep', 'all', 'svc,po', 'nodes', 'foo');
const pairs = fc.constantFrom(
  'a=b',
  'app=x',
  'team-',
  'main=nginx',
  '*=a',
  '__proto__=b',
  '=',
  '-',
);
const resources = fc.oneof(
  fc.tuple(types, names),
  fc.tuple(types, names).map(([type, name]) => [`${type}/${name}`]),
  types.map((type) => [type]),
);
const values = fc.oneof(
  fc.constantFrom('yaml', 'json', 'name', 'wide', 'client', 'server', '80', '-1', '9999999999999'),
  fc.constantFrom(
    '{.items[*].metadata.name}',
    '{..}',
    '{.a[?(@.b==',
    '{range .a}',
    'a=b',
    'a in (b',
  ),
  fc.constantFrom('jsonpath={..name}', 'custom-columns=A:.a', 'go-template={{.kind}}', 'nginx'),
  fc.constantFrom('condition=Ready', 'delete', 'jsonpath={.status}=x', 'a.yaml', '-', '{}', '5s'),
  fc.string({ maxLength: 12 }),
);

const flagWords = ({ name, short, bare }: Flag): fc.Arbitrary<string[]> => {
  const alone = fc.constant<string[]>([`--${name}`]);
  const split = bare === undefined ? values.map((value) => [`--${name}`, value]) : alone;
  const letter = short ? values.map((value) => [`-${short}${value}`]) : alone;
  return fc.oneof(
    values.map((value) => [`--${name}=${value}`]),
    split,
    letter,
  );
};

/** A line of the grammar: a command, what it may name, some of its own flags, what runs in a Pod. */
const grammatical = ({ path, flags }: Command): fc.Arbitrary<string[]> =>
  fc
    .tuple(
      fc.option(resources, { nil: [] }),
      fc.array(fc.oneof(names, pairs, values), { maxLength: 2 }),
      fc.array(
        flags.length > 0 ? fc.constantFrom(...flags).chain(flagWords) : fc.constant<string[]>([]),
        {
          maxLength: 3,
        },
      ),
      fc.option(fc.constantFrom(['--', 'curl', 'web'], ['--'], ['--', 'nslookup', 'web']), {
        nil: [],
      }),
    )
    .map(([named, words, given, inPod]) => [
      ...path,
      ...named,
      ...words,
      ...given.flat(),
      ...inPod,
    ]);

const fromGrammar = fc.constantFrom(...commands).chain(grammatical);
const noise = fc.array(
  fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(...commands.flatMap(({ path }) => path)),
    values,
  ),
  { maxLength: 8 },
);

const answers = (args: readonly string[]): void => {
  const result = runKubectl(forkCluster(base), { args, files });
  expect(result.exit).toBeGreaterThanOrEqual(0);
  expect(result.stdout.length + result.stderr.length).toBeLessThan(limits.output * 2);
};

test('8,000 lines of the grammar are answered', () => {
  fc.assert(fc.property(fromGrammar, answers), { numRuns: 8000, seed: 6 });
}, 60_000);

test('4,000 lines of noise are answered', () => {
  fc.assert(fc.property(noise, answers), { numRuns: 2000, seed: 6 });
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (line) => {
      expect(runKubectlLine(forkCluster(base), line).exit).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 2000, seed: 6 },
  );
}, 60_000);
