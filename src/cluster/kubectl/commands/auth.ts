import { kindByName } from '../../kinds/registry.ts';
import { type Command, type CommandContext, KubectlError, type Parsed } from '../command.ts';
import { isTrue } from '../parse/flag-values.ts';
import { outputPrinter } from '../print/output.ts';
import { alignTabs, tableTabs } from '../print/tab-writer.ts';
import { flag, outputFlags } from '../resource/flags.ts';
import { failed } from '../resource/usage.ts';

/**
 * kubectl/pkg/cmd/auth: whoever asks here is the cluster's administrator and may do everything.
 * Nobody else was given a right, so that `--as` somebody else may do nothing.
 */
export const authCanI: Command = {
  path: ['auth', 'can-i'],
  summary: 'Check whether an action is allowed',
  flags: [
    flag.bool('list', 'print all that is allowed'),
    flag.bool('quiet', 'answer by the exit code only', 'q'),
    flag.bool('all-namespaces', 'in all namespaces', 'A'),
    flag.text('subresource', 'a subresource'),
    flag.bool('no-headers', 'no line of headers'),
  ],
  run(context, parsed) {
    if (isTrue(parsed.flag('list'))) return list(context, parsed);
    const [verb = '', resource = '', ...more] = parsed.positionals;
    if (parsed.positionals.length < 2 || more.length > 0) {
      throw failed(
        "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
      );
    }
    if (resource.startsWith('/')) warnOfUrl(context, parsed, verb);
    else warnOfResource(context, parsed, verb, resource);
    if (isTrue(parsed.flag('no-headers'))) {
      throw failed('--no-headers cannot be set without --list specified');
    }
    const allowed = isAdministrator(parsed);
    if (!isTrue(parsed.flag('quiet'))) context.out(allowed ? 'yes\n' : 'no\n');
    return allowed ? 0 : 1;
  },
};

const isAdministrator = (parsed: Parsed): boolean =>
  !parsed.flag('as') || parsed.flags('as-group').includes('system:masters');

const warn = (context: CommandContext, text: string): void => context.err(`Warning: ${text}\n\n`);

const urlVerbs = new Set(['get', 'put', 'post', 'head', 'options', 'delete', 'patch', '*']);
const resourceVerbs = new Set(
  'get list watch create update patch delete deletecollection use bind impersonate approve sign escalate attest *'.split(
    ' ',
  ),
);

function warnOfUrl(context: CommandContext, parsed: Parsed, verb: string): void {
  if (parsed.flag('subresource')) throw failed('--subresource can not be used with NonResourceURL');
  if (!urlVerbs.has(verb)) warn(context, `verb '${verb}' is not a known verb`);
}

function warnOfResource(
  context: CommandContext,
  parsed: Parsed,
  verb: string,
  resource: string,
): void {
  const [type = ''] = resource.split('/');
  if (type === '*') return;
  const kind = kindByName(type.toLowerCase());
  const [name, ...group] = type.toLowerCase().split('.');
  const inGroup = group.length > 0 ? ` in group '${group.join('.')}'` : '';
  if (!kind) warn(context, `the server doesn't have a resource type '${name}'${inGroup}`);
  else if (!kind.namespaced && !isTrue(parsed.flag('all-namespaces'))) {
    warn(context, `resource '${kind.resource}' is not namespace scoped`);
  }
  if (kind && !resourceVerbs.has(verb)) warn(context, `verb '${verb}' is not a known verb`);
}

/** What `system:basic-user`, `system:discovery` and `system:public-info-viewer` give to everybody. */
const everybody: readonly (readonly [string, string, string])[] = [
  ['selfsubjectreviews.authentication.k8s.io', '[]', '[create]'],
  ['selfsubjectaccessreviews.authorization.k8s.io', '[]', '[create]'],
  ['selfsubjectrulesreviews.authorization.k8s.io', '[]', '[create]'],
  ...[
    ['/api/*', '/api', '/apis/*', '/apis', '/healthz', '/healthz', '/livez', '/livez'],
    ['/openapi/*', '/openapi', '/readyz', '/readyz', '/version/', '/version/', '/version'],
    ['/version'],
  ]
    .flat()
    .map((url) => ['', `[${url}]`, '[get]'] as const),
];

function list(context: CommandContext, parsed: Parsed): number {
  const { flag } = parsed;
  if (isTrue(flag('quiet')) || isTrue(flag('all-namespaces')) || flag('subresource')) {
    throw failed(
      "list option can't be specified with neither quiet, all-namespaces nor subresource options",
    );
  }
  const all = [
    ['*.*', '[]', '[*]'],
    ['', '[*]', '[*]'],
  ] as const;
  const rows = [...(isAdministrator(parsed) ? all : []), ...everybody].map(
    ([resources, urls, verbs]) => `${resources}\t${urls}\t[]\t${verbs}\n`,
  );
  const head = 'Resources\tNon-Resource URLs\tResource Names\tVerbs\n';
  const lines = isTrue(parsed.flag('no-headers')) ? rows : [head, ...rows];
  context.out(alignTabs(lines.join(''), tableTabs));
  return 0;
}

/** kubectl/pkg/cmd/auth/whoami.go. */
export const authWhoAmI: Command = {
  path: ['auth', 'whoami'],
  summary: 'Experimental: Check self subject attributes',
  flags: [...outputFlags],
  run(context, parsed) {
    if (parsed.positionals.length > 0) {
      throw new KubectlError(
        `error: unknown command ${JSON.stringify(parsed.positionals[0])} for "kubectl auth whoami"`,
      );
    }
    const username = parsed.flag('as') || 'kubernetes-admin';
    const own = parsed.flag('as') ? parsed.flags('as-group') : ['kubeadm:cluster-admins'];
    const groups = [...own, 'system:authenticated'];
    const printer = outputPrinter(context, parsed);
    if (printer) {
      printer({
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'SelfSubjectReview',
        status: { userInfo: { groups, username } },
      });
    } else {
      const rows = `ATTRIBUTE\tVALUE\nUsername\t${username}\nGroups\t[${groups.join(' ')}]\n`;
      context.out(alignTabs(rows, tableTabs));
    }
    return 0;
  },
};
