import { forkCluster } from '../../cluster/cluster.ts';
import { readLine } from '../../cluster/kubectl/parse/split-words.ts';
import { runKubectl, runKubectlLine } from '../../cluster/kubectl/run.ts';
import type { ExpectationOf } from '../../exercise/check-format.ts';
import type { Scene } from '../scene.ts';
import { transcriptOf } from '../verdicts.ts';
import { type Check, failed, passed } from './check.ts';

type Prints = ExpectationOf<'prints'>;

/** What a command prints in the cluster that the answer leaves. */
export const prints: Check<'prints'> = {
  kind: 'prints',
  observe(expectation, scene) {
    const output = outputOf(expectation, scene);
    if (isRight(expectation, output)) return passed;
    const parameters = { command: expectation.command, ...placeOf(expectation) };
    const observed = output.trim().slice(0, longestQuote) || '<nothing>';
    const code = expectation.from ? 'check-prints-in-pod' : 'check-prints';
    return failed({ code, severity: 'error', observed, parameters });
  },
};

const longestQuote = 400;

const placeOf = ({ from }: Prints) => (from === undefined ? {} : { from: from.slice(4) });

/** Run in a fork, for it may write; in a Pod as `kubectl exec` would. */
function outputOf({ command, from }: Prints, { after }: Scene): string {
  const cluster = forkCluster(after);
  if (from === undefined) return transcriptOf(runKubectlLine(cluster, command));
  const [namespace = '', pod = ''] = from.slice(4).split('/');
  const args = ['exec', '-n', namespace, pod, '--', ...readLine(command).words];
  return transcriptOf(runKubectl(cluster, { args }));
}

const isRight = ({ contains = [], lacks = [], equals }: Prints, output: string): boolean =>
  contains.every((text) => output.includes(text)) &&
  !lacks.some((text) => output.includes(text)) &&
  (equals === undefined || output.trim() === equals.trim());
