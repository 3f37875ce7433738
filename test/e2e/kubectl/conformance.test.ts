import { afterAll, expect, it } from 'vitest';
import { prepareWorld } from '../../../src/cluster/playground/world.ts';
import { casesOf } from '../../conformance/cases.ts';
import { type Case, compare } from '../../conformance/compare.ts';
import type { Raw } from '../../conformance/normal.ts';
import { kubectlIsHere, openTerminals, type Terminal } from './terminal.ts';

const isHere = kubectlIsHere();
const terminals = await openTerminals();
afterAll(() => terminals.close());

/** Types a recorded question into the real kubectl: the raw answer, as the playground gives it. */
async function typed({ request }: Case): Promise<Raw> {
  const { cluster } = prepareWorld(request.world ?? {});
  const terminal = terminals.open(cluster);
  const steps: Raw[] = [];
  for (const step of request.steps ?? []) steps.push(await typedStep(terminal, step));
  const { store } = terminal.sandbox.cluster();
  const asked: string[] = request.ask?.objects ?? [];
  const objects = Object.fromEntries(asked.map((resource) => [resource, store.list(resource)]));
  terminal.sandbox.close();
  return { steps, objects };
}

async function typedStep(terminal: Terminal, step: Raw): Promise<Raw> {
  if (step.text !== undefined) terminal.write('answer.yaml', step.text);
  const file = step.text !== undefined && !step.args ? ['-f', 'answer.yaml'] : [];
  const namespace = step.namespace === undefined ? [] : ['-n', step.namespace];
  const args = [step.verb, ...(step.args ?? []), ...file, ...namespace];
  const printed = await terminal.kubectl(args, { stdin: step.text ?? '' });
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

it.runIf(isHere).each(Object.keys(samples))(
  '%s: the real kubectl says and sends through the wire what it said and sent to a real server',
  { timeout: 600_000 },
  async (file) => {
    const all = casesOf(file);
    const every = Math.max(1, Math.floor(all.length / (samples[file] ?? 1)));
    const waiting = all.filter((_, index) => index % every === 0);
    expect(waiting.length).toBeGreaterThanOrEqual(Math.min(all.length, samples[file] ?? 1));
    const wrong: string[] = [];
    const work = async () => {
      for (let item = waiting.pop(); item; item = waiting.pop()) {
        const raw = await typed(item);
        for (const { aspect, right, expected, actual } of compare(file, item, () => raw)) {
          if (right || aspect === countedApart) continue;
          wrong.push(`${item.id} (${aspect}): ${JSON.stringify({ expected, actual })}`);
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    expect(wrong).toEqual([]);
  },
);
