import type { Command } from '../command.ts';
import { accepted, failWith, resourcePath } from '../resource/fetch.ts';
import { dryRunFlag, fileFlags, flag, outputFlags, selectorFlags } from '../resource/flags.ts';
import { failed, nothingNamed, requireFlags } from '../resource/usage.ts';
import { visit } from '../resource/visit.ts';
import { announce, nameOf, namespaceOf, objectAt, patch, writerOf } from '../resource/write.ts';

const manager = 'kubectl-scale';

/** kubectl/pkg/cmd/scale: through the scale subresource. */
export const scale: Command = {
  path: ['scale'],
  summary: 'Set a new size for a deployment, replica set, or replication controller',
  flags: [
    ...outputFlags,
    dryRunFlag,
    ...fileFlags,
    ...selectorFlags,
    flag.bool('all', 'all of the type'),
    flag.int('replicas', 'the new size'),
    flag.int('current-replicas', 'only if this is the size now', '-1'),
    flag.text('resource-version', 'only if the object has this version'),
    flag.duration('timeout', 'how long to wait'),
  ],
  run(context, parsed) {
    requireFlags(parsed, 'replicas');
    const replicas = Number(parsed.flag('replicas'));
    if (replicas < 0) {
      throw failed(
        'The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0',
      );
    }
    const writer = writerOf(context, parsed, manager);
    const expected = Number(parsed.flag('current-replicas'));
    const version = parsed.flag('resource-version');
    if (parsed.positionals.length === 0 && parsed.flags('filename').length === 0) {
      throw nothingNamed();
    }
    const visited = visit(context, parsed, parsed.positionals);
    if (visited.inOrder.length === 0) throw failed('no objects passed to scale');
    if (version && visited.found.length > 1) {
      throw failed('cannot use --resource-version with multiple resources');
    }
    for (const { kind, object } of visited.found) {
      if (expected >= 0 || version) {
        const path = resourcePath(kind, namespaceOf(object), nameOf(object), 'scale');
        const now = accepted(context.send({ method: 'GET', path }));
        checkSize(Number(objectAt(now, 'spec').replicas ?? 0), expected);
        checkVersion(String(objectAt(now, 'metadata').resourceVersion ?? ''), version);
      }
      accepted(patch(context, writer, kind, object, { spec: { replicas } }, 'merge', 'scale'));
      announce(context, writer, object, 'scaled');
    }
    failWith(visited.refused);
    return 0;
  },
};

function checkSize(size: number, expected: number): void {
  if (expected >= 0 && size !== expected) {
    throw failed(`Expected replicas to be ${expected}, was ${size}`);
  }
}

function checkVersion(version: string, expected: string | undefined): void {
  if (expected && version !== expected) {
    throw failed(`Expected resource version to be ${expected}, was ${version}`);
  }
}
