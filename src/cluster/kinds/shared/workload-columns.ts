import type { LabelSelector } from 'kubernetes-types/meta/v1.js';
import type { KubeObject } from '../../objects.ts';
import type { Column } from '../kind.ts';
import type { PodTemplateSpec } from '../pod/pod-spec.ts';

interface Workload extends KubeObject {
  readonly spec?: { readonly template?: PodTemplateSpec | undefined };
}

const containersOf = ({ spec }: Workload) => spec?.template?.spec?.containers ?? [];

/** What `-o wide` adds to every workload: its containers and their images. */
export const containerColumns: readonly Column<Workload>[] = [
  {
    name: 'Containers',
    priority: 1,
    cell: (object) =>
      containersOf(object)
        .map(({ name }) => name)
        .join(','),
  },
  {
    name: 'Images',
    priority: 1,
    cell: (object) =>
      containersOf(object)
        .map(({ image }) => image ?? '')
        .join(','),
  },
];

interface Selecting extends KubeObject {
  readonly spec?: { readonly selector?: LabelSelector | undefined };
}

export const selectorColumn: Column<Selecting> = {
  name: 'Selector',
  priority: 1,
  cell: ({ spec }) => selectorText(spec?.selector),
};

/** A selector as command lines write it: `app=web,tier in (a,b),!old` (FormatLabelSelector). */
export function selectorText(selector: LabelSelector | undefined): string {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  const requirements = [
    ...Object.entries(matchLabels).map(([key, value]) => ({ key, text: `${key}=${value}` })),
    ...matchExpressions.map(({ key, operator, values = [] }) => ({
      key,
      text: expressionText(key, operator, [...values].sort().join(',')),
    })),
  ];
  requirements.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return requirements.map(({ text }) => text).join(',') || '<none>';
}

function expressionText(key: string, operator: string, values: string): string {
  if (operator === 'In') return `${key} in (${values})`;
  if (operator === 'NotIn') return `${key} notin (${values})`;
  return operator === 'Exists' ? key : `!${key}`;
}

/** Labels as command lines write them, sorted; `<none>` for none (labels.FormatLabels). */
export function labelsText(labels: Readonly<Record<string, string>> | undefined): string {
  return selectorText({ matchLabels: { ...labels } });
}
