import type {
  AnalyticsSource,
  AnswerCluster,
  ItemStatistics,
} from '../gradebook/analytics/source.ts';
import {
  activity,
  assignmentMisconceptions,
  type ClusterRow,
  checks,
  clusters,
  courseMisconceptions,
  dropResults,
  funnel,
  type ItemRow,
  indexTotals,
  items,
  type MisconceptionRow,
  makeResults,
  makeTold,
  makeTotals,
  variants,
} from './analytics-sql.ts';
import type { Connection } from './connection.ts';

/** Clusters of one assignment that are shown. */
const mostClusters = 100;
/** Learners a variant needs, and the others together, before a difference is spoken of. */
const leastCompared = 5;
const mostErrors = 3;

const instant = (ms: number): string => new Date(ms).toISOString();

/**
 * Analytics of a course, computed by the database. What all of them are made of is computed once
 * for each course that is asked for, until `forget`.
 */
export function analyticsOf(connection: Connection): AnalyticsSource & { forget(): void } {
  let prepared: string | undefined;
  const forget = () => {
    prepared = undefined;
    for (const sql of dropResults) connection.command(sql);
  };
  const prepare = (courseId: string) => {
    if (prepared === courseId) return;
    forget();
    connection.run(makeResults, { courseId });
    connection.run(makeTotals, {});
    connection.command(indexTotals);
    connection.run(makeTold, { courseId });
    prepared = courseId;
  };
  return {
    forget,
    items: (courseId) => {
      prepare(courseId);
      return connection.all(items, {}).map(toItem);
    },
    checks: (courseId) => {
      prepare(courseId);
      return connection.all(checks, {});
    },
    misconceptions: (courseId, assignmentId) => {
      prepare(courseId);
      const rows =
        assignmentId === undefined
          ? connection.all(courseMisconceptions, {})
          : connection.all(assignmentMisconceptions, { assignmentId });
      return rows.map(toMisconception);
    },
    funnel: (courseId, assignmentId) => {
      prepare(courseId);
      const found = connection.first(funnel, { courseId, assignmentId });
      return found ?? { enrolled: 0, began: 0, answered: 0, attempted: 0, partly: 0, solved: 0 };
    },
    clusters: (courseId, assignmentId) =>
      connection.all(clusters, { courseId, assignmentId, limit: mostClusters }).map(toCluster),
    variants: (courseId, assignmentId) => {
      prepare(courseId);
      const rows = connection.all(variants, { courseId, assignmentId });
      return rows.map((row) => ({ ...row, differs: differs(row, rows) }));
    },
    activity: (courseId) =>
      connection.all(activity, { courseId }).map(({ lastActiveAt, ...row }) => ({
        ...row,
        ...(lastActiveAt !== null && { lastActiveAt: instant(lastActiveAt) }),
      })),
  };
}

function toItem(row: ItemRow): ItemStatistics {
  const { meanAttempts, medianAttempts, medianMinutes, ...rest } = row;
  return {
    ...rest,
    attemptsToPass: { mean: meanAttempts, median: medianAttempts },
    minutesToPass: { median: medianMinutes },
  };
}

function toMisconception({ medianAnswers, medianMinutes, lastSeenAt, ...row }: MisconceptionRow) {
  return { ...row, persists: { medianAnswers, medianMinutes }, lastSeenAt: instant(lastSeenAt) };
}

function toCluster(row: ClusterRow): AnswerCluster {
  const { failed, codes } = JSON.parse(row.signature) as Pick<AnswerCluster, 'failed' | 'codes'>;
  const names = [row.name, row.externalId].filter((name) => name !== null);
  return {
    ...{ part: row.part, failed, codes, learners: row.learners, answers: row.answers },
    ...(row.answer !== null && { example: { answer: row.answer, names } }),
  };
}

interface Compared {
  readonly part: string;
  readonly learners: number;
  readonly difference: number | null;
  readonly standardError: number | null;
}

function differs(row: Compared, all: readonly Compared[]): boolean {
  const { difference, standardError, part, learners } = row;
  if (difference === null || standardError === null) return false;
  const everyone = all.filter((one) => one.part === part);
  const others = everyone.reduce((sum, one) => sum + one.learners, 0) - learners;
  if (Math.min(learners, others) < leastCompared) return false;
  return Math.abs(difference) > mostErrors * standardError;
}
