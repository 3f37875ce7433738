import { limits } from '../../limits.ts';
import type { Actor } from '../actor.ts';
import { auditOf } from '../audit.ts';
import { authorise } from '../authorise.ts';
import type { Enrolment, Section } from '../course.ts';
import { findOpenCourse } from '../courses.ts';
import type { GradebookParts } from '../create-gradebook.ts';
import type { AuditEvent } from '../event.ts';
import { Refusal } from '../refusal.ts';
import { type EnrolmentMove, planRoster, type RosterPlan } from './plan-roster.ts';
import type { RosterProblem } from './read-row.ts';
import type { Roster } from './roster-store.ts';
import type { RosterAsk, RosterOutcome, RosterResult, RosterUseCases } from './roster-use-cases.ts';

export function importUseCases(parts: GradebookParts): Pick<RosterUseCases, 'importRoster'> {
  const { store } = parts;
  return {
    importRoster: async (actor, courseId, ask, receipt) => {
      authorise(actor, 'roster:import', { courseId });
      await findOpenCourse(store, courseId);
      const { absent = 'keep', problems: unread = [], dryRun = false } = ask;
      if (ask.rows.length === 0 && unread.length > 0) throw refused(unread);
      refuseTooMany(ask);
      const now = parts.now().toISOString();
      return store.importRoster(courseId, (roster) => {
        const plan = planRoster(ask.rows, roster, { courseId, now, newId: parts.newId, absent });
        const problems = [...unread, ...plan.problems];
        if (problems.length > 0 && !dryRun && ask.onProblem !== 'skip') throw refused(problems);
        const result = resultOf(ask, plan, problems, roster);
        const kept = receipt && { receipt: receipt(result) };
        if (dryRun) return { ...nothing, result, ...kept };
        return { result, ...written(parts, actor, courseId, ask, plan, result), ...kept };
      });
    },
  };
}

const nothing = { sections: [], created: [], changed: [], audits: [] };

function written(
  parts: GradebookParts,
  actor: Actor,
  courseId: string,
  { reason, absent = 'keep' }: RosterAsk,
  plan: RosterPlan,
  result: RosterResult,
) {
  const moves = [...plan.updated, ...plan.deactivated];
  const created = plan.created.map(({ enrolment }) => enrolment);
  const audit = (note: Pick<AuditEvent, 'action' | 'subject' | 'before' | 'after'>) =>
    auditOf(parts, actor, { ...note, courseId, reason });
  const { people: _, problems: __, applied: ___, ...counts } = result;
  const changes = created.length + moves.length > 0;
  const summary = { action: 'roster:import', subject: courseId, after: { ...counts, absent } };
  return {
    sections: plan.sections,
    created,
    changed: moves.map(({ after }) => after),
    audits: [
      ...created.map((after) => audit({ action: 'enrolment:create', subject: after.id, after })),
      ...moves.map(({ before, after }) =>
        audit({ action: 'enrolment:update', subject: after.id, before, after }),
      ),
      ...(changes ? [audit(summary)] : []),
    ],
  };
}

function refuseTooMany({ rows }: RosterAsk): void {
  if (rows.length === 0) {
    const pointers = [{ pointer: '/people', detail: 'must have a row at least' }];
    throw new Refusal('invalid', 'The roster is empty: nothing was changed.', pointers);
  }
  if (rows.length <= limits.rosterRows) return;
  const detail = `has ${rows.length} rows: at most ${limits.rosterRows} at once, send it in parts`;
  throw new Refusal('invalid', 'The roster is too long.', [{ pointer: '/people', detail }]);
}

function refused(problems: readonly RosterProblem[]): Refusal {
  const listed = problems.slice(0, limits.rosterProblems);
  const more =
    problems.length > listed.length ? `, of which the first ${listed.length} are told` : '';
  const count =
    problems.length === 1 ? 'there is 1 problem' : `there are ${problems.length} problems`;
  const detail = `Nothing was imported: ${count}${more}. Mend them, or ask with onProblem=skip to leave these rows out.`;
  return new Refusal(
    'invalid',
    detail,
    listed.map((one) => ({ pointer: '/people', ...one })),
  );
}

function resultOf(
  ask: RosterAsk,
  plan: RosterPlan,
  problems: readonly RosterProblem[],
  roster: Roster,
): RosterResult {
  const sections = new Map([...roster.sections, ...plan.sections].map((one) => [one.id, one]));
  const { dryRun = false } = ask;
  return {
    applied: !dryRun,
    rows: ask.rows.length,
    created: plan.created.length,
    updated: plan.updated.length,
    deactivated: plan.deactivated.length,
    unchanged: plan.unchanged,
    skipped: plan.skipped,
    sectionsCreated: plan.sections.map(({ name }) => name),
    problems: problems.slice(0, limits.rosterProblems),
    problemCount: problems.length,
    people: [
      ...plan.created.map(({ row, enrolment }) => createdOf(row, enrolment, dryRun)),
      ...plan.updated.map((move) => movedOf('updated', move, sections)),
      ...plan.deactivated.map((move) => movedOf('deactivated', move, sections)),
    ],
  };
}

/** A dry run's ids are of nobody. */
function createdOf(row: number, { id, externalId }: Enrolment, dryRun: boolean): RosterOutcome {
  return { row, externalId, ...(!dryRun && { enrolmentId: id }), outcome: 'created' };
}

function movedOf(
  outcome: 'updated' | 'deactivated',
  { row, before, after }: EnrolmentMove,
  sections: ReadonlyMap<string, Section>,
): RosterOutcome {
  const words = (one: Enrolment): Readonly<Record<string, string | null>> => ({
    name: one.name ?? null,
    role: one.role,
    section: sections.get(one.sectionId ?? '')?.name ?? null,
    active: one.deactivatedAt === undefined ? 'yes' : 'no',
  });
  const [old, now] = [words(before), words(after)];
  const changed = Object.keys(now)
    .filter((name) => old[name] !== now[name])
    .map((name) => [name, { from: old[name] ?? null, to: now[name] ?? null }] as const);
  return {
    ...(row !== undefined && { row }),
    ...{ externalId: after.externalId, enrolmentId: after.id, outcome },
    changed: Object.fromEntries(changed),
  };
}
