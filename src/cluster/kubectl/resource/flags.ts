import type { Flag } from '../command.ts';

const bool = (name: string, summary: string, short?: string): Flag => ({
  name,
  ...(short !== undefined && { short }),
  kind: 'bool',
  bare: 'true',
  default: 'false',
  summary,
});

const text = (name: string, summary: string, short?: string): Flag => ({
  name,
  ...(short !== undefined && { short }),
  kind: 'string',
  summary,
});

/** Makers of flags, so that a command's table stays one line a flag. */
export const flag = {
  bool,
  text,
  int: (name: string, summary: string, standard?: string): Flag => ({
    name,
    kind: 'int',
    ...(standard !== undefined && { default: standard }),
    summary,
  }),
  list: (name: string, summary: string, short?: string): Flag => ({
    name,
    ...(short !== undefined && { short }),
    kind: 'list',
    summary,
  }),
  array: (name: string, summary: string): Flag => ({ name, kind: 'array', summary }),
  duration: (name: string, summary: string, standard = '0s'): Flag => ({
    name,
    kind: 'duration',
    default: standard,
    summary,
  }),
} as const;

export const outputFlags: readonly Flag[] = [
  text('output', 'output format', 'o'),
  text('template', 'template for -o go-template and jsonpath'),
  bool('show-managed-fields', 'keep managedFields in the output'),
  bool('allow-missing-template-keys', 'missing keys print nothing'),
];

export const dryRunFlag: Flag = {
  name: 'dry-run',
  kind: 'string',
  bare: 'unchanged',
  default: 'none',
  summary: 'none, server or client: print what would be written and write nothing',
};

export const fileFlags: readonly Flag[] = [
  flag.list('filename', 'file that names the objects', 'f'),
  text('kustomize', 'kustomization directory; not offered here', 'k'),
  bool('recursive', 'walk directories', 'R'),
];

export const selectorFlags: readonly Flag[] = [
  text('selector', 'label selector: a=b, a!=b, a in (b,c), a, !a', 'l'),
  text('field-selector', 'field selector: metadata.name=web'),
];

export const allNamespacesFlag = bool('all-namespaces', 'of all namespaces', 'A');

/** Flags of writing commands that change nothing in a lab. */
export const writerFlags = (manager: string): readonly Flag[] => [
  { name: 'field-manager', kind: 'string', default: manager, summary: 'name of the field manager' },
  {
    name: 'validate',
    kind: 'string',
    bare: 'strict',
    default: 'strict',
    summary: 'strict, warn or ignore: what becomes of unknown fields',
  },
  bool('save-config', 'keep the object in the last-applied annotation'),
];
