import { define, type Json, type JsonObject } from '../../json.ts';
import type { Command, CommandContext, Parsed } from '../command.ts';
import { isTrue } from '../parse/flag-values.ts';
import { labelValueProblem, resourcesAndPairs } from '../parse/pairs.ts';
import { typeAndName } from '../print/output.ts';
import { accepted } from '../resource/fetch.ts';
import {
  allNamespacesFlag,
  dryRunFlag,
  fileFlags,
  flag,
  outputFlags,
  selectorFlags,
} from '../resource/flags.ts';
import { failed } from '../resource/usage.ts';
import { forEachVisited, visit } from '../resource/visit.ts';
import { announce, objectAt, patch, type Writer, writerOf } from '../resource/write.ts';

/** What sets `label` and `annotate` apart: they are one command over two maps. */
interface Marking {
  readonly word: 'label' | 'annotate';
  readonly noun: 'label' | 'annotation';
  readonly field: 'labels' | 'annotations';
  readonly summary: string;
  check(value: string, spec: string): void;
  conflict(taken: readonly (readonly [string, string])[]): string;
  result(before: JsonObject, after: JsonObject, overwrite: boolean): string;
}

interface Changes {
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

function marking(rules: Marking): Command {
  return {
    path: [rules.word],
    summary: rules.summary,
    flags: [
      ...outputFlags,
      dryRunFlag,
      ...fileFlags,
      ...selectorFlags,
      allNamespacesFlag,
      flag.bool('all', 'all of the type'),
      flag.bool('overwrite', 'change values that are already set'),
      flag.bool('list', 'print what is set'),
      flag.bool('local', 'do not ask the server; not offered here'),
      flag.text('resource-version', 'only if the object has this version'),
      {
        name: 'field-manager',
        kind: 'string',
        default: `kubectl-${rules.word}`,
        summary: 'name of the field manager',
      },
    ],
    run: (context, parsed) => run(rules, context, parsed),
  };
}

function run(rules: Marking, context: CommandContext, parsed: Parsed): number {
  const words = [...parsed.positionals, ...(parsed.afterDash ?? [])];
  const { resources, pairs } = resourcesAndPairs(words, rules.noun, true);
  if (resources.length === 0 && parsed.flags('filename').length === 0) {
    throw failed(
      'one or more resources must be specified as <resource> <name> or <resource>/<name>',
    );
  }
  if (pairs.length === 0 && !isTrue(parsed.flag('list'))) {
    throw failed(`at least one ${rules.noun} update is required`);
  }
  const changes = changesOf(rules, pairs);
  const writer = writerOf(context, parsed, `kubectl-${rules.word}`);
  forEachVisited(visit(context, parsed, resources), ({ kind, object }) => {
    const before = objectAt(object, 'metadata', rules.field);
    if (isTrue(parsed.flag('list'))) {
      list(context, object, before);
      return;
    }
    check(rules, before, changes, parsed);
    for (const key of changes.remove) {
      if (!Object.hasOwn(before, key)) context.out(missing(rules, key));
    }
    const body = patchBody(rules, changes, parsed);
    const answer = accepted(patch(context, writer, kind, object, body, 'merge'));
    report(rules, context, writer, { before, object: answer, parsed, changes });
  });
  return 0;
}

const missing = (rules: Marking, key: string): string =>
  rules.word === 'label' ? `label "${key}" not found.\n` : '';

function list(context: CommandContext, object: JsonObject, marks: JsonObject): void {
  context.out(
    `Listing ${typeAndName(object).replace('/', 's.').split('.')[0]} for ${typeAndName(object)}:\n`,
  );
  for (const key of Object.keys(marks).sort()) context.out(` ${key}=${String(marks[key])}\n`);
}

function changesOf(rules: Marking, pairs: readonly string[]): Changes {
  const set: Record<string, string> = {};
  const remove: string[] = [];
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals < 0) {
      remove.push(pair.slice(0, -1));
      continue;
    }
    const value = pair.slice(equals + 1);
    rules.check(value, pair);
    define(set, pair.slice(0, equals), value);
  }
  const both = remove.find((key) => Object.hasOwn(set, key));
  if (both !== undefined) {
    throw failed(
      `can not both modify and remove ${rules.noun === 'label' ? 'a label' : 'an annotation'} in the same command`,
    );
  }
  return { set, remove };
}

function check(rules: Marking, before: JsonObject, { set }: Changes, parsed: Parsed): void {
  if (isTrue(parsed.flag('overwrite'))) return;
  const taken = Object.keys(set)
    .filter((key) => Object.hasOwn(before, key) && before[key] !== set[key])
    .sort()
    .map((key) => [key, String(before[key])] as const);
  if (taken.length > 0) throw failed(rules.conflict(taken));
}

function patchBody(rules: Marking, { set, remove }: Changes, parsed: Parsed): Json {
  const marks: Record<string, string | null> = {};
  for (const key of Object.keys(set)) define(marks, key, set[key]);
  for (const key of remove) define(marks, key, null);
  const version = parsed.flag('resource-version');
  return {
    metadata: { [rules.field]: marks, ...(version && { resourceVersion: version }) },
  };
}

interface Outcome {
  readonly before: JsonObject;
  readonly object: JsonObject;
  readonly parsed: Parsed;
  readonly changes: Changes;
}

function report(rules: Marking, context: CommandContext, writer: Writer, outcome: Outcome): void {
  const after: Record<string, unknown> = {};
  for (const key of Object.keys(outcome.before)) define(after, key, outcome.before[key]);
  for (const key of outcome.changes.remove) delete after[key];
  for (const key of Object.keys(outcome.changes.set)) define(after, key, outcome.changes.set[key]);
  const overwrite = isTrue(outcome.parsed.flag('overwrite'));
  const word = rules.result(outcome.before, after as JsonObject, overwrite);
  announce(context, writer, outcome.object, word);
}

function labelled(before: JsonObject, after: JsonObject, overwrite: boolean): string {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  if ([...keys].every((key) => before[key] === after[key])) return 'not labeled';
  const fewer = Object.keys(after).length < Object.keys(before).length;
  return fewer && !overwrite ? 'unlabeled' : 'labeled';
}

/** kubectl/pkg/cmd/label. */
export const label: Command = marking({
  word: 'label',
  noun: 'label',
  field: 'labels',
  summary: 'Update the labels on a resource',
  check: (value, spec) => {
    if (value.includes('=')) throw failed(`invalid label spec: ${spec}`);
    const problem = labelValueProblem(value);
    if (problem) throw failed(`invalid label value: ${JSON.stringify(spec)}: ${problem}`);
  },
  conflict: ([first = ['', '']]) =>
    `'${first[0]}' already has a value (${first[1]}), and --overwrite is false`,
  result: labelled,
});

/** kubectl/pkg/cmd/annotate. */
export const annotate: Command = marking({
  word: 'annotate',
  noun: 'annotation',
  field: 'annotations',
  summary: 'Update the annotations on a resource',
  check: () => undefined,
  conflict: (taken) =>
    `--overwrite is false but found the following declared annotation(s): ${taken
      .map(([key, value]) => `'${key}' already has a value (${value})`)
      .join('; ')}`,
  result: () => 'annotated',
});
