import { limits } from '../../limits.ts';
import type { Enrolment, Instant, Section } from '../course.ts';
import { type RosterPerson, type RosterProblem, type RosterRow, readRow } from './read-row.ts';
import type { Roster } from './roster-store.ts';

/** An enrolment before and after. */
export interface EnrolmentMove {
  /** Absent for those who are not in the roster. */
  readonly row?: number;
  readonly before: Enrolment;
  readonly after: Enrolment;
}

/** All that a roster makes of a course's people, and all that is wrong with it. */
export interface RosterPlan {
  readonly created: readonly { readonly row: number; readonly enrolment: Enrolment }[];
  readonly updated: readonly EnrolmentMove[];
  readonly deactivated: readonly EnrolmentMove[];
  readonly unchanged: number;
  readonly sections: readonly Section[];
  /** Rows that cannot be carried out. */
  readonly skipped: number;
  readonly problems: readonly RosterProblem[];
}

export interface PlanParts {
  readonly courseId: string;
  readonly now: Instant;
  readonly newId: () => string;
  readonly absent: 'keep' | 'deactivate';
}

/**
 * Decides what a roster changes: rows are matched by external id, and whoever is as the row says
 * stays untouched, so that the same roster a second time changes nothing.
 */
export function planRoster(
  rows: readonly RosterRow[],
  roster: Roster,
  parts: PlanParts,
): RosterPlan {
  const planner = new Planner(roster, parts);
  const problems: RosterProblem[] = [];
  const firstRows = new Map<string, number>();
  let skipped = 0;
  for (const each of rows) {
    const { person, problems: found } = readRow(each);
    const wrong = person === undefined ? found : planner.problemsOf(person, firstRows);
    problems.push(...wrong);
    if (person === undefined) nameAnyway(each, firstRows);
    if (person === undefined || wrong.length > 0) skipped += 1;
    else planner.take(person);
  }
  if (parts.absent === 'deactivate') planner.deactivateOthers(firstRows);
  return { ...planner.plan(), skipped, problems };
}

/** Whoever stands in a row that cannot be read is not absent because of it. */
function nameAnyway({ row, fields }: RosterRow, firstRows: Map<string, number>): void {
  const externalId = String(new Map(Object.entries(fields)).get('externalId') ?? '').trim();
  if (!firstRows.has(externalId)) firstRows.set(externalId, row);
}

class Planner {
  readonly #parts: PlanParts;
  readonly #there: ReadonlyMap<string, Enrolment>;
  readonly #sections: Map<string, Section>;
  readonly #newSections: Section[] = [];
  readonly #created: RosterPlan['created'][number][] = [];
  readonly #updated: EnrolmentMove[] = [];
  readonly #deactivated: EnrolmentMove[] = [];
  #unchanged = 0;

  constructor(roster: Roster, parts: PlanParts) {
    this.#parts = parts;
    this.#there = new Map(roster.enrolments.map((one) => [one.externalId, one]));
    this.#sections = new Map(roster.sections.map((one) => [one.name, one]));
  }

  problemsOf(person: RosterPerson, firstRows: Map<string, number>): readonly RosterProblem[] {
    const { row, externalId, section } = person;
    const first = firstRows.get(externalId);
    firstRows.set(externalId, first ?? row);
    const wrong = (detail: string, column = 'externalId') => [{ row, column, detail }];
    if (first !== undefined) {
      return wrong(`"${externalId}" stands in row ${first} already: keep one of them`);
    }
    if (this.#there.get(externalId)?.erasedAt !== undefined) {
      return wrong('is what is left of a person who was erased: take the row out');
    }
    const fresh = typeof section === 'string' && !this.#sections.has(section);
    if (fresh && this.#sections.size >= limits.sections) {
      return wrong(`is one section more than the ${limits.sections} of a course`, 'section');
    }
    return [];
  }

  take(person: RosterPerson): void {
    const before = this.#there.get(person.externalId);
    if (before === undefined) {
      this.#created.push({ row: person.row, enrolment: this.#enrolmentOf(person) });
      return;
    }
    const after = this.#changed(before, person);
    if (sameEnrolment(before, after)) this.#unchanged += 1;
    else this.#updated.push({ row: person.row, before, after: nextRevision(after) });
  }

  /** Learners only: a class list seldom names those who teach. */
  deactivateOthers(named: ReadonlyMap<string, number>): void {
    for (const before of this.#there.values()) {
      const { externalId, role, deactivatedAt, erasedAt } = before;
      const stays = role !== 'learner' || deactivatedAt !== undefined || erasedAt !== undefined;
      if (stays || named.has(externalId)) continue;
      const after = nextRevision({ ...before, deactivatedAt: this.#parts.now });
      this.#deactivated.push({ before, after });
    }
  }

  plan(): Omit<RosterPlan, 'skipped' | 'problems'> {
    return {
      created: this.#created,
      updated: this.#updated,
      deactivated: this.#deactivated,
      unchanged: this.#unchanged,
      sections: this.#newSections,
    };
  }

  #enrolmentOf(person: RosterPerson): Enrolment {
    const { courseId, now, newId } = this.#parts;
    const base = { id: newId(), courseId, externalId: person.externalId, role: 'learner' } as const;
    return this.#changed({ ...base, revision: 1, createdAt: now }, person);
  }

  #changed(before: Enrolment, person: RosterPerson): Enrolment {
    const { name: oldName, sectionId: oldSection, deactivatedAt: oldEnd, ...rest } = before;
    const { name = oldName, role = before.role, active = oldEnd === undefined } = person;
    const sectionId = person.section === undefined ? oldSection : this.#sectionId(person.section);
    return {
      ...rest,
      ...(name !== undefined && { name }),
      role,
      ...(sectionId !== undefined && { sectionId }),
      ...(!active && { deactivatedAt: oldEnd ?? this.#parts.now }),
    };
  }

  #sectionId(name: string | null): string | undefined {
    if (name === null) return undefined;
    const there = this.#sections.get(name);
    if (there !== undefined) return there.id;
    const { courseId, newId, now } = this.#parts;
    const section = { id: newId(), courseId, name, createdAt: now };
    this.#sections.set(name, section);
    this.#newSections.push(section);
    return section.id;
  }
}

function sameEnrolment(one: Enrolment, other: Enrolment): boolean {
  const { name, role, sectionId, deactivatedAt } = one;
  return (
    name === other.name &&
    role === other.role &&
    sectionId === other.sectionId &&
    deactivatedAt === other.deactivatedAt
  );
}

const nextRevision = (enrolment: Enrolment): Enrolment => ({
  ...enrolment,
  revision: enrolment.revision + 1,
});
