/**
 * `npm run bench`, first part: the engine alone, in process, from its built files. Prints the
 * medians beside their aims, and the same as JSON into bench/results/. Bounded in time.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { built, services, worldOfDeployments, worldOfPods } from './engine-worlds.ts';
import { type Cost, costOf } from './measure.ts';

const { forkCluster } = await built('cluster/cluster');
const { settle } = await built('cluster/controllers/settle');
const { runKubectl } = await built('cluster/kubectl/run');
const { query } = await built('cluster/network/dns/query');
const { probe } = await built('cluster/network/probe');
const { loadExercises } = await built('exercise/load');
const { createGrader } = await built('grading/grader');
const { exercisesFolder } = await built('lab');

const answer = `apiVersion: v1
kind: Service
metadata:
  name: web-service
  labels:
    app: web
spec:
  type: ClusterIP
  selector:
    app: web
  ports:
    - name: http
      protocol: TCP
      port: 80
      targetPort: 80
`;
const wrong = answer.replace('port: 80', 'port: 80808');

const rows: { name: string; aimUs?: number; cost: Cost }[] = [];
const note = (name: string, cost: Cost, aimUs?: number): Cost => {
  rows.push({ name, cost, ...(aimUs !== undefined && { aimUs }) });
  return cost;
};

const started = performance.now();
const growth: Record<string, number[]> = {};
const sizes = [
  [100, 5_000],
  [1_000, 50_000],
  [10_000, 700_000],
] as const;

for (const [kind, world] of [
  ['Deployments', worldOfDeployments],
  ['given Pods', worldOfPods],
] as const) {
  growth[kind] = sizes.map(([pods, aimUs]) => {
    const budget = { warmUpMs: 700, budgetMs: 1500, mostSamples: 200 };
    const cost = costOf({ prepare: () => world(pods), run: settle, ...budget });
    return note(`settle ${kind}, ${pods} Pods`, cost, aimUs).cpuUs / pods;
  });
}

const small = worldOfPods(8);
settle(small);
const source = { kind: 'pod', namespace: 'default', name: 'pod-0' } as const;
const byAddress = { protocol: 'TCP', host: '10.96.7.1', port: 80 } as const;
const byName = { ...byAddress, host: 'app-0' };
const prepared = () => small;
const applyTo = (cluster: typeof small, text: string) =>
  runKubectl(cluster, { args: ['apply', '-f', 'answer.yaml'], files: { 'answer.yaml': text } });
/** From the text to the stored Service, the fork of the world in between. */
const apply = (text: string) => ({
  prepare: prepared,
  run: (world: typeof small) => applyTo(forkCluster(world), text),
});
note('fork', costOf({ prepare: prepared, run: forkCluster, batch: 100 }));
note(`fork and apply, stored (world of ${small.store.size()})`, costOf(apply(answer)), 300);
note('fork and apply, rejected', costOf(apply(wrong)), 300);
for (const [name, target] of Object.entries({ address: byAddress, name: byName })) {
  const run = (cluster: typeof small) => probe(cluster, source, target);
  note(`probe by ${name}`, costOf({ prepare: prepared, run, batch: 100 }), 20);
  note(
    `probe by ${name}, first of a fork`,
    costOf({ prepare: () => forkCluster(small), run, batch: 20 }),
  );
}
const applied = () => {
  const cluster = forkCluster(small);
  applyTo(cluster, answer);
  return cluster;
};
const toNew = { ...byAddress, host: 'web-service' };
note(
  'probe by name, first after an apply',
  costOf({ prepare: applied, run: (world) => probe(world, source, toNew) }),
);
const asked = 'app-0.default.svc.cluster.local';
note(
  'dns query',
  costOf({ prepare: prepared, run: (world) => query(world, asked, 'A'), batch: 100 }),
);
const crowd = worldOfDeployments(80);
settle(crowd);
const typed = [
  'get all',
  'get all -o yaml',
  'describe all',
  'get pods -o jsonpath={..name}',
  'delete all --all',
];
for (const line of typed) {
  const prepare = () => forkCluster(crowd);
  const run = (cluster: typeof crowd) => runKubectl(cluster, { args: line.split(' ') });
  note(`kubectl ${line} (80 Pods)`, costOf({ prepare, run, budgetMs: 800 }), 5_000);
}
note('verdict first-clusterip', verdict(), 400);

function verdict(): Cost {
  const library = loadExercises(exercisesFolder);
  const exercise = library.get('first-clusterip');
  if (!exercise) throw new Error('there is no exercise first-clusterip');
  const grader = createGrader(library);
  let asked = 0;
  // Each another text: an answer that was given lately is not judged again.
  const prepare = () => {
    asked += 1;
    const manifest = `# ${asked}\n${answer}`;
    return { part: 'service', seed: 'bench', answer: { manifest } };
  };
  const run = (question: ReturnType<typeof prepare>) => grader.grade(exercise, question);
  return costOf({ prepare, run, warmUpMs: 3000, budgetMs: 4000 });
}

const seconds = (performance.now() - started) / 1000;
const load = loadavg()[0] ?? 0;
const print = (text: string) => process.stdout.write(`${text}\n`);
const text = (value: number | undefined): string =>
  (value === undefined ? '' : value.toFixed(value < 100 ? 1 : 0)).padStart(12);
print(`${''.padEnd(36)}     wall µs      cpu µs         aim     samples`);
for (const { name, cost, aimUs } of rows) {
  const samples = String(cost.samples).padStart(12);
  print(name.padEnd(36) + text(cost.wallUs) + text(cost.cpuUs) + text(aimUs) + samples);
}
for (const [kind, perPod] of Object.entries(growth)) {
  const each = perPod.map((value) => value.toFixed(1)).join(' → ');
  print(`growth, ${kind}: ${each} µs of processor a Pod (100 → 1,000 → 10,000)`);
}
print(`${services} Services in each world; ${seconds.toFixed(0)} s; load ${load.toFixed(1)}`);
const folder = fileURLToPath(new URL('results', import.meta.url));
mkdirSync(folder, { recursive: true });
const result = { node: process.version, load, rows, growth };
writeFileSync(join(folder, 'engine.json'), JSON.stringify(result, null, 2));
