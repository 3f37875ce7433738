import type { JsonObject } from '../../json.ts';
import type { CommandContext } from '../command.ts';
import { kindNamed } from '../resource/arguments.ts';
import { getQuery, isRefusal, objectsOf } from '../resource/fetch.ts';
import { nameOf, namespaceOf, objectAt } from '../resource/write.ts';

/** The events about an object, oldest first, as the last part of its description. */
export function eventLines(context: CommandContext, object: JsonObject): string {
  const events = eventsOf(context, object);
  if (events.length === 0) return 'Events:\t<none>\n';
  const rows = events.map((event) => {
    const { type, reason, message } = event;
    const from = String(objectAt(event, 'source').component ?? event.reportingComponent ?? '');
    return `  ${text(type)}\t${text(reason)}\t${ageOf(context, event)}\t${from}\t${text(message).trim()}\n`;
  });
  return `Events:\n  Type\tReason\tAge\tFrom\tMessage\n  ----\t------\t----\t----\t-------\n${rows.join('')}`;
}

const text = (value: unknown): string =>
  value === undefined || value === null ? '' : String(value);

function eventsOf(context: CommandContext, object: JsonObject): readonly JsonObject[] {
  return (eventsByName(context, namespaceOf(object)).get(nameOf(object)) ?? [])
    .filter((event) => concerns(event, object))
    .sort((a, b) => lastSeen(a) - lastSeen(b));
}

type EventsByName = ReadonlyMap<string, readonly JsonObject[]>;
const fetched = new WeakMap<CommandContext, Map<string, EventsByName>>();

/** The events of a namespace by the name of what they are about, asked for once a command. */
function eventsByName(context: CommandContext, namespace: string): EventsByName {
  const known = fetched.get(context) ?? new Map<string, EventsByName>();
  fetched.set(context, known);
  const before = known.get(namespace);
  if (before) return before;
  const kind = kindNamed('events');
  const response = getQuery(context, { kind }, namespace);
  const events = new Map<string, JsonObject[]>();
  for (const event of isRefusal(response) ? [] : objectsOf(response, kind)) {
    const name = text(objectAt(event, 'involvedObject').name);
    const others = events.get(name);
    if (others) others.push(event);
    else events.set(name, [event]);
  }
  known.set(namespace, events);
  return events;
}

function concerns(event: JsonObject, object: JsonObject): boolean {
  const about = objectAt(event, 'involvedObject');
  const metadata = objectAt(object, 'metadata');
  return (
    about.name === metadata.name &&
    text(about.namespace) === text(metadata.namespace) &&
    (about.uid === undefined || about.uid === metadata.uid) &&
    about.kind === object.kind
  );
}

/** When an event was last seen, in milliseconds since 1970. */
export const lastSeen = (event: JsonObject): number =>
  Date.parse(
    text(event.lastTimestamp ?? event.eventTime ?? objectAt(event, 'metadata').creationTimestamp),
  ) || 0;

/** `5m`, or `3s (x4 over 10m)` for what happened several times. */
export function ageOf(context: CommandContext, event: JsonObject): string {
  const { now } = context.cluster.settings;
  const first = Date.parse(text(event.firstTimestamp ?? event.eventTime ?? '')) || lastSeen(event);
  const last = duration(now - lastSeen(event));
  const count = Number(event.count ?? 1);
  return count > 1 ? `${last} (x${count} over ${duration(now - first)})` : last;
}

/** A time span in kubectl's short form (apimachinery util/duration HumanDuration). */
function duration(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  const form = durationForms.find(([limit]) => seconds < limit);
  return form ? form[1](seconds) : `${Math.floor(seconds / year)}y`;
}

const [minute, hour, day, year] = [60, 3600, 86_400, 365 * 86_400];
const two = (
  seconds: number,
  unit: number,
  name: string,
  small: number,
  smallName: string,
): string => {
  const rest = Math.floor((seconds % unit) / small);
  return `${Math.floor(seconds / unit)}${name}${rest === 0 ? '' : `${rest}${smallName}`}`;
};
const durationForms: readonly (readonly [number, (seconds: number) => string])[] = [
  [2 * minute, (seconds) => `${seconds}s`],
  [10 * minute, (seconds) => two(seconds, minute, 'm', 1, 's')],
  [3 * hour, (seconds) => `${Math.floor(seconds / minute)}m`],
  [8 * hour, (seconds) => two(seconds, hour, 'h', minute, 'm')],
  [2 * day, (seconds) => `${Math.floor(seconds / hour)}h`],
  [8 * day, (seconds) => two(seconds, day, 'd', hour, 'h')],
  [2 * year, (seconds) => `${Math.floor(seconds / day)}d`],
  [8 * year, (seconds) => two(seconds, year, 'y', day, 'd')],
];
