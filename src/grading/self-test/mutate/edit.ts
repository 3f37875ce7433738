import { cloneJson, isObject, type Json, type JsonObject } from '../../../cluster/json.ts';

/** Where a value stands in an object: member names and indexes. */
export type Path = readonly (string | number)[];

/** One change: at a path a new value is put, or with undefined the field is dropped. */
export interface Edit {
  /** As authors name it in `mutants.allowed`: `spec.ports[0].targetPort dropped`. */
  readonly mutation: string;
  readonly path: Path;
  readonly value: Json | undefined;
  /** Leaves what was there, and writes the field a second time after it. */
  readonly doubled?: boolean;
}

/** The object as text after one change: JSON, or YAML where a field stands twice. */
export function edited(object: JsonObject, { path, value, doubled }: Edit): string {
  if (!doubled) return JSON.stringify(withValue(object, path, value));
  const name = `${path.at(-1)}${doubledMark}`;
  const text = JSON.stringify(withValue(object, [...path.slice(0, -1), name], value));
  return `# doubled\n${text.replace(doubledMark, '')}`;
}

const doubledMark = '#doubled#';

/** A path as people write it: `spec.ports[0].port`. */
export const pathText = (path: Path): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');

/** What stands at a path; undefined where nothing does. */
export function valueAt(value: Json | undefined, [step, ...rest]: Path): Json | undefined {
  if (step === undefined) return value;
  if (Array.isArray(value)) return valueAt((value as readonly Json[])[Number(step)], rest);
  return isObject(value) && Object.hasOwn(value, step) ? valueAt(value[step], rest) : undefined;
}

/** A value of the same sort that means something else. */
export function otherThan(value: Json): Json {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  const text = String(value);
  const address = /^(\d+\.\d+\.\d+\.)(\d+)$/.exec(text);
  if (address) return `${address[1]}${(Number(address[2]) + 1) % 256}`;
  return `${text}x`;
}

/** A copy with one value put at a path; undefined takes the member or item away. */
function withValue(
  value: Json | undefined,
  [step, ...rest]: Path,
  wanted: Json | undefined,
): Json | undefined {
  if (step === undefined) return wanted;
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    const item = withValue(items[Number(step)], rest, wanted);
    return item === undefined ? items.toSpliced(Number(step), 1) : items.with(Number(step), item);
  }
  const copy = cloneJson(isObject(value) ? value : {}) as Record<string, Json | undefined>;
  const own = Object.hasOwn(copy, step) ? copy[step] : undefined;
  const member = withValue(own, rest, wanted);
  if (member === undefined) delete copy[step];
  else Object.defineProperty(copy, step, { value: member, ...open });
  return copy as JsonObject;
}

const open = { enumerable: true, writable: true, configurable: true };
