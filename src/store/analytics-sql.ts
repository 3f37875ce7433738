import type { Statement } from './statement.ts';

/** A statement whose values are told by name, as `@name`. */
export function named<P extends object, R>(sql: string): Statement<P, R> {
  return { sql, bind: (values) => [values] };
}

export interface InCourse {
  readonly courseId: string;
}
export interface InAssignment extends InCourse {
  readonly assignmentId: string;
}

const course = '(SELECT place FROM courses WHERE id = @courseId)';
const assignment = '(SELECT place FROM assignments WHERE id = @assignmentId)';
const learners = "(SELECT place FROM enrolments WHERE course_id = @courseId AND role = 'learner')";

/**
 * Pearson's correlation of two expressions over the rows of a group where both are there; NULL
 * where one of them does not vary.
 */
function correlation(x: string, y: string): string {
  const n = `count(${x})`;
  const spread = (a: string) => `(${n} * sum((${a}) * (${a})) - sum(${a}) * sum(${a}))`;
  const varies = (a: string) => `${spread(a)} > 1e-9 * ${n} * sum((${a}) * (${a}))`;
  const together = `(${n} * sum((${x}) * (${y})) - sum(${x}) * sum(${y}))`;
  return `CASE WHEN ${varies(x)} AND ${varies(y)}
    THEN ${together} / sqrt(${spread(x)} * ${spread(y)}) END`;
}

/**
 * The middle value over rows, the mean of the two middle ones where they are even in number. Equal
 * values are counted first: there are far fewer of them than rows.
 */
function medians(value: string, from: string, by: string): string {
  return `SELECT ${by}, avg(${value}) AS median FROM (
    SELECT ${by}, ${value}, times, sum(times) OVER (PARTITION BY ${by} ORDER BY ${value}) AS upto,
      sum(times) OVER (PARTITION BY ${by}) AS total
    FROM (SELECT ${by}, ${value}, count(*) AS times FROM ${from} GROUP BY ${by}, ${value})
  ) WHERE upto - times < (total + 2) / 2 AND upto >= (total + 1) / 2 GROUP BY ${by}`;
}

/**
 * One row for each learner's part: how the first attempt fared, and how it went on. Text is worth
 * what a person gave for it. Everything below is computed from it.
 */
const results = `results AS MATERIALIZED (
  SELECT
    judged.assignment, judged.part, judged.learner, parts.worth,
    count(attempt) AS attempts,
    count(*) - count(attempt) AS refused,
    iif(parts.kind = 'text', marks.points / parts.worth,
      min(iif(attempt = 1, judged.points / nullif(judged.maximum, 0), NULL))) AS first,
    iif(parts.kind = 'text', marks.points / parts.worth,
      max(iif(attempt IS NULL, NULL, judged.points / nullif(judged.maximum, 0)))) AS best,
    iif(parts.kind = 'text', iif(marks.points >= parts.worth, count(attempt), NULL),
      min(iif(judged.points >= judged.maximum, attempt, NULL))) AS passed,
    min(iif(attempt = 1, shape, NULL)) AS shape,
    min(iif(attempt = 1, judged.maximum, NULL)) AS maximum,
    min(variant) AS variant,
    iif(parts.kind = 'text', NULL,
      round((min(iif(attempt IS NOT NULL AND judged.points >= judged.maximum, at, NULL))
        - min(at)) / 60000.0)) AS minutes,
    max(submission << 24 | shape) & 16777215 AS newestShape
  FROM judged_answers AS judged
  JOIN parts ON parts.assignment = judged.assignment AND parts.part = judged.part
  LEFT JOIN marks ON marks.learner = judged.learner
    AND marks.assignment = judged.assignment AND marks.part = judged.part
  WHERE judged.course = ${course} AND judged.learner IN ${learners}
  GROUP BY judged.assignment, judged.part, judged.learner
)`;

const parts = `parts AS MATERIALIZED (
  SELECT
    assignments.place AS assignment, assignments.id AS assignmentId,
    json_extract(one.value, '$.id') AS part, json_extract(one.value, '$.kind') AS kind,
    CAST(json_extract(one.value, '$.points') AS REAL) AS worth
  FROM assignments, json_each(assignments.parts) AS one
  WHERE course_id = @courseId
)`;

const marks = `marks AS MATERIALIZED (
  SELECT learner, assignment, part, points, max(seq) FROM grade_events
  WHERE course = ${course} AND kind = 'mark' GROUP BY learner, assignment, part
)`;

const base = `WITH ${parts}, ${marks}, ${results}`;

/** Computed once for all that is asked of a course in one view, and dropped with it. */
export const makeResults = named<InCourse, never>(
  `CREATE TEMP TABLE item_results AS ${base} SELECT * FROM results`,
);
export const makeTotals = named<object, never>(
  `CREATE TEMP TABLE learner_totals AS
  SELECT learner, total(first * worth) AS total FROM item_results GROUP BY learner`,
);
export const indexTotals = 'CREATE INDEX temp.totals_of_learner ON learner_totals (learner)';
export const dropResults = [
  'DROP TABLE IF EXISTS temp.item_results',
  'DROP TABLE IF EXISTS temp.learner_totals',
  'DROP TABLE IF EXISTS temp.told',
] as const;

const rest = 'iif(first IS NULL, NULL, total - first * worth)';

export interface ItemRow {
  readonly assignmentId: string;
  readonly part: string;
  readonly learners: number;
  readonly attempts: number;
  readonly refused: number;
  readonly difficulty: number | null;
  readonly discrimination: number | null;
  readonly partly: number;
  readonly solved: number;
  readonly meanAttempts: number | null;
  readonly medianAttempts: number | null;
  readonly medianMinutes: number | null;
}

export const items = named<object, ItemRow>(`
  SELECT assignments.id AS assignmentId, each.part, learners, attempts, refused, difficulty,
    discrimination, partly, solved, meanAttempts, tries.median AS medianAttempts,
    times.median AS medianMinutes
  FROM (
    SELECT assignment, part, count(*) AS learners, sum(attempts) AS attempts,
      sum(refused) AS refused, avg(first) AS difficulty, ${correlation('first', rest)} AS discrimination,
      sum(coalesce(best, 0) > 0) AS partly, count(passed) AS solved, avg(passed) AS meanAttempts
    FROM item_results JOIN learner_totals USING (learner) GROUP BY assignment, part
  ) AS each
  JOIN assignments ON assignments.place = each.assignment
  LEFT JOIN (${medians('passed', 'item_results WHERE passed IS NOT NULL', 'assignment, part')}) AS tries
    ON tries.assignment = each.assignment AND tries.part = each.part
  LEFT JOIN (${medians('minutes', 'item_results WHERE minutes IS NOT NULL', 'assignment, part')}) AS times
    ON times.assignment = each.assignment AND times.part = each.part
  ORDER BY each.assignment, each.part`);

export interface CheckRow {
  readonly assignmentId: string;
  readonly part: string;
  readonly check: string;
  readonly learners: number;
  readonly difficulty: number;
  readonly discrimination: number | null;
  readonly skipped: number;
}

export const checks = named<object, CheckRow>(`
  SELECT assignments.id AS assignmentId, part, name AS "check", learners, difficulty,
    discrimination, skipped
  FROM (
    SELECT assignment, part, name, count(*) AS learners, avg(passed) AS difficulty,
      sum(skipped) AS skipped, ${correlation('passed', 'others')} AS discrimination
    FROM (
      SELECT assignment, part, name, outcome = 'passed' AS passed, outcome = 'skipped' AS skipped,
        total - coalesce(shape_checks.points * worth / nullif(item_results.maximum, 0), 0) AS others
      FROM item_results
      JOIN learner_totals USING (learner)
      JOIN shape_checks ON shape_checks.shape = item_results.shape
      WHERE first IS NOT NULL
    )
    GROUP BY assignment, part, name
  ) JOIN assignments ON assignments.place = assignment
  ORDER BY assignment, part, name`);

export interface MisconceptionRow {
  readonly code: string;
  readonly learners: number;
  readonly answers: number;
  readonly resolved: number;
  readonly open: number;
  readonly medianAnswers: number;
  readonly medianMinutes: number;
  readonly lastSeenAt: number;
}

/** Whose answers had which finding how often, and from when to when. */
export const makeTold = named<InCourse, never>(`
  CREATE TEMP TABLE told AS
  SELECT assignment, part, learner, code, count(*) AS answers,
    round((max(at) - min(at)) / 60000.0) AS minutes, max(at) AS last
  FROM judged_answers AS judged JOIN shape_findings ON shape_findings.shape = judged.shape
  WHERE course = ${course} AND learner IN ${learners}
  GROUP BY assignment, part, learner, code`);

/** Both tables were made of the same answers: a newest one that has the code was told it. */
function misconceptionsOf(where: string): string {
  return `WITH here AS (SELECT * FROM told ${where}), open AS MATERIALIZED (
    SELECT code, count(*) AS open FROM item_results
    JOIN shape_findings ON shape_findings.shape = newestShape ${where} GROUP BY code
  ), people AS MATERIALIZED (
    SELECT code, learner, count(*) AS parts, sum(answers) AS answers, max(last) AS last
    FROM here GROUP BY code, learner
  ), codes AS MATERIALIZED (
    SELECT code, count(*) AS learners, sum(parts) AS parts, sum(answers) AS answers,
      max(last) AS lastSeenAt
    FROM people GROUP BY code
  )
  SELECT code, learners, codes.answers, parts - coalesce(open, 0) AS resolved,
    coalesce(open, 0) AS open, tries.median AS medianAnswers, spans.median AS medianMinutes,
    lastSeenAt
  FROM codes LEFT JOIN open USING (code)
  JOIN (${medians('answers', 'here', 'code')}) AS tries USING (code)
  JOIN (${medians('minutes', 'here', 'code')}) AS spans USING (code)
  ORDER BY learners DESC, codes.answers DESC, code`;
}

export const courseMisconceptions = named<object, MisconceptionRow>(misconceptionsOf(''));
export const assignmentMisconceptions = named<{ assignmentId: string }, MisconceptionRow>(
  misconceptionsOf(`WHERE assignment = ${assignment}`),
);

export interface FunnelRow {
  readonly enrolled: number;
  readonly began: number;
  readonly answered: number;
  readonly attempted: number;
  readonly partly: number;
  readonly solved: number;
}

export const funnel = named<InAssignment, FunnelRow>(`
  WITH mine AS (SELECT * FROM item_results WHERE assignment = ${assignment}), people AS (
    SELECT learner, sum(attempts) AS attempts, max(best) AS best, count(passed) AS passed
    FROM mine GROUP BY learner
  )
  SELECT
    (SELECT count(*) FROM ${learners}) AS enrolled,
    (SELECT count(*) FROM (
      SELECT learner FROM mine UNION
      SELECT learner FROM grade_events
      WHERE course = ${course} AND assignment = ${assignment} AND kind IN ('start', 'hint')
        AND learner IN ${learners}
    )) AS began,
    (SELECT count(*) FROM people) AS answered,
    (SELECT count(*) FROM people WHERE attempts > 0) AS attempted,
    (SELECT count(*) FROM people WHERE best > 0) AS partly,
    (SELECT count(*) FROM people WHERE passed = (
      SELECT json_array_length(parts) FROM assignments WHERE id = @assignmentId
    )) AS solved`);

export interface ClusterRow {
  readonly part: string;
  readonly signature: string;
  readonly learners: number;
  readonly answers: number;
  readonly answer: string | null;
  readonly name: string | null;
  readonly externalId: string | null;
}

/** Bounded: what only one answer was like teaches nobody much. */
export const clusters = named<InAssignment & { limit: number }, ClusterRow>(`
  SELECT each.part, signature, learners, answers, submissions.answer, enrolments.name,
    enrolments.external_id AS externalId
  FROM (
    SELECT judged.part, signature, count(DISTINCT judged.learner) AS learners, count(*) AS answers,
      max(iif(erasures.learner IS NULL, judged.submission, NULL)) AS example
    FROM judged_answers AS judged
    JOIN verdict_shapes ON verdict_shapes.place = judged.shape
    LEFT JOIN erasures ON erasures.learner = judged.learner
    WHERE judged.course = ${course} AND judged.assignment = ${assignment}
      AND judged.learner IN ${learners}
      AND (attempt IS NULL OR judged.points < judged.maximum)
      AND signature <> '{"failed":[],"codes":[]}'
    GROUP BY judged.part, signature
    ORDER BY learners DESC, answers DESC, signature LIMIT @limit
  ) AS each
  LEFT JOIN submissions ON submissions.place = each.example
  LEFT JOIN enrolments ON enrolments.place = submissions.learner
  ORDER BY learners DESC, answers DESC, each.part, signature`);

export interface VariantRow {
  readonly part: string;
  readonly variant: number | null;
  readonly learners: number;
  readonly difficulty: number | null;
  readonly solved: number;
  readonly difference: number | null;
  readonly standardError: number | null;
}

/** Welch: the standard error of a difference of means whose groups vary differently. */
export const variants = named<InAssignment, VariantRow>(`
  WITH own AS (
    SELECT part, variant, count(*) AS learners, count(passed) AS solved, count(first) AS n,
      total(first) AS s, total(first * first) AS q
    FROM item_results WHERE assignment = ${assignment} GROUP BY part, variant
  ), compared AS (
    SELECT *,
      sum(n) OVER everyone - n AS m, sum(s) OVER everyone - s AS t, sum(q) OVER everyone - q AS r
    FROM own WINDOW everyone AS (PARTITION BY part)
  )
  SELECT part, variant, learners, solved, s / nullif(n, 0) AS difficulty,
    s / nullif(n, 0) - t / nullif(m, 0) AS difference,
    iif(n > 1 AND m > 1, sqrt(
      max(0, q - s * s / n) / (n - 1) / n + max(0, r - t * t / m) / (m - 1) / m
    ), NULL) AS standardError
  FROM compared ORDER BY part, variant`);

export interface ActivityRow {
  readonly learner: number;
  readonly lastActiveAt: number | null;
  readonly stuckAttempts: number;
}

export const activity = named<InCourse, ActivityRow>(`
  WITH each AS (
    SELECT learner, max(at) AS last, count(attempt) AS attempts,
      max(attempt IS NOT NULL AND points >= maximum) AS solved
    FROM judged_answers WHERE course = ${course} GROUP BY assignment, part, learner
  )
  SELECT learner, max(last) AS lastActiveAt, max(iif(solved, 0, attempts)) AS stuckAttempts
  FROM each GROUP BY learner`);
