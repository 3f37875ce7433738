import { define, type Json, type JsonObject } from '../../json.ts';
import type { Command, Flag } from '../command.ts';
import { parseSelector, type SelectorParts } from '../parse/selector.ts';
import { accepted } from '../resource/fetch.ts';
import {
  allNamespacesFlag,
  dryRunFlag,
  fileFlags,
  flag,
  outputFlags,
  selectorFlags,
} from '../resource/flags.ts';
import { failed, nothingNamed } from '../resource/usage.ts';
import { forEachVisited, visit } from '../resource/visit.ts';
import { announce, objectAt, patch, writerOf } from '../resource/write.ts';

export const manager = 'kubectl-set';
/** Flags of every `set` command. */
export const setFlags: readonly Flag[] = [
  ...outputFlags,
  dryRunFlag,
  ...fileFlags,
  ...selectorFlags,
  allNamespacesFlag,
  flag.bool('all', 'all of the type'),
  flag.bool('local', 'do not ask the server; not offered here'),
  { name: 'field-manager', kind: 'string', default: manager, summary: 'name of the field manager' },
];

/** kubectl/pkg/cmd/set/set_selector.go. */
export const setSelector: Command = {
  path: ['set', 'selector'],
  summary: 'Set the selector on a resource',
  flags: [
    ...setFlags.filter(({ name }) => name !== 'selector'),
    flag.text('resource-version', 'only if the object has this version'),
  ],
  run(context, parsed) {
    const selectorText = parsed.positionals.at(-1);
    if (selectorText === undefined) throw failed('one selector is required');
    const selector = parseSelector(selectorText);
    const resources = parsed.positionals.slice(0, -1);
    if (resources.length === 0 && parsed.flags('filename').length === 0) throw nothingNamed();
    const writer = writerOf(context, parsed, manager);
    const version = parsed.flag('resource-version');
    forEachVisited(visit(context, parsed, resources), ({ kind, object }) => {
      check(object, selector);
      const after = withSelector(object, selector.labels);
      const body = {
        ...(version && { metadata: { resourceVersion: version } }),
        ...selectorPatch(object, selector.labels),
      };
      const local = writer.dryRun === 'client';
      const answer = local ? after : accepted(patch(context, writer, kind, object, body));
      announce(context, writer, answer, 'selector updated');
    });
    return 0;
  },
};

function check({ kind }: JsonObject, { expressions }: SelectorParts): void {
  if (kind !== 'Service') throw failed('setting a selector is only supported for Services');
  if (expressions.length > 0) {
    throw failed(`match expression [${expressions.join(' ')}] not supported on this object`);
  }
}

const withSelector = (object: JsonObject, selector: JsonObject): JsonObject => ({
  ...object,
  spec: { ...objectAt(object, 'spec'), selector },
});

function selectorPatch(object: JsonObject, labels: JsonObject): JsonObject {
  const selector: Record<string, Json> = {};
  for (const key of Object.keys(objectAt(object, 'spec', 'selector'))) define(selector, key, null);
  for (const key of Object.keys(labels)) define(selector, key, labels[key]);
  return { spec: { selector } };
}
