import { limits } from '../../limits.ts';
import type { Cluster } from '../cluster.ts';
import type { Finding } from '../finding.ts';
import type { KubectlResult } from './command.ts';

/** What command lines of one answer or question may cost together, counted and never timed. */
export interface Spending {
  /** Runs a line on a cluster, or answers in its place once too much was spent. */
  run(cluster: Cluster, line: () => KubectlResult): KubectlResult;
}

export function newSpending(): Spending {
  let spent = 0;
  return {
    run(cluster, line) {
      if (spent >= limits.work) return refused;
      const { store } = cluster;
      const before = store.version();
      const result = line();
      spent += store.version() - before + store.size() / objectsLooked + printed(result);
      return result;
    },
  };
}

/** A line looks at objects much faster than it writes them. */
const objectsLooked = 4;
const charactersPrinted = 1000;

/** Who printed too much has worked for all of it, though nothing is shown. */
function printed({ stdout, stderr }: KubectlResult): number {
  const isCut = stderr.includes('the output is longer than');
  return (isCut ? limits.output : stdout.length + stderr.length) / charactersPrinted;
}

const finding: Finding = {
  code: 'limit-work',
  severity: 'error',
  parameters: { limit: limits.work },
};

const refused: KubectlResult = {
  exit: 1,
  stdout: '',
  stderr: 'error: the lines before this one have used up what the lab does for one question\n',
  requests: [],
  findings: [finding],
  notSimulated: [],
};
