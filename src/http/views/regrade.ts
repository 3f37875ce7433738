import type { ExplainedChange, RegradeView } from '../../gradebook/index.ts';

/** A regrade as clients see it: how it is kept, and what it compares by, is no business of theirs. */
export function regradeView(regrade: RegradeView): object {
  const { id, basis: _basis, cursor: _cursor, revision: _revision, digest, ...rest } = regrade;
  const { requestId: _requestId, ...shown } = rest;
  return { id, ...shown, ...(digest !== undefined && regrade.readyAt && { dryRun: digest }) };
}

export function changeView({ learner, attempts, ...change }: ExplainedChange): object {
  const { id, externalId, name } = learner;
  const { learnerId: _learnerId, ...rest } = change;
  return {
    learner: { id, externalId, ...(name !== undefined && { name }) },
    ...rest,
    attempts: attempts.map(({ attempt, part, submissionId, before, judgement, ...one }) => ({
      ...{ attempt, part, submissionId, before, after: judgement },
      ...{ counts: one.counts, checks: one.checks },
    })),
  };
}

export const changeHeader = [
  ...['learnerId', 'externalId', 'name', 'assignmentId', 'changed', 'scoreBefore', 'scoreAfter'],
  ...['outOf', 'attempts', 'checks'],
];

/** A row of the CSV: the checks that come out otherwise, as `check: before → after`. */
export function changeRow({ learner, attempts, ...change }: ExplainedChange) {
  const checks = attempts.flatMap((one) =>
    one.checks.map(({ check, before, after }) => {
      return `${check}: ${before?.outcome ?? 'none'} → ${after?.outcome ?? 'none'}`;
    }),
  );
  return [
    ...[learner.id, learner.externalId, learner.name, change.assignmentId],
    ...[String(change.changed), change.before.score, change.after.score, change.after.outOf],
    ...[attempts.length, [...new Set(checks)].join('; ')],
  ];
}
