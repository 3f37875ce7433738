import type { JsonObject } from '../../json.ts';
import type { Command, CommandContext, Parsed } from '../command.ts';
import { listOf } from '../describe/lines.ts';
import { queryOf } from '../print/custom-columns.ts';
import { goValue } from '../print/go-text.ts';
import { typeAndName } from '../print/output.ts';
import { failWith, isRefusal, statusOf } from '../resource/fetch.ts';
import {
  allNamespacesFlag,
  fileFlags,
  flag,
  outputFlags,
  selectorFlags,
} from '../resource/flags.ts';
import { failed } from '../resource/usage.ts';
import { type Visited, visit } from '../resource/visit.ts';
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
    const missing = target.refused.filter((each) => statusOf(each).reason === 'NotFound');
    if (parsed.flag('for') !== 'delete') failWith(target.refused);
    else failWith(target.refused.filter((each) => !missing.includes(each)));
    if (target.found.length === 0 && target.refused.every(isRefusal) && missing.length === 0) {
      throw failed('no matching resources found');
    }
    for (const visited of target.found) report(context, visited, holds);
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
  if (text === 'delete') return () => false;
  if (text === 'create') return () => true;
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
  const [, expression = text, wanted] = /^('?\{.*\}'?|[^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  const query = queryOf(expression.replace(/^'|'$/g, ''));
  return (object) => {
    const [value] = query(object);
    if (value === undefined) return false;
    return wanted === undefined || goValue(value) === wanted.replace(/^["']|["']$/g, '');
  };
}
