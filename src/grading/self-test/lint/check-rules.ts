import type { Cluster } from '../../../cluster/cluster.ts';
import type { Expectation } from '../../../exercise/check-format.ts';
import { podsMeant } from '../../scene.ts';
import { type MutablePart, outcomeOf } from '../mutants-of-answer.ts';
import type { LintFinding } from './lint-finding.ts';
import type { LintRule, LintSubject } from './lint-subject.ts';

/** A check that asks for what never is there cannot be passed, or tells nothing. */
export const checksAreReachable: LintRule = (subject) =>
  checked(subject).flatMap(({ part, index }) => {
    const clusters = clustersOf(subject, part);
    return part.checks.flatMap((check, n) =>
      absentFor(check, clusters).map((missing) =>
        subject.at(
          ['parts', index, 'checks', n],
          'check-unreachable',
          `the check \`${check.id}\` asks for ${missing}, which neither the world nor a right answer has`,
          'correct the name, or add it to the world',
        ),
      ),
    );
  });

/** The same expectation twice counts twice. */
export const checksDiffer: LintRule = (subject) =>
  checked(subject).flatMap(({ part, index }) => {
    const first = new Map<string, string>();
    return part.checks.flatMap((check, n): LintFinding[] => {
      const { id, title: _, points: __, hidden: ___, ...rest } = check;
      const key = JSON.stringify(rest);
      const other = first.get(key);
      first.set(key, other ?? id);
      if (other === undefined) return [];
      const message = `the check \`${id}\` asks for exactly what \`${other}\` asks for`;
      const path = ['parts', index, 'checks', n];
      return [subject.at(path, 'check-twice', message, 'leave one of them out')];
    });
  });

const checked = ({ variant }: LintSubject) =>
  variant.parts.flatMap((part, index) =>
    part.kind === 'manifest' || part.kind === 'commands'
      ? [{ part: part as MutablePart, index }]
      : [],
  );

/** Where something may be: in the part's world, or in what a right answer makes of it. */
function clustersOf({ variant, answers }: LintSubject, part: MutablePart): readonly Cluster[] {
  const world = variant.worldOf(part.id);
  const rights = answers.filter((each) => each.part.id === part.id && !each.expected);
  return [world, ...rights.flatMap(({ answer }) => outcomeOf(part, world, answer) ?? [])];
}

function absentFor(check: Expectation, clusters: readonly Cluster[]): string[] {
  const anywhere = (test: (cluster: Cluster) => boolean) => clusters.some(test);
  const absent: string[] = [];
  if ('from' in check && check.from !== undefined) {
    const [kind, where = ''] = check.from.split(' ');
    const [namespace = '', name = ''] = where.split('/');
    const there = anywhere(({ store }) =>
      kind === 'pod'
        ? store.get('pods', namespace, name) !== undefined
        : kind === 'outside' || store.get('nodes', '', where) !== undefined,
    );
    if (!there) absent.push(`the client \`${check.from}\``);
  }
  if ('service' in check && check.service !== 'any') {
    const [namespace = '', name = ''] = check.service.split('/');
    const there = anywhere(({ store }) => store.get('services', namespace, name) !== undefined);
    if (!there) absent.push(`the Service \`${check.service}\``);
  }
  const pods = 'pods' in check ? check.pods : 'reaches' in check ? check.reaches?.pods : undefined;
  if (pods && !anywhere((cluster) => podsMeant(cluster, pods).length > 0)) {
    absent.push(`Pods with the labels ${JSON.stringify(pods.labels)}`);
  }
  return absent;
}
