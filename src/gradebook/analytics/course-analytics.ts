import type { Instant } from '../course.ts';
import { exceptionsByCell } from '../exceptions.ts';
import { notFound } from '../refusal.ts';
import type { CellCache } from '../reporting/cell-cache.ts';
import { gradeRows } from '../reporting/cell-cache.ts';
import type { ReportSource } from '../reporting/report-source.ts';
import { nameless } from './reveal.ts';
import { defaultRiskRules, type RiskReason, type RiskRules, risksOf } from './risk.ts';
import type { ItemName } from './source.ts';

/** Misconceptions of a course that are told. */
const mostMisconceptions = 100;

/** A course's parts and checks, and what its learners get wrong. */
export function courseAnalytics(source: ReportSource, courseId: string) {
  return source.oneView(() => {
    refuseUnknown(source, courseId);
    const titles = titlesOf(source, courseId);
    return {
      courseId,
      learners: source.learnerCount(courseId),
      items: source.items(courseId).map((one) => ({ ...titles(one), ...one })),
      checks: source.checks(courseId),
      misconceptions: source.misconceptions(courseId).slice(0, mostMisconceptions),
    };
  });
}

/** One assignment in depth; examples come without names. */
export function assignmentAnalytics(source: ReportSource, courseId: string, assignmentId: string) {
  return source.oneView(() => {
    refuseUnknown(source, courseId);
    const assignments = source.assignments(courseId);
    const assignment = assignments.find(({ value }) => value.id === assignmentId)?.value;
    if (assignment === undefined) throw notFound('assignment');
    const titles = titlesOf(source, courseId);
    const here = (one: ItemName) => one.assignmentId === assignmentId;
    return {
      ...{ courseId, assignmentId, title: assignment.title, exercise: assignment.exercise },
      funnel: source.funnel(courseId, assignmentId),
      items: source
        .items(courseId)
        .filter(here)
        .map((one) => ({ ...titles(one), ...one })),
      checks: source.checks(courseId).filter(here),
      misconceptions: source.misconceptions(courseId, assignmentId),
      clusters: source
        .clusters(courseId, assignmentId)
        .map(({ example, ...one }) => ({ ...one, ...(example && { example: nameless(example) }) })),
      variants: source.variants(courseId, assignmentId),
    };
  });
}

/** Learners who meet a rule, with the rules that hold; those with most reasons first. */
export function learnersAtRisk(
  source: ReportSource,
  cache: CellCache,
  { courseId, now }: { courseId: string; now: Instant },
) {
  refuseUnknown(source, courseId);
  const rules: RiskRules = source.riskRules(courseId) ?? defaultRiskRules;
  const assignments = source.assignments(courseId);
  const granted = exceptionsByCell(source.exceptions(courseId));
  const activity = new Map(source.activity(courseId).map((one) => [one.learner, one]));
  const learners: LearnerAtRisk[] = [];
  for (const { place, learner, cells } of gradeRows(source, cache, courseId)) {
    if (learner.deactivatedAt !== undefined || learner.erasedAt !== undefined) continue;
    const own = activity.get(place);
    const exceptions = (assignmentId: string) => granted(learner, assignmentId);
    const known = { learner, assignments, cells, exceptions, now, ...(own && { activity: own }) };
    const reasons = risksOf(known, rules);
    if (reasons.length === 0) continue;
    const { id, externalId, name } = learner;
    const lastActiveAt = own?.lastActiveAt;
    learners.push({
      ...{ learnerId: id, externalId, ...(name !== undefined && { name }) },
      ...(lastActiveAt !== undefined && { lastActiveAt }),
      reasons,
    });
  }
  learners.sort((a, b) => b.reasons.length - a.reasons.length);
  return { courseId, rules, learners };
}

interface LearnerAtRisk {
  readonly learnerId: string;
  readonly externalId: string;
  readonly name?: string;
  readonly lastActiveAt?: Instant;
  readonly reasons: readonly RiskReason[];
}

function refuseUnknown(source: ReportSource, courseId: string): void {
  if (source.course(courseId) === undefined) throw notFound('course');
}

/** An assignment's and a part's titles as they are now. */
function titlesOf(source: ReportSource, courseId: string) {
  const assignments = new Map(source.assignments(courseId).map(({ value }) => [value.id, value]));
  return ({ assignmentId, part }: ItemName) => {
    const assignment = assignments.get(assignmentId);
    const partTitle = assignment?.parts.find(({ id }) => id === part)?.title;
    return { title: assignment?.title ?? '', partTitle: partTitle ?? part };
  };
}
