import { isDeepStrictEqual } from 'node:util';
import type { Role } from '../actor.ts';
import type { Assignment, Instant } from '../course.ts';
import { deriveTotal } from '../grade.ts';
import type { Cell } from '../gradebook.ts';
import { Refusal } from '../refusal.ts';
import { visibleTo } from '../visible.ts';
import { rulesOf } from './course-cells.ts';
import type { CellPlace, ReportSource } from './report-source.ts';

/** A grade that changed, as it is now. */
export interface ChangedGrade extends Cell {
  readonly learnerId: string;
  readonly externalId: string;
  readonly outOf: number;
}

export interface GradeChanges {
  readonly items: readonly ChangedGrade[];
  /** Where to go on: after these, whenever. */
  readonly next: string;
  /** Whether there are more already. */
  readonly more: boolean;
}

/**
 * Where an asker stands. The first three: the last cell told, in the order of changes. `releasedBy`:
 * assignments that were released by themselves until then were told; `releasing`: how far those
 * are told that were released between then and `until`.
 */
interface Cursor {
  readonly change: number;
  readonly learner: number;
  readonly assignment: number;
  readonly releasedBy: Instant;
  readonly releasing?: {
    readonly until: Instant;
    readonly assignment: number;
    readonly learner: number;
  };
}

/**
 * The grades that changed after a cursor, each once and as it is now, `limit` at most. A change
 * that is committed while one asks is in this answer or in a later one; none is lost, for changes
 * are numbered in the order of their commits. Whom nothing withheld may be shown is told of it when
 * it is released, by hand or by the clock.
 */
export function gradeChanges(
  source: ReportSource,
  ask: { courseId: string; now: Instant; role: Role; cursor?: string; limit: number },
): GradeChanges {
  const { courseId, now, limit } = ask;
  const start: Cursor = { change: 0, learner: 0, assignment: 0, releasedBy: now };
  const from = ask.cursor === undefined ? start : readCursor(ask.cursor);
  const cells = new Cells(source, ask);
  const released = cells.releasedSince(from, limit);
  const left = limit - released.cells.length;
  const rows = left > 0 ? source.changedCells(courseId, from, left) : [];
  const last = rows.at(-1) ?? from;
  const { change, learner, assignment } = last;
  return {
    items: cells.shown([...released.cells, ...rows]),
    next: writeCursor({ change, learner, assignment, ...released.state }),
    more: left === 0 || rows.length === left,
  };
}

type ReleaseState = Pick<Cursor, 'releasedBy' | 'releasing'>;

/** What the cells of one answer are made of. */
class Cells {
  readonly #source: ReportSource;
  readonly #ask: { courseId: string; now: Instant; role: Role };

  constructor(source: ReportSource, ask: { courseId: string; now: Instant; role: Role }) {
    this.#source = source;
    this.#ask = ask;
  }

  /** Cells of assignments that the clock released since the asker was last told. */
  releasedSince(
    { releasedBy, releasing }: Cursor,
    limit: number,
  ): { readonly cells: readonly CellPlace[]; readonly state: ReleaseState } {
    const { courseId, now } = this.#ask;
    const until = releasing?.until ?? now;
    const at = { assignment: 0, learner: 0, ...releasing };
    const cells: CellPlace[] = [];
    for (const { place, value } of this.#source.assignments(courseId)) {
      if (place < at.assignment || !releasedBetween(value, releasedBy, until)) continue;
      const after = place === at.assignment ? at.learner : 0;
      const room = limit - cells.length;
      const learners = this.#source.learnersIn(courseId, place, after, room);
      cells.push(...learners.map((learner) => ({ learner, assignment: place })));
      if (cells.length < limit) continue;
      const learner = learners.at(-1) ?? after;
      return { cells, state: { releasedBy, releasing: { until, assignment: place, learner } } };
    }
    return { cells, state: { releasedBy: until } };
  }

  /** As they are now; those that may not be shown are left out. */
  shown(places: readonly CellPlace[]): readonly ChangedGrade[] {
    if (places.length === 0) return [];
    const { courseId, now, role } = this.#ask;
    const rules = rulesOf(this.#source, courseId);
    return places.flatMap((cell) => {
      const assignment = rules.assignments.get(cell.assignment);
      const person = this.#source.learnerAt(courseId, cell.learner);
      if (assignment === undefined || person === undefined) return [];
      if (!visibleTo({ role }, assignment, now).grades) return [];
      const facts = this.#source.factsOf(courseId, cell);
      const grade = deriveTotal(facts, assignment, rules.exceptions(person, assignment.id));
      const { points: _points, maximum: _maximum, ...told } = grade;
      const released = visibleTo({ role: 'learner' }, assignment, now).grades;
      const names = { learnerId: person.id, externalId: person.externalId };
      return [{ ...names, assignmentId: assignment.id, ...told, released }];
    });
  }
}

function releasedBetween({ release }: Assignment, after: Instant, until: Instant): boolean {
  const { grades } = release;
  return grades !== 'at-once' && grades !== 'manual' && grades > after && grades <= until;
}

function writeCursor({ change, learner, assignment, releasedBy, releasing }: Cursor): string {
  const { until, ...at } = releasing ?? {};
  const text = [change, learner, assignment, releasedBy, ...(until ? [until, at] : [])];
  return Buffer.from(JSON.stringify(text)).toString('base64url');
}

function readCursor(text: string): Cursor {
  try {
    const decoded: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    const [change, learner, assignment, releasedBy, until, at] = decoded as [
      number,
      number,
      number,
      Instant,
      Instant?,
      { assignment: number; learner: number }?,
    ];
    const read: Cursor = {
      ...{ change, learner, assignment, releasedBy },
      ...(until !== undefined && at !== undefined && { releasing: { until, ...at } }),
    };
    const again: unknown = JSON.parse(Buffer.from(writeCursor(read), 'base64url').toString());
    const places = [change, learner, assignment, at?.assignment ?? 0, at?.learner ?? 0];
    const whole = places.every((place) => Number.isSafeInteger(place));
    if (whole && typeof releasedBy === 'string' && isDeepStrictEqual(decoded, again)) return read;
  } catch {
    // Not even JSON: said below.
  }
  const detail = 'must be the `next` of an earlier answer';
  throw new Refusal('invalid', 'The cursor is none of ours.', [{ pointer: '/cursor', detail }]);
}
