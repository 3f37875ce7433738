import { define, isObject, type Json, type JsonObject } from '../../json.ts';
import type { Command, CommandContext, Parsed } from '../command.ts';
import { isTrue } from '../parse/flag-values.ts';
import { labelValueProblem, resourcesAndPairs } from '../parse/pairs.ts';
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
import { forEachVisited, SeveralFailures, type Visit, visit } from '../resource/visit.ts';
import { announce, nameOf, objectAt, patch, writerOf } from '../resource/write.ts';

/** What sets `label` and `annotate` apart: they are one command over two maps. */
interface Marking {
  readonly word: 'label' | 'annotate';
  readonly noun: 'label' | 'annotation';
  readonly field: 'labels' | 'annotations';
  readonly summary: string;
  check(value: string, spec: string): void;
  /** What is wrong with keys that are to be set and removed at once. */
  both(keys: readonly string[]): string;
  /** What is wrong with keys that have another value already, a line each. */
  conflict(taken: readonly (readonly [string, string])[]): readonly string[];
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
  const visited = visit(context, parsed, resources);
  if (parsed.flag('resource-version') && visited.inOrder.length > 1) {
    throw failed('--resource-version may only be used with a single resource');
  }
  forEachVisited(visited, ({ kind, object }) => {
    const before = objectAt(object, 'metadata', rules.field);
    if (isTrue(parsed.flag('list'))) {
      list(rules, context, withMarks(rules, object, changes), isAlone(visited, resources));
      return;
    }
    check(rules, before, changes, parsed);
    for (const key of changes.remove) {
      if (!Object.hasOwn(before, key) && writer.dryRun !== 'client') {
        context.out(missing(rules, key));
      }
    }
    const body = patchBody(rules, changes, parsed);
    const after = withMarks(rules, object, changes);
    const answer = accepted(patch(context, writer, kind, object, body, 'merge'));
    const local = writer.dryRun === 'client' || rules.word === 'label';
    const overwrite = isTrue(parsed.flag('overwrite')) && !parsed.flag('resource-version');
    announce(context, writer, local ? after : answer, rules.result(object, after, overwrite));
  });
  return 0;
}

const missing = (rules: Marking, key: string): string =>
  rules.word === 'label' ? `label "${key}" not found.\n` : '';

/** One object's marks alone, or under a heading where the line may mean several. */
function list(rules: Marking, context: CommandContext, object: JsonObject, alone: boolean): void {
  const [group = ''] = String(object.apiVersion ?? '').split(/(?:^|\/)v\d\w*$/);
  if (!alone) {
    context.out(`Listing ${rules.field} for ${String(object.kind)}.${group}/${nameOf(object)}:\n`);
  }
  const marks = objectAt(object, 'metadata', rules.field);
  for (const key of Object.keys(marks).sort()) {
    context.out(`${alone ? '' : ' '}${key}=${String(marks[key])}\n`);
  }
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
  const both = remove.filter((key) => Object.hasOwn(set, key));
  if (both.length > 0) throw failed(rules.both(both));
  return { set, remove };
}

function check(rules: Marking, before: JsonObject, { set }: Changes, parsed: Parsed): void {
  if (isTrue(parsed.flag('overwrite'))) return;
  const taken = Object.keys(set)
    .filter((key) => Object.hasOwn(before, key) && before[key] !== set[key])
    .sort()
    .map((key) => [key, String(before[key])] as const);
  const problems = rules.conflict(taken);
  if (problems.length > 0) throw new SeveralFailures(problems);
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

/** The object as the line would have it. */
function withMarks(rules: Marking, object: JsonObject, { set, remove }: Changes): JsonObject {
  const marks: Record<string, unknown> = {};
  const before = objectAt(object, 'metadata', rules.field);
  for (const key of Object.keys(before)) define(marks, key, before[key]);
  for (const key of remove) delete marks[key];
  for (const key of Object.keys(set)) define(marks, key, set[key]);
  const metadata = { ...objectAt(object, 'metadata'), [rules.field]: marks as JsonObject };
  return { ...object, metadata };
}

/** Whether the line can only mean one object (resource.Result, IntoSingleItemImplied). */
const isAlone = ({ inOrder }: Visit, resources: readonly string[]): boolean =>
  inOrder.length === 1 && (resources.length > 1 || (resources[0] ?? '').includes('/'));

/** kubectl goes by the length of the object's JSON, so a shorter text is an unlabeled object. */
function labelled(before: JsonObject, after: JsonObject, overwrite: boolean): string {
  const [old, now] = [before, after].map(marksText) as [string, string];
  if (old === now) return 'not labeled';
  return now.length < old.length && !overwrite ? 'unlabeled' : 'labeled';
}

function marksText(object: JsonObject): string {
  const { labels } = objectAt(object, 'metadata');
  return isObject(labels)
    ? `"labels":${JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))},`
    : '';
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
  both: () => 'can not both modify and remove a label in the same command',
  conflict: (taken) =>
    taken.map(
      ([key, value]) => `'${key}' already has a value (${value}), and --overwrite is false`,
    ),
  result: labelled,
});

/** kubectl/pkg/cmd/annotate. */
export const annotate: Command = marking({
  word: 'annotate',
  noun: 'annotation',
  field: 'annotations',
  summary: 'Update the annotations on a resource',
  check: () => undefined,
  both: (keys) =>
    `can not both modify and remove the following annotation(s) in the same command: ${keys.join(', ')}`,
  conflict: (taken) => {
    const texts = taken
      .filter(([key]) => key !== 'kubernetes.io/change-cause')
      .map(([key, value]) => `'${key}' already has a value (${value})`);
    if (texts.length === 0) return [];
    return [
      `--overwrite is false but found the following declared annotation(s): ${texts.join('; ')}`,
    ];
  },
  result: () => 'annotated',
});
