import type { Finding } from '../../cluster/finding.ts';
import { isObject } from '../../cluster/json.ts';
import type { KubeObject } from '../../cluster/objects.ts';
import type { AnswerText } from '../scene.ts';

/** The value at a path such as `spec.ports[0].port`; undefined where there is none. */
export function valueAt(object: unknown, path: string): unknown {
  let value = object;
  for (const step of path.split(/[.[\]]+/).filter(Boolean)) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (isObject(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}

/** A finding about a field of an object, with its place in the learner's text where it has one. */
export function findingAt(
  text: AnswerText,
  object: KubeObject,
  path: string,
  finding: Omit<Finding, 'severity' | 'path' | 'range'>,
): Finding {
  const range = text.locate(object, path);
  return { severity: 'error', path, ...(range && { range }), ...finding };
}

/** A value as kubectl shows it; what is not set is `<none>`. */
export function shown(value: unknown): string {
  if (value === undefined || value === null || value === '') return '<none>';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
