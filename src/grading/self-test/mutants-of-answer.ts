import { type Cluster, forkCluster } from '../../cluster/cluster.ts';
import { splitWords } from '../../cluster/kubectl/parse/split-words.ts';
import { runKubectl } from '../../cluster/kubectl/run.ts';
import type { PartOf } from '../../exercise/part-format.ts';
import { answerFile, manifestIn } from '../answer-text.ts';
import type { WholeAnswer } from './judge.ts';
import { mutantsOfCommands } from './mutate/mutate-commands.ts';
import { mutantsOf } from './mutate/mutate-manifest.ts';
import type { Outcome } from './signature/compare.ts';

/** A part whose answers do something to a cluster, which can be compared. */
export type MutablePart = PartOf<'manifest'> | PartOf<'commands'>;

/** A right answer with one thing changed, as it would be sent. */
export interface AnswerMutant {
  readonly mutation: string;
  readonly answer: WholeAnswer;
}

/** Every mechanical change of an answer that a mistake could make. */
export function mutantsOfAnswer(part: MutablePart, answer: WholeAnswer): readonly AnswerMutant[] {
  if (part.kind === 'manifest') {
    return mutantsOf(String(answer.manifest)).map(({ mutation, answer: manifest }) => ({
      mutation,
      answer: { manifest },
    }));
  }
  return mutantsOfCommands(linesOf(answer)).map(({ mutation, answer: commands }) => ({
    mutation,
    answer: { commands },
  }));
}

/** The cluster that an answer leaves behind; nothing where kubectl would refuse it. */
export function outcomeOf(part: MutablePart, world: Cluster, answer: WholeAnswer): Outcome {
  const cluster = forkCluster(world);
  if (part.kind === 'manifest') {
    const files = { [answerFile]: manifestIn(String(answer.manifest)) };
    const { exit } = runKubectl(cluster, { args: ['apply', '-f', answerFile], files });
    return exit === 0 ? cluster : undefined;
  }
  for (const line of linesOf(answer)) {
    const words = splitWords(line.trim().replace(/^\$\s+/, ''));
    if (words.length === 0) continue;
    const failed =
      words[0] !== 'kubectl' || runKubectl(cluster, { args: words.slice(1) }).exit !== 0;
    if (failed && part.failing === 'stops') return undefined;
  }
  return cluster;
}

const linesOf = ({ commands }: WholeAnswer): readonly string[] =>
  Array.isArray(commands) ? commands.map(String) : [];
