import type { Instant } from './course.ts';
import { type Favour, instantOf, isLocalTime } from './policy/time-zone.ts';
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

  /** An instant as it is, or a local time of the zone with the instant that it is there. */
  time(
    value: string,
    pointer: string,
    { timeZone, favour }: { readonly timeZone: string; readonly favour: Favour },
  ): { readonly instant: Instant; readonly local?: string } | undefined {
    if (isLocalTime(value)) return { instant: instantOf(value, timeZone, favour), local: value };
    const zoned = /(Z|[+-]\d{2}:?\d{2})$/i.test(value);
    const time = zoned ? Date.parse(value) : Number.NaN;
    const example = '2026-09-01T08:00:00Z, or a local time such as 2026-09-01T08:00';
    this.require(!Number.isNaN(time), pointer, `must be an instant such as ${example}`);
    return Number.isNaN(time) ? undefined : { instant: new Date(time).toISOString() };
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
