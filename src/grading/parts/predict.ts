import { type Cluster, forkCluster } from '../../cluster/cluster.ts';
import type { Finding } from '../../cluster/finding.ts';
import { isObject } from '../../cluster/json.ts';
import { runKubectl, runKubectlLine } from '../../cluster/kubectl/run.ts';
import { probe } from '../../cluster/network/probe.ts';
import type { KubeObject } from '../../cluster/objects.ts';
import type { Variant } from '../../exercise/exercise.ts';
import type { PartOf, Truth } from '../../exercise/part-format.ts';
import { clientOf } from '../checks/attempts.ts';
import { addressesOf } from '../checks/resolves.ts';
import { shareOfGuesses } from '../points.ts';
import { graded, rejected, wholeCheck } from '../verdicts.ts';
import type { AnswerTo, PartGrader } from './part.ts';

type Predict = PartOf<'predict'>;

/** What will happen? The truth is looked up in the cluster itself, never written down. */
export const predict: PartGrader<'predict'> = {
  grade(part, answer, variant) {
    const refusals = refusalsOf(part, answer);
    if (refusals.length > 0) return rejected(part, refusals);
    const judged = part.questions.map((question) => judge(part, question, answer, variant));
    return graded(part, [wholeCheck(part, shareOfGuesses(judged), shortcomings(part, judged))]);
  },
  check(part, answer) {
    const refusals = refusalsOf(part, answer);
    return refusals.length > 0 ? rejected(part, refusals) : graded(part, []);
  },
};

type Question = Predict['questions'][number];

interface Judged {
  readonly outcome: 'right' | 'wrong' | 'empty';
  readonly ways?: number;
}

const givenTo = ({ id }: Question, answer: AnswerTo<'predict'>): string =>
  Object.hasOwn(answer, id) ? (answer[id] ?? '').trim() : '';

function judge(
  part: Predict,
  question: Question,
  answer: AnswerTo<'predict'>,
  variant: Variant,
): Judged {
  const { options, on } = question;
  const given = givenTo(question, answer);
  if (given === '') return { outcome: 'empty' };
  const cluster = variant.worldOf(part.id, on);
  const right = truthsOf(question, cluster, variant).some((each) => plain(each) === plain(given));
  return right
    ? { outcome: 'right' }
    : { outcome: 'wrong', ...(options && { ways: options.length }) };
}

/** What was left out is named; of what is wrong, only how much it is. */
function shortcomings({ questions }: Predict, judged: readonly Judged[]): Finding[] {
  const empty = questions.flatMap(({ text }, index): Finding[] => {
    if (judged[index]?.outcome !== 'empty') return [];
    return [{ code: 'predict-empty', severity: 'error', parameters: { question: text } }];
  });
  const wrong = judged.filter(({ outcome }) => outcome === 'wrong').length;
  if (wrong === 0) return empty;
  const parameters = { wrong, questions: questions.length };
  return [{ code: 'predict-wrong', severity: 'error', parameters }, ...empty];
}

const plain = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, ' ');

/** Every way of putting what really happens that counts as right. */
function truthsOf(
  { truth, options = [] }: Question,
  cluster: Cluster,
  variant: Variant,
): readonly string[] {
  if ('is' in truth) return truth.is;
  if ('prints' in truth) return [printed(truth.prints, cluster)];
  if ('resolves' in truth) {
    const { from, name } = truth.resolves;
    const { addresses } = addressesOf(cluster, clientOf(from), name);
    return addresses.length > 0 ? [[...addresses].sort().join(', ')] : ['none', 'NXDOMAIN'];
  }
  if ('shows' in truth) {
    const words = ` ${plain(printed(truth.shows, cluster))} `;
    return options.filter((option) => words.includes(` ${plain(option)} `));
  }
  if ('accepts' in truth) {
    const { accepts: file } = truth;
    const files = { [file]: variant.file(file) ?? '' };
    const { exit } = runKubectl(forkCluster(cluster), { args: ['apply', '-f', file], files });
    return [exit === 0 ? 'accepted' : 'refused'];
  }
  if ('succeeds' in truth) {
    const { exit } = runKubectlLine(forkCluster(cluster), truth.succeeds);
    return [exit === 0 ? 'succeeds' : 'fails'];
  }
  if ('counts' in truth) return [String(countOf(truth.counts, cluster))];
  const { from, ...target } = truth.connects;
  const { reached, failed } = probe(cluster, clientOf(from), target);
  return [...(reached.length > 0 ? ['connected'] : []), ...failed];
}

function printed(line: string, cluster: Cluster): string {
  return runKubectlLine(forkCluster(cluster), line).stdout;
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

/** What cannot be an answer at all: to no question, no option that is offered, no number. */
function refusalsOf(part: Predict, answer: AnswerTo<'predict'>): Finding[] {
  const unknown = Object.keys(answer)
    .filter((id) => !part.questions.some((question) => question.id === id))
    .map((question): Finding => {
      return { code: 'predict-unknown', severity: 'error', parameters: { question } };
    });
  const impossible = part.questions.flatMap((question): Finding[] => {
    const observed = givenTo(question, answer);
    const offered = offeredTo(question);
    if (observed === '' || offered.fits(plain(observed))) return [];
    const parameters = { question: question.text, offered: offered.told };
    return [{ code: 'predict-impossible', severity: 'error', observed, parameters }];
  });
  return [...unknown, ...impossible];
}

interface Offered {
  readonly told: string;
  fits(given: string): boolean;
}

function offeredTo({ options, truth }: Question): Offered {
  if (options) {
    const fits = (given: string) => options.some((each) => plain(each) === given);
    return { told: `one of ${options.join(', ')}`, fits };
  }
  const words = 'accepts' in truth ? ['accepted', 'refused'] : ['succeeds', 'fails'];
  if ('accepts' in truth || 'succeeds' in truth) {
    return { told: `one of ${words.join(', ')}`, fits: (given) => words.includes(given) };
  }
  if ('counts' in truth) return { told: 'a whole number', fits: (given) => /^\d+$/.test(given) };
  return { told: 'a text', fits: () => true };
}
