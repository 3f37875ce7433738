import type { EnrolmentRole } from '../course.ts';

/** The columns of a roster; only the first is needed. */
export const rosterColumns = ['externalId', 'name', 'role', 'section', 'active'] as const;
export type RosterColumn = (typeof rosterColumns)[number];

/** One person of a roster as they came in; `row` as their file counts, from 1. */
export interface RosterRow {
  readonly row: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What is wrong with a row, and what to do. Without a column, with the row as a whole. */
export interface RosterProblem {
  readonly row: number;
  readonly column?: string;
  readonly detail: string;
}

/** A row that can be carried out. What is absent stays as it is, or gets its default. */
export interface RosterPerson {
  readonly row: number;
  readonly externalId: string;
  readonly name?: string;
  readonly role?: EnrolmentRole;
  /** By name; null takes the person out of their section. */
  readonly section?: string | null;
  readonly active?: boolean;
}

/** The words of other systems for our roles. */
const roleWords: ReadonlyMap<string, EnrolmentRole> = new Map([
  ['learner', 'learner'],
  ['student', 'learner'],
  ['instructor', 'instructor'],
  ['teacher', 'instructor'],
  ['assistant', 'assistant'],
  ['ta', 'assistant'],
]);

const activeWords: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', '1', 'active', 'enrolled'].map((word) => [word, true] as const),
  ...['false', 'no', '0', 'inactive', 'dropped'].map((word) => [word, false] as const),
]);

/** Reads one row: the person, or everything that is wrong with it. */
export function readRow({ row, fields }: RosterRow): {
  readonly person?: RosterPerson;
  readonly problems: readonly RosterProblem[];
} {
  const reader = new RowReader(row, fields);
  const person = {
    row,
    externalId: reader.externalId(),
    ...reader.optional('name', (text) => reader.text('name', text, 200)),
    ...reader.optional('role', (text) => reader.word('role', text, roleWords)),
    ...reader.section(),
    ...reader.active(),
  } as RosterPerson;
  reader.refuseOthers();
  return reader.problems.length > 0 ? reader : { person, problems: [] };
}

class RowReader {
  readonly problems: RosterProblem[] = [];
  readonly #row: number;
  readonly #fields: ReadonlyMap<string, unknown>;

  constructor(row: number, fields: RosterRow['fields']) {
    this.#row = row;
    this.#fields = new Map(Object.entries(fields));
  }

  externalId(): string {
    const column = 'externalId';
    const found = this.#fields.get(column);
    if (found === undefined || found === null || found === '') {
      this.#complain(column, "is missing: give the person's id in your own system");
      return '';
    }
    const text = this.#textual(column, found);
    if (text === undefined) return '';
    if (/^\d(?:[.,]\d+)?E\+\d+$/i.test(text)) {
      const advice = 'make the column text there and export again';
      this.#complain(column, `"${text}" is a number that a spreadsheet shortened: ${advice}`);
    }
    return this.text(column, text, 200) ?? '';
  }

  /** An empty cell says nothing, so nothing is changed by it. */
  optional<C extends RosterColumn, T>(column: C, read: (text: string) => T | undefined) {
    const found = this.#fields.get(column);
    if (found === undefined || found === null || found === '') return {};
    const text = this.#textual(column, found);
    const value = text === undefined ? undefined : read(text);
    return value === undefined ? {} : { [column]: value };
  }

  text(column: RosterColumn, text: string, longest: number): string | undefined {
    const trimmed = text.trim();
    if (trimmed === '' || trimmed.length > longest) {
      this.#complain(column, `must have 1 to ${longest} characters`);
      return undefined;
    }
    if (/\p{Cc}/u.test(trimmed)) {
      this.#complain(column, 'holds a control character, such as a line break: take it out');
      return undefined;
    }
    return trimmed;
  }

  word<T>(column: RosterColumn, text: string, words: ReadonlyMap<string, T>): T | undefined {
    const found = words.get(text.trim().toLowerCase());
    if (found === undefined) {
      const known = [...words.keys()].join(', ');
      this.#complain(column, `"${text.trim().slice(0, 50)}" must be one of ${known}`);
    }
    return found;
  }

  section(): { readonly section?: string | null } {
    if (this.#fields.get('section') === null) return { section: null };
    return this.optional('section', (text) => this.text('section', text, 100));
  }

  active(): { readonly active?: boolean } {
    const found = this.#fields.get('active');
    if (typeof found === 'boolean') return { active: found };
    return this.optional('active', (text) => this.word('active', text, activeWords));
  }

  refuseOthers(): void {
    const known: readonly string[] = rosterColumns;
    for (const name of this.#fields.keys()) {
      if (known.includes(name)) continue;
      this.#complain(name.slice(0, 50), `is no member of a person: ${known.join(', ')} are`);
    }
  }

  /** Ids are often numbers in other systems; anything but text and numbers is a mistake. */
  #textual(column: RosterColumn, found: unknown): string | undefined {
    if (typeof found === 'string') return found;
    if (Number.isSafeInteger(found)) return String(found);
    this.#complain(column, 'must be a text');
    return undefined;
  }

  #complain(column: string, detail: string): void {
    this.problems.push({ row: this.#row, column, detail });
  }
}
