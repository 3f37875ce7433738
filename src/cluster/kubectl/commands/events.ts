import type { JsonObject } from '../../json.ts';
import type { Command, CommandContext, Parsed } from '../command.ts';
import { ageOf, lastSeen } from '../describe/events.ts';
import { isTrue } from '../parse/flag-values.ts';
import { outputPrinter } from '../print/output.ts';
import { alignTabs, tableTabs } from '../print/tab-writer.ts';
import { kindNamed } from '../resource/arguments.ts';
import { accepted, getQuery, objectsOf } from '../resource/fetch.ts';
import { allNamespacesFlag, flag, outputFlags } from '../resource/flags.ts';
import { failed } from '../resource/usage.ts';
import { namespaceOf, objectAt } from '../resource/write.ts';

/** kubectl/pkg/cmd/events: oldest first. */
export const events: Command = {
  path: ['events'],
  summary: 'List events',
  flags: [
    ...outputFlags,
    allNamespacesFlag,
    flag.text('for', 'events about this object only: pod/web'),
    flag.list('types', 'Normal, Warning'),
    flag.bool('watch', 'go on showing events; a cluster at rest has none', 'w'),
    flag.bool('no-headers', 'no line of headers'),
    flag.int('chunk-size', 'how many to ask for at once'),
  ],
  run(context, parsed) {
    const types = parsed.flags('types').map((type) => type.toLowerCase());
    const fields = aboutSelector(parsed.flag('for') ?? '');
    const printer = outputPrinter(context, parsed);
    if (!types.every((type) => eventTypes.has(type))) {
      throw failed('valid --types are Normal or Warning');
    }
    const everywhere = isTrue(parsed.flag('all-namespaces'));
    const items = eventsIn(context, everywhere ? '' : context.namespace, fields).filter(
      ({ type }) => types.length === 0 || types.includes(String(type).toLowerCase()),
    );
    if (items.length === 0) {
      context.err(`No events found${everywhere ? '' : ` in ${context.namespace} namespace`}.\n`);
    } else if (printer) printer({ apiVersion: 'v1', items, kind: 'EventList', metadata: {} });
    else context.out(table(context, parsed, items, everywhere));
    return 0;
  },
};

const eventTypes: ReadonlySet<string> = new Set(['normal', 'warning']);

/** `--for pod/web` as a field selector. */
function aboutSelector(target: string): string {
  if (target === '') return '';
  const [type = '', name = '', ...more] = target.split('/');
  if (!target.includes('/')) throw failed('--for must be in resource/name form');
  if (more.length > 0) {
    throw failed('arguments in resource/name form may not have more than one slash');
  }
  return `involvedObject.kind=${kindNamed(type).kind},involvedObject.name=${name}`;
}

function eventsIn(context: CommandContext, namespace: string, fields: string): JsonObject[] {
  const kind = kindNamed('events');
  const response = getQuery(context, { kind }, namespace, { fields });
  accepted(response);
  return [...objectsOf(response, kind)].sort((a, b) => lastSeen(a) - lastSeen(b));
}

function table(
  context: CommandContext,
  parsed: Parsed,
  items: readonly JsonObject[],
  everywhere: boolean,
): string {
  const rows = items.map((event) => {
    const { kind, name } = objectAt(event, 'involvedObject');
    const cells = [
      ...(everywhere ? [namespaceOf(event)] : []),
      ageOf(context, event),
      String(event.type ?? ''),
      String(event.reason ?? ''),
      `${String(kind)}/${String(name)}`,
      String(event.message ?? '').trim(),
    ];
    return `${cells.join('\t')}\n`;
  });
  const head = `${everywhere ? 'NAMESPACE\t' : ''}LAST SEEN\tTYPE\tREASON\tOBJECT\tMESSAGE\n`;
  const lines = isTrue(parsed.flag('no-headers')) ? rows : [head, ...rows];
  return alignTabs(lines.join(''), tableTabs);
}
