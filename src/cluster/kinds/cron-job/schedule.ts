import {
  type FieldError,
  type FieldPath,
  goQuote,
  invalid,
  required,
} from '../../api-server/field-error.ts';

interface Bounds {
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The five fields of a schedule: a Sunday is 0, and never 7 (robfig/cron spec.go). */
const fieldBounds: readonly Bounds[] = [
  { from: 0, to: 59 },
  { from: 0, to: 23 },
  { from: 1, to: 31 },
  { from: 1, to: 12, names: months },
  { from: 0, to: 6, names: days },
];

const descriptors = new Set([
  ...['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'],
]);

/** batch validateScheduleFormat, with the words of robfig/cron's ParseStandard. */
export function validateSchedule(schedule: string, path: FieldPath): FieldError[] {
  if (schedule === '') return [required(path)];
  const problem = problemOf(withoutTimeZone(schedule));
  const elsewhere = 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead';
  return [
    ...(problem === undefined ? [] : [invalid(path, schedule, problem)]),
    ...(schedule.includes('TZ') ? [invalid(path, schedule, elsewhere)] : []),
  ];
}

function withoutTimeZone(schedule: string): string {
  if (!schedule.startsWith('TZ=') && !schedule.startsWith('CRON_TZ=')) return schedule;
  const blank = schedule.indexOf(' ');
  return blank < 0 ? '' : schedule.slice(blank).trim();
}

function problemOf(schedule: string): string | undefined {
  if (schedule.startsWith('@')) return descriptorProblem(schedule);
  const fields = schedule.split(/\s/).filter(Boolean);
  if (fields.length !== fieldBounds.length) {
    const expected = `expected exactly ${fieldBounds.length} fields`;
    return `${expected}, found ${fields.length}: [${fields.join(' ')}]`;
  }
  for (const [index, bounds] of fieldBounds.entries()) {
    for (const range of (fields[index] ?? '').split(',').filter(Boolean)) {
      const problem = rangeProblem(range, bounds);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

function descriptorProblem(schedule: string): string | undefined {
  const every = '@every ';
  if (descriptors.has(schedule)) return undefined;
  if (!schedule.startsWith(every)) return `unrecognized descriptor: ${schedule}`;
  const duration = schedule.slice(every.length);
  if (isDuration(duration)) return undefined;
  return `failed to parse duration ${schedule}: time: invalid duration ${goQuote(duration)}`;
}

const isDuration = (text: string): boolean =>
  text === '0' || /^[-+]?(?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+$/.test(text);

/** `low[-high][/step]`; the first thing wrong with it. */
function rangeProblem(range: string, bounds: Bounds): string | undefined {
  const [span = '', step, ...moreSteps] = range.split('/');
  const [low = '', high, ...moreHighs] = span.split('-');
  const all = low === '*' || low === '?';
  const start = all ? bounds.from : numberOf(low, bounds.names);
  if (typeof start === 'string') return start;
  if (!all && moreHighs.length > 0) return `too many hyphens: ${range}`;
  const last = high === undefined || all ? start : numberOf(high, bounds.names);
  if (typeof last === 'string') return last;
  if (moreSteps.length > 0) return `too many slashes: ${range}`;
  const by = step === undefined ? 1 : numberOf(step);
  if (typeof by === 'string') return by;
  const open = all || (step !== undefined && high === undefined);
  return boundsProblem({ from: start, to: open ? bounds.to : last }, by, bounds, range);
}

function boundsProblem(
  { from, to }: Bounds,
  step: number,
  bounds: Bounds,
  range: string,
): string | undefined {
  if (from < bounds.from) {
    return `beginning of range (${from}) below minimum (${bounds.from}): ${range}`;
  }
  if (to > bounds.to) return `end of range (${to}) above maximum (${bounds.to}): ${range}`;
  if (from > to) return `beginning of range (${from}) beyond end of range (${to}): ${range}`;
  return step === 0 ? `step of range should be a positive number: ${range}` : undefined;
}

/** The number, or what Go says of text that is none. */
function numberOf(text: string, names?: readonly string[]): number | string {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return names === months ? named + 1 : named;
  const atoi = `failed to parse int from ${text}: strconv.Atoi: parsing ${goQuote(text)}`;
  if (!/^[-+]?\d+$/.test(text)) return `${atoi}: invalid syntax`;
  const number = Number(text);
  if (Math.abs(number) > Number.MAX_SAFE_INTEGER) return `${atoi}: value out of range`;
  return number < 0 ? `negative number (${number}) not allowed: ${text}` : number;
}

const explicit =
  'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones';

/** batch validateTimeZone. */
export function validateTimeZone(zone: string | undefined, path: FieldPath): FieldError[] {
  if (zone === undefined) return [];
  if (zone === '') return [invalid(path, zone, 'timeZone must be nil or non-empty string')];
  if (zone.toLowerCase() === 'local') return [invalid(path, zone, explicit)];
  return isTimeZone(zone) ? [] : [invalid(path, zone, `unknown time zone ${zone}`)];
}

/** Of the IANA database, spelled as there: its names are those of files. */
function isTimeZone(zone: string): boolean {
  const named = zone.split('/').every((part) => /^[A-Za-z._0-9+][A-Za-z._0-9+-]{0,13}$/.test(part));
  if (!named || /^[+]?\d/.test(zone)) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions();
    return timeZone === zone || timeZone.toLowerCase() !== zone.toLowerCase();
  } catch {
    return false;
  }
}
