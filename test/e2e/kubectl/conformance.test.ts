import { afterAll, expect, it } from 'vitest';
import type { KubectlVersion } from '../../../scripts/install-kubectl.ts';
import { prepareWorld } from '../../../src/cluster/playground/world.ts';
import { casesOf } from '../../conformance/cases.ts';
import { type Case, compare } from '../../conformance/compare.ts';
import type { Raw } from '../../conformance/normal.ts';
import { kubectlIsHere, openTerminals, type Terminal } from './terminal.ts';

const isHere = kubectlIsHere();
const terminals = await openTerminals();
afterAll(() => terminals.close());

/** Types a recorded question into the real kubectl: the raw answer, as the playground gives it. */
async function typed({ request }: Case, version: KubectlVersion): Promise<Raw> {
  const { cluster } = prepareWorld(request.world ?? {});
  const terminal = terminals.open(cluster);
  const steps: Raw[] = [];
  for (const step of request.steps ?? []) steps.push(await typedStep(terminal, step, version));
  const { store } = terminal.sandbox.cluster();
  const asked: string[] = request.ask?.objects ?? [];
  const objects = Object.fromEntries(asked.map((resource) => [resource, store.list(resource)]));
  terminal.sandbox.close();
  return { steps, objects };
}

async function typedStep(terminal: Terminal, step: Raw, version: KubectlVersion): Promise<Raw> {
  if (step.text !== undefined) terminal.write('answer.yaml', step.text);
  const file = step.text !== undefined && !step.args ? ['-f', 'answer.yaml'] : [];
  const namespace = step.namespace === undefined ? [] : ['-n', step.namespace];
  const args = [step.verb, ...(step.args ?? []), ...file, ...namespace];
  const printed = await terminal.kubectl(args, { stdin: step.text ?? '', version });
  return { ...printed, requests: terminal.takeSent() };
}

/** How many of a file are typed, spread evenly over it. */
const samples: Readonly<Record<string, number>> = {
  commands: 1000,
  create: 40,
  combined: 30,
  syntax: 30,
  update: 60,
  workloads: 30,
};

/** kubectl's own words for unreadable YAML are its own matter. */
const countedApart = 'words';

const atOnce = 4;

/** Puts part of a file to the kubectl of one version; what it got wrong. */
async function wrongIn(
  file: string,
  count: number,
  version: KubectlVersion,
  sameWords: (one: string, other: string) => boolean,
): Promise<readonly string[]> {
  const all = casesOf(file);
  const every = Math.max(1, Math.floor(all.length / count));
  const waiting = all.filter((_, index) => index % every === 0);
  expect(waiting.length).toBeGreaterThanOrEqual(Math.min(all.length, count));
  const wrong: string[] = [];
  const work = async () => {
    for (let item = waiting.pop(); item; item = waiting.pop()) {
      const raw = await typed(item, version);
      for (const { aspect, right, expected, actual } of compare(file, item, () => raw)) {
        if (right || aspect === countedApart) continue;
        const isText = aspect === 'stdout' || aspect === 'stderr';
        if (isText && sameWords(String(expected), String(actual))) continue;
        wrong.push(`${item.id} (${aspect}): ${JSON.stringify({ expected, actual })}`);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return wrong;
}

it.runIf(isHere).each(Object.entries(samples))(
  '%s: the real kubectl says and sends through the wire what it said and sent to a real server',
  { timeout: 600_000 },
  async (file, count) => {
    expect(await wrongIn(file, count, '1.35', () => false)).toEqual([]);
  },
);

/** What older kubectls say in words of their own: how 1.35 puts it, and how they do. */
const olderWords: readonly (readonly [newer: RegExp, older: RegExp])[] = [
  [/ deleted from \S+ namespace$/gm, / deleted$/gm],
  [/$^/gm, /^ {2}creationTimestamp: null\n/gm],
  [
    /^Error from server \(NotFound\): deployments.apps "web" not found$/gm,
    /^error: no objects passed to scale.*$/gm,
  ],
];

function sameButForOlderWords(newer: string, older: string): boolean {
  const plain = (text: string, which: 0 | 1) =>
    olderWords.reduce((rest, words, index) => rest.replace(words[which], `<${index}>`), text);
  const own = plain(newer, 0).replaceAll('<1>', '');
  return own === plain(older, 1).replaceAll('<1>', '');
}

const olderSamples: Readonly<Record<string, number>> = { commands: 64, create: 8, update: 8 };

it
  .runIf(isHere)
  .each(
    (['1.31', '1.33'] as const).flatMap((version) =>
      Object.entries(olderSamples).map(([file, count]) => [version, file, count] as const),
    ),
  )(
  'kubectl %s, %s: the same but for its own wording',
  { timeout: 600_000 },
  async (version, file, count) => {
    expect(await wrongIn(file, count, version, sameButForOlderWords)).toEqual([]);
  },
);
