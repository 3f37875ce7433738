import { type Cluster, forkCluster } from '../../cluster/cluster.ts';
import type { Finding } from '../../cluster/finding.ts';
import { isObject } from '../../cluster/json.ts';
import { splitWords } from '../../cluster/kubectl/parse/split-words.ts';
import { runKubectl } from '../../cluster/kubectl/run.ts';
import { probe } from '../../cluster/network/probe.ts';
import type { KubeObject } from '../../cluster/objects.ts';
import type { Variant } from '../../exercise/exercise.ts';
import type { PartOf, Truth } from '../../exercise/part-format.ts';
import { applyFile } from '../../exercise/world.ts';
import { clientOf } from '../checks/attempts.ts';
import { addressesOf } from '../checks/resolves.ts';
import { shareOfGuesses } from '../points.ts';
import { graded, rejected, wholeCheck } from '../verdicts.ts';
import type { AnswerTo, PartGrader } from './part.ts';

type Predict = PartOf<'predict'>;

/** What will happen? The truth is looked up in the cluster itself, never written down. */
export const predict: PartGrader<'predict'> = {
  grade(part, answer, variant) {
    const unknown = unknownQuestions(part, answer);
    if (unknown.length > 0) return rejected(part, unknown);
    const cluster = clusterOf(part, variant);
    const judged = part.questions.map((question) => judge(question, answer, cluster));
    const findings = judged.flatMap(({ finding }) => (finding ? [finding] : []));
    return graded(part, [wholeCheck(part, shareOfGuesses(judged), findings)]);
  },
  check(part, answer) {
    const unknown = unknownQuestions(part, answer);
    return unknown.length > 0 ? rejected(part, unknown) : graded(part, []);
  },
};

function clusterOf(part: Predict, variant: Variant): Cluster {
  const cluster = forkCluster(variant.world);
  if (part.apply !== undefined) applyFile(cluster, part.apply, variant.file(part.apply) ?? '');
  return cluster;
}

interface Judged {
  readonly outcome: 'right' | 'wrong' | 'empty';
  readonly ways?: number;
  readonly finding?: Finding;
}

function judge(
  { id, text, truth, options }: Predict['questions'][number],
  answer: AnswerTo<'predict'>,
  cluster: Cluster,
): Judged {
  const observed = Object.hasOwn(answer, id) ? (answer[id] ?? '').trim() : '';
  const parameters = { question: text };
  if (observed === '') {
    return { outcome: 'empty', finding: { code: 'predict-empty', severity: 'error', parameters } };
  }
  const right = truthsOf(truth, cluster).some((each) => plain(each) === plain(observed));
  if (right) return { outcome: 'right' };
  const finding: Finding = { code: 'predict-wrong', severity: 'error', observed, parameters };
  return { outcome: 'wrong', ...(options && { ways: options.length }), finding };
}

const plain = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, ' ');

/** Every way of putting what really happens that counts as right. */
function truthsOf(truth: Truth, cluster: Cluster): readonly string[] {
  if ('is' in truth) return truth.is;
  if ('prints' in truth) return [printed(truth.prints, cluster)];
  if ('resolves' in truth) {
    const { from, name } = truth.resolves;
    const { addresses } = addressesOf(cluster, clientOf(from), name);
    return addresses.length > 0 ? [[...addresses].sort().join(', ')] : ['none', 'NXDOMAIN'];
  }
  if ('counts' in truth) return [String(countOf(truth.counts, cluster))];
  const { from, ...target } = truth.connects;
  const { reached, failed } = probe(cluster, clientOf(from), target);
  return [...(reached.length > 0 ? ['connected'] : []), ...failed];
}

function printed(line: string, cluster: Cluster): string {
  const words = splitWords(line);
  const args = words[0] === 'kubectl' ? words.slice(1) : words;
  return runKubectl(forkCluster(cluster), { args }).stdout;
}

function countOf(
  { resource, namespace, labels }: Extract<Truth, { counts: unknown }>['counts'],
  cluster: Cluster,
): number {
  const wanted = Object.entries(labels);
  return cluster.store.list(resource, namespace).filter((object: KubeObject) =>
    wanted.every(([key, value]) => {
      const own: unknown = object.metadata.labels;
      return isObject(own) && Object.hasOwn(own, key) && own[key] === value;
    }),
  ).length;
}

function unknownQuestions(part: Predict, answer: AnswerTo<'predict'>): Finding[] {
  return Object.keys(answer)
    .filter((id) => !part.questions.some((question) => question.id === id))
    .map((question) => ({ code: 'predict-unknown', severity: 'error', parameters: { question } }));
}
