import type { Kind } from '../../kinds/kind.ts';
import { apiVersionOf, kinds, qualifiedResource } from '../../kinds/registry.ts';
import type { Command } from '../command.ts';
import { isTrue } from '../parse/flag-values.ts';
import { alignTabs, tableTabs } from '../print/tab-writer.ts';
import { flag } from '../resource/flags.ts';
import { failed } from '../resource/usage.ts';

const byGroupAndName = (a: Kind, b: Kind): number =>
  a.group === b.group ? (a.resource < b.resource ? -1 : 1) : a.group < b.group ? -1 : 1;

/** kubectl/pkg/cmd/apiresources. */
export const apiResources: Command = {
  path: ['api-resources'],
  summary: 'Print the supported API resources on the server',
  flags: [
    flag.text('output', 'name or wide', 'o'),
    flag.bool('no-headers', 'no line of headers'),
    flag.text('api-group', 'of this group only'),
    flag.bool('namespaced', 'namespaced ones only, or others only'),
    flag.list('categories', 'of these categories only'),
    flag.bool('cached', 'use the cached list'),
  ],
  run(context, parsed) {
    const output = parsed.flag('output') ?? '';
    if (!['', 'name', 'wide'].includes(output)) throw failed(`--output ${output} is not available`);
    const shown = [...kinds]
      .sort(byGroupAndName)
      .filter(({ group }) => !parsed.changed('api-group') || group === parsed.flag('api-group'))
      .filter(
        ({ namespaced }) =>
          !parsed.changed('namespaced') || namespaced === isTrue(parsed.flag('namespaced')),
      )
      .filter(({ categories }) =>
        parsed.flags('categories').every((each) => categories.includes(each)),
      );
    if (output === 'name')
      context.out(shown.map((kind) => `${qualifiedResource(kind)}\n`).join(''));
    else context.out(alignTabs(rows(shown, isTrue(parsed.flag('no-headers'))), tableTabs));
    return 0;
  },
};

function rows(shown: readonly Kind[], noHeaders: boolean): string {
  const lines = shown.map((kind) =>
    [
      kind.resource,
      kind.shortNames.join(','),
      apiVersionOf(kind),
      String(kind.namespaced),
      kind.kind,
    ].join('\t'),
  );
  const head = noHeaders ? [] : ['NAME\tSHORTNAMES\tAPIVERSION\tNAMESPACED\tKIND'];
  return [...head, ...lines].map((line) => `${line}\n`).join('');
}

/** kubectl/pkg/cmd/apiresources/apiversions.go. */
export const apiVersions: Command = {
  path: ['api-versions'],
  summary: 'Print the supported API versions on the server, in the form of "group/version"',
  flags: [],
  run(context) {
    const versions = [...new Set(kinds.map(apiVersionOf))].sort();
    context.out(versions.map((version) => `${version}\n`).join(''));
    return 0;
  },
};
