import type { Instant } from './course.ts';
import { type Complaint, Refusal } from './refusal.ts';

/** Collects all that is wrong with an input, so that one refusal names everything. */
export class Complaints {
  readonly #found: Complaint[] = [];

  require(holds: boolean, pointer: string, detail: string): void {
    if (!holds) this.#found.push({ pointer, detail });
  }

  /** The instant in UTC; undefined when there is none or it is wrong. */
  instant(value: string | null | undefined, pointer: string): Instant | undefined {
    if (value === undefined || value === null) return undefined;
    const time = Date.parse(value);
    this.require(!Number.isNaN(time), pointer, 'must be an instant such as 2026-09-01T08:00:00Z');
    return Number.isNaN(time) ? undefined : new Date(time).toISOString();
  }

  text(value: string, pointer: string, longest = 200): void {
    const fits = value.trim() !== '' && value.length <= longest;
    this.require(fits, pointer, `must be a text of 1 to ${longest} characters`);
  }

  /** Throws `invalid` when anything was wrong. */
  refuse(detail: string): void {
    if (this.#found.length > 0) throw new Refusal('invalid', detail, this.#found);
  }
}
