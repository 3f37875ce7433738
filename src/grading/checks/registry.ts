import type { CheckKind } from '../../exercise/check-format.ts';
import { applies } from './applies.ts';
import type { AnyCheck } from './check.ts';
import { connects } from './connects.ts';
import { count } from './count.ts';
import { endpoints } from './endpoints.ts';
import { expression } from './expression.ts';
import { keeps } from './keeps.ts';
import { object } from './object.ts';
import { prints } from './prints.ts';
import { resolves } from './resolves.ts';
import { selects } from './selects.ts';
import { shows } from './shows.ts';
import { survivesChurn } from './survives-churn.ts';
import { untouched } from './untouched.ts';

/** Every kind of check there is: a new one is a file beside this and a line here. */
export const checks = Object.freeze([
  applies,
  object,
  selects,
  endpoints,
  connects,
  resolves,
  keeps,
  survivesChurn,
  untouched,
  shows,
  expression,
  count,
  prints,
]) as readonly AnyCheck[];

const byKind = new Map(checks.map((check) => [check.kind, check]));

export function checkOf(kind: CheckKind): AnyCheck {
  const check = byKind.get(kind);
  if (!check) throw new Error(`no check judges \`${kind}\``);
  return check;
}
