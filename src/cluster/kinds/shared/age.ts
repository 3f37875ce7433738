import type { KubeObject } from '../../objects.ts';
import type { Column } from '../kind.ts';

/** How `kubectl get` prints a span of time (apimachinery util/duration HumanDuration). */
export function humanDuration(milliseconds: number): string {
  const seconds = Math.trunc(milliseconds / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  const style = styles.find(({ below }) => seconds < below);
  return style ? style.text(seconds) : `${Math.floor(seconds / year)}y`;
}

/** A timestamp as an age at the moment `now` (milliseconds since 1970). */
export function ageOf(timestamp: string | undefined, now: number): string {
  return timestamp === undefined ? '<unknown>' : humanDuration(now - Date.parse(timestamp));
}

export const nameColumn: Column<KubeObject> = {
  name: 'Name',
  priority: 0,
  cell: (object) => object.metadata.name,
};

export const ageColumn: Column<KubeObject> = {
  name: 'Age',
  priority: 0,
  cell: (object, cluster) => ageOf(object.metadata.creationTimestamp, cluster.settings.now),
};

export const nameAndAge: readonly Column<KubeObject>[] = [nameColumn, ageColumn];

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

interface Style {
  readonly below: number;
  text(seconds: number): string;
}

/** Two units while the smaller one still says something, one unit after that. */
const styles: readonly Style[] = [
  { below: 2 * minute, text: (s) => `${s}s` },
  { below: 10 * minute, text: (s) => two(s, minute, 'm', 1, 's') },
  { below: 3 * hour, text: (s) => `${Math.floor(s / minute)}m` },
  { below: 8 * hour, text: (s) => two(s, hour, 'h', minute, 'm') },
  { below: 2 * day, text: (s) => `${Math.floor(s / hour)}h` },
  { below: 8 * day, text: (s) => two(s, day, 'd', hour, 'h') },
  { below: 2 * year, text: (s) => `${Math.floor(s / day)}d` },
  { below: 8 * year, text: (s) => two(s, year, 'y', day, 'd') },
];

function two(seconds: number, big: number, bigUnit: string, small: number, unit: string): string {
  const rest = Math.floor((seconds % big) / small);
  return `${Math.floor(seconds / big)}${bigUnit}${rest === 0 ? '' : `${rest}${unit}`}`;
}
