/**
 * `npm run mutation`: draws mutants of cluster, grading and gradebook by a seed and has Stryker try
 * them. MUTANTS (600) at least are tried, MUTATION_SEED (1) draws others. The report comes into
 * reports/mutation. Half an hour and more: run by hand.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));
const wanted = Number(process.env.MUTANTS ?? 600);
const seed = Number(process.env.MUTATION_SEED ?? 1);
const rooms = ['cluster', 'grading', 'gradebook'];
/** A mutant is chosen by its place, and brings those inside it; what holds more is not chosen. */
const mostInside = 3;
const lots = new Map();

if (!existsSync(join(here, 'node_modules'))) {
  execFileSync('npm', ['ci', '--ignore-scripts', '--legacy-peer-deps'], {
    cwd: here,
    stdio: 'inherit',
  });
}
const drawn = draw(await allMutants());
const config = join(root, 'reports/mutation/stryker.json');
mkdirSync(join(root, 'reports/mutation'), { recursive: true });
writeFileSync(config, JSON.stringify(configOf(drawn), null, 2));
const stryker = join(here, 'node_modules/@stryker-mutator/core/bin/stryker.js');
const { status } = spawnSync(process.execPath, [stryker, 'run', config], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;

async function allMutants() {
  const { createInstrumenter } = await import('@stryker-mutator/instrumenter');
  const { createInjector } = await import('typed-inject');
  const quiet = () => undefined;
  const logger = { debug: quiet, info: quiet, warn: quiet, isDebugEnabled: () => false };
  const injector = createInjector().provideValue('logger', logger);
  const instrumenter = injector.injectFunction(createInstrumenter);
  const files = rooms
    .flatMap((room) =>
      readdirSync(join(root, 'src', room), { recursive: true }).map(
        (file) => `src/${room}/${file}`,
      ),
    )
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => ({ name, mutate: true, content: readFileSync(join(root, name), 'utf8') }));
  const options = { plugins: null, excludedMutations: [], ignorers: [] };
  const { mutants } = await instrumenter.instrument(files, options);
  return mutants;
}

/** So many places that the mutants in them are as many as wanted. */
function draw(mutants) {
  const byFile = grouped(mutants);
  const places = new Map();
  for (const each of mutants) {
    const inside = byFile
      .get(each.fileName)
      .filter((other) => holds(each.location, other.location));
    if (inside.length <= mostInside)
      places.set(
        placeOf(each),
        inside.map(({ id }) => id),
      );
  }
  const order = [...places].sort(([a], [b]) => (lot(a) < lot(b) ? -1 : 1));
  const [chosen, taken] = [[], new Set()];
  for (const [place, ids] of order) {
    if (taken.size >= wanted) break;
    chosen.push(place);
    for (const id of ids) taken.add(id);
  }
  process.stdout.write(`${taken.size} of ${mutants.length} mutants, seed ${seed}\n`);
  return chosen;
}

/** As good as chance, and the same each time. */
function lot(place) {
  const known = lots.get(place);
  if (known !== undefined) return known;
  const drawnLot = createHash('sha256').update(`${seed} ${place}`).digest('hex');
  lots.set(place, drawnLot);
  return drawnLot;
}

function grouped(mutants) {
  const groups = new Map();
  for (const each of mutants) {
    const group = groups.get(each.fileName) ?? [];
    group.push(each);
    groups.set(each.fileName, group);
  }
  return groups;
}

function before(a, b) {
  return a.line < b.line || (a.line === b.line && a.column <= b.column);
}

function holds(outer, inner) {
  return before(outer.start, inner.start) && before(inner.end, outer.end);
}

/** As Stryker's `mutate` takes it: lines from 1, columns from 0. */
function placeOf({ fileName, location: { start, end } }) {
  return `${fileName}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`;
}

function configOf(mutate) {
  return {
    mutate,
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: '.ci/stryker/vitest.config.ts', related: false },
    // There is none of that name: Stryker would read a tsconfig by an API that TypeScript 7 has not.
    tsconfigFile: 'no-tsconfig.json',
    coverageAnalysis: 'perTest',
    ignoreStatic: true,
    concurrency: 2,
    timeoutMS: 20_000,
    dryRunTimeoutMinutes: 20,
    reporters: ['clear-text', 'json', 'html'],
    jsonReporter: { fileName: 'reports/mutation/mutation.json' },
    htmlReporter: { fileName: 'reports/mutation/mutation.html' },
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
    ignorePatterns: [
      '/dist',
      '/data',
      '/docs',
      '/reports',
      '/.ci/node24',
      '/.ci/kubectl',
      '/bench',
    ],
    thresholds: { high: 90, low: 85, break: null },
  };
}
