import type { ApiResponse } from '../../api-server/request.ts';
import type { JsonObject } from '../../json.ts';
import { withoutTrailing } from '../../without-trailing.ts';
import type { Command, CommandContext, Parsed } from '../command.ts';
import { listOf } from '../describe/lines.ts';
import { queryOf } from '../print/custom-columns.ts';
import { goValue } from '../print/go-text.ts';
import { typeAndName } from '../print/output.ts';
import { statusOf } from '../resource/fetch.ts';
import {
  allNamespacesFlag,
  fileFlags,
  flag,
  outputFlags,
  selectorFlags,
} from '../resource/flags.ts';
import { failed } from '../resource/usage.ts';
import { forEachVisited, type Visited, visit } from '../resource/visit.ts';
import { nameOf, objectAt } from '../resource/write.ts';

/** kubectl/pkg/cmd/wait: the cluster is at rest, so what does not hold now never will. */
export const wait: Command = {
  path: ['wait'],
  summary: 'Wait for a specific condition on one or many resources',
  flags: [
    ...fileFlags,
    ...selectorFlags,
    ...outputFlags,
    allNamespacesFlag,
    flag.bool('all', 'all of the type'),
    flag.text('for', 'delete, create, condition=NAME[=VALUE] or jsonpath=EXPRESSION[=VALUE]'),
    flag.duration('timeout', 'how long to wait', '30s'),
  ],
  run(context, parsed) {
    const holds = conditionOf(parsed);
    const target = visit(context, parsed, parsed.positionals);
    const notThere = (each: ApiResponse) => statusOf(each).reason === 'NotFound';
    const word = parsed.flag('for')?.toLowerCase();
    if (word === 'create' && target.found.length === 0 && target.refused.some(notThere)) {
      throw failed('timed out waiting for the condition');
    }
    if (target.inOrder.length === 0 && word !== 'delete') {
      throw failed('no matching resources found');
    }
    const inOrder = target.inOrder.filter(
      (entry) => word !== 'delete' || 'kind' in entry || !notThere(entry),
    );
    forEachVisited({ ...target, inOrder }, (visited) => report(context, visited, holds));
    return 0;
  },
};

type Holds = (object: JsonObject) => boolean;

function report(context: CommandContext, { kind, object }: Visited, holds: Holds): void {
  if (!holds(object)) {
    throw failed(`timed out waiting for the condition on ${kind.resource}/${nameOf(object)}`);
  }
  context.out(`${typeAndName(object)} condition met\n`);
}

function conditionOf(parsed: Parsed): Holds {
  const text = parsed.flag('for') ?? '';
  if (text.toLowerCase() === 'delete') return () => false;
  if (text.toLowerCase() === 'create') return () => true;
  if (text.startsWith('condition=')) return condition(text.slice('condition='.length));
  if (text.startsWith('jsonpath=')) return jsonpath(text.slice('jsonpath='.length));
  throw failed(`unrecognized condition: ${JSON.stringify(text)}`);
}

function condition(text: string): Holds {
  const equals = text.indexOf('=');
  const name = (equals < 0 ? text : text.slice(0, equals)).toLowerCase();
  const wanted = (equals < 0 ? 'true' : text.slice(equals + 1)).toLowerCase();
  return (object) =>
    listOf(objectAt(object, 'status').conditions).some(
      ({ type, status }) =>
        String(type).toLowerCase() === name && String(status).toLowerCase() === wanted,
    );
}

function jsonpath(text: string): Holds {
  const [expression = '', value, ...more] = splitAtEquals(text);
  if (more.length > 0) {
    throw failed(
      "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'",
    );
  }
  const wanted = value && withoutTrailing(value.replace(/^["']+/, ''), `"'`);
  if (wanted === '') {
    throw failed(
      "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
    );
  }
  if (expression === '') throw failed('jsonpath expression cannot be empty');
  const query = queryOf(expression.replace(/^'|'$/g, ''));
  return (object) => {
    const [found] = query(object);
    if (found === undefined) return false;
    return wanted === undefined || goValue(found) === wanted;
  };
}

/** A lone `=` divides; `==` belongs to a filter. */
function splitAtEquals(text: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const [piece] of text.matchAll(/==|=|[^=]+/g)) {
    if (piece === '=') {
      parts.push(part);
      part = '';
    } else part += piece;
  }
  return [...parts, part];
}
