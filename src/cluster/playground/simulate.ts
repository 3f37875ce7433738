import { limits } from '../../limits.ts';
import { type Cluster, forkCluster } from '../cluster.ts';
import type { JsonObject } from '../json.ts';
import type { KubectlResult } from '../kubectl/command.ts';
import { runKubectl, runKubectlLine } from '../kubectl/run.ts';
import { newSpending, type Spending } from '../kubectl/spending.ts';
import { query } from '../network/dns/query.ts';
import { probe } from '../network/probe.ts';
import { sourceOf, targetOf } from './addresses.ts';
import type { Answer, Question, Step, TrafficAnswer, TrafficQuestion } from './question.ts';
import { prepareWorld } from './world.ts';

/** The file that every step's text is put into. */
const answerFile = 'answer.yaml';

/**
 * The playground: my manifests, my cluster, what would happen? Whatever kubectl says to a step,
 * the question has an answer; only a malformed address or name of a source is refused (QuestionError).
 */
export function simulate(question: Question): Answer {
  const { cluster, refused } = prepareWorld(question.world ?? {});
  const idle = asksTheServerAlone(question);
  const spending = newSpending();
  const lines = newSpending();
  const steps = (question.steps ?? []).map((step) =>
    spending.run(cluster, () => runStep(cluster, step, idle)),
  );
  const ask = question.ask ?? {};
  return {
    steps,
    refused,
    objects: objectsOf(cluster, ask.objects ?? []),
    traffic: (ask.traffic ?? []).flatMap((each) => trafficOf(cluster, each)),
    dns: (ask.dns ?? []).map(([name, type]) => query(cluster, name, type)),
    kubectl: (ask.kubectl ?? []).map((line) => printOf(cluster, line, lines)),
  };
}

function runStep(cluster: Cluster, step: Step, idle: boolean): KubectlResult {
  const surroundings = {
    ...(step.text !== undefined && { files: { [answerFile]: step.text }, stdin: step.text }),
    ...(step.namespace !== undefined && { namespace: step.namespace }),
    ...(idle && { controllers: 'idle' as const }),
  };
  return step.command === undefined
    ? runKubectl(cluster, { ...surroundings, args: stepWords(step) })
    : runKubectlLine(cluster, step.command, surroundings);
}

function stepWords(step: Step): readonly string[] {
  const file = step.text !== undefined && !step.args ? ['-f', answerFile] : [];
  return [...(step.verb === undefined ? [] : [step.verb]), ...(step.args ?? []), ...file];
}

/**
 * Files handed to the API server one upon the other, and nothing asked of what becomes of them:
 * its answers come at once, before any controller has had time to write into the objects.
 */
function asksTheServerAlone({ world, steps = [], ask }: Question): boolean {
  return (
    !world &&
    !ask &&
    steps.every(({ text, args, command }) => text !== undefined && !args && command === undefined)
  );
}

function objectsOf(
  cluster: Cluster,
  resources: readonly string[],
): Record<string, readonly JsonObject[]> {
  const listed = (resource: string) => cluster.store.list(resource) as unknown as JsonObject[];
  return Object.fromEntries(resources.map((resource) => [resource, listed(resource)]));
}

function trafficOf(cluster: Cluster, question: TrafficQuestion): TrafficAnswer[] {
  const source = sourceOf(question.from);
  return question.ask.map(({ proto, addr }) => {
    const result = probe(cluster, source, targetOf(proto, addr));
    return {
      from: question.from,
      to: `${proto}://${addr}`,
      reached: result.reached.map(({ pod, port }) => `${pod}:${port}`),
      failed: result.failed,
      sticky: result.sticky,
      hops: result.hops,
    };
  });
}

/** Each printing command sees the same cluster, whatever the ones before it did. */
function printOf(world: Cluster, line: string, lines: Spending): Answer['kubectl'][number] {
  const cluster = forkCluster(world);
  const { exit, stdout, stderr } = lines.run(cluster, () => runKubectlLine(cluster, line));
  return { args: line.slice(0, limits.commandLine), exit, stdout, stderr };
}
