import type { DaemonSetSpec, DaemonSetStatus } from 'kubernetes-types/apps/v1.js';
import {
  type FieldError,
  type FieldPath,
  fieldPath,
  invalid,
  notSupported,
  required,
} from '../../api-server/field-error.ts';
import { equalJson } from '../../json.ts';
import { immutableSelector } from '../deployment/validate-deployment.ts';
import { defaultTemplate } from '../pod/pod-defaults.ts';
import { validateTemplate } from '../pod/validate-pod.ts';
import { ageColumn, nameColumn } from '../shared/age.ts';
import { countGeneration, startGeneration } from '../shared/generation.ts';
import { magnitudeOf, notMoreThanAll, validateIntOrPercent } from '../shared/int-or-percent.ts';
import type { Loose } from '../shared/loose.ts';
import { validateMetadata } from '../shared/metadata.ts';
import { nonNegative } from '../shared/numbers.ts';
import { kindWith } from '../shared/plain-kind.ts';
import { validateEndless, validateOwnLabels, validateSelector } from '../shared/workload.ts';
import { containerColumns, labelsText, selectorColumn } from '../shared/workload-columns.ts';

type DaemonSet = Loose<DaemonSetSpec, DaemonSetStatus>;

const templateGeneration = 'deprecated.daemonset.template.generation';

const noStatus = {
  currentNumberScheduled: 0,
  numberMisscheduled: 0,
  desiredNumberScheduled: 0,
  numberReady: 0,
};

type Counter = keyof typeof noStatus | 'updatedNumberScheduled' | 'numberAvailable';

const count = (name: string, field: Counter) => ({
  name,
  priority: 0 as const,
  type: 'integer' as const,
  cell: ({ status }: DaemonSet) => status?.[field] ?? 0,
});

export const daemonSet = kindWith({
  group: 'apps',
  version: 'v1',
  kind: 'DaemonSet',
  resource: 'daemonsets',
  type: 'apps/v1.DaemonSet',
  namespaced: true,
  shortNames: ['ds'],
  categories: ['all'],
  subresources: ['status'],
  simulated: false,
  defaults(object: DaemonSet) {
    object.spec ??= {};
    object.spec.template ??= {};
    defaultTemplate(object.spec.template);
    object.spec.updateStrategy ??= {};
    object.spec.updateStrategy.type ||= 'RollingUpdate';
    if (object.spec.updateStrategy.type === 'RollingUpdate') {
      object.spec.updateStrategy.rollingUpdate ??= {};
      object.spec.updateStrategy.rollingUpdate.maxUnavailable ??= 1;
      object.spec.updateStrategy.rollingUpdate.maxSurge ??= 0;
    }
    object.spec.revisionHistoryLimit ??= 10;
  },
  prepareForCreate(object: DaemonSet) {
    startGeneration(object, noStatus);
    noteTemplate(object, 1);
  },
  prepareForUpdate(object: DaemonSet, old: DaemonSet) {
    countGeneration(object, old);
    const before = Number(old.metadata.annotations?.[templateGeneration] ?? 1);
    const same = equalJson(object.spec?.template, old.spec?.template);
    noteTemplate(object, same ? before : before + 1);
  },
  validate: (object: DaemonSet) => validateDaemonSet(object),
  validateUpdate: (object: DaemonSet, old: DaemonSet) =>
    immutableSelector(object.spec ?? {}, old.spec ?? {}),
  columns: [
    nameColumn,
    count('Desired', 'desiredNumberScheduled'),
    count('Current', 'currentNumberScheduled'),
    count('Ready', 'numberReady'),
    count('Up-to-date', 'updatedNumberScheduled'),
    count('Available', 'numberAvailable'),
    {
      name: 'Node Selector',
      priority: 0,
      cell: ({ spec }: DaemonSet) => labelsText(spec?.template?.spec?.nodeSelector),
    },
    ageColumn,
    ...containerColumns,
    selectorColumn,
  ],
});

function noteTemplate({ metadata }: DaemonSet, generation: number): void {
  metadata.annotations = { ...metadata.annotations, [templateGeneration]: String(generation) };
}

/** apps ValidateDaemonSet; a missing selector shows as a template that is not chosen. */
function validateDaemonSet(object: DaemonSet): FieldError[] {
  const spec = object.spec ?? {};
  const path = fieldPath('spec');
  const at = path.child('template');
  return [
    ...validateMetadata(object),
    ...(spec.selector ? validateSelector(spec.selector, 'daemonset', path.child('selector')) : []),
    ...validateOwnLabels(spec, at),
    ...validateTemplate(spec.template ?? {}, at),
    ...validateEndless(spec.template, 'DaemonSet', at),
    ...nonNegative(spec.minReadySeconds, path.child('minReadySeconds')),
    ...validateStrategy(spec.updateStrategy ?? {}, path.child('updateStrategy')),
    ...nonNegative(spec.revisionHistoryLimit, path.child('revisionHistoryLimit')),
  ];
}

function validateStrategy(
  { type = '', rollingUpdate }: NonNullable<DaemonSetSpec['updateStrategy']>,
  path: FieldPath,
): FieldError[] {
  if (type === 'OnDelete') return [];
  if (type !== 'RollingUpdate') {
    const value = { Type: type, RollingUpdate: null };
    return [notSupported(path, value, ['RollingUpdate', 'OnDelete'])];
  }
  const { maxUnavailable = 1, maxSurge = 0 } = rollingUpdate ?? {};
  const at = path.child('rollingUpdate');
  const [hasUnavailable, hasSurge] = [magnitudeOf(maxUnavailable) > 0, magnitudeOf(maxSurge) > 0];
  const [unavailable, surge] = [at.child('maxUnavailable'), at.child('maxSurge')];
  const both = 'may not be set when maxUnavailable is non-zero';
  return [
    ...validateIntOrPercent(maxUnavailable, unavailable),
    ...validateIntOrPercent(maxSurge, surge),
    ...notMoreThanAll(maxUnavailable, unavailable),
    ...notMoreThanAll(maxSurge, surge),
    ...(hasUnavailable && hasSurge ? [invalid(surge, maxSurge, both)] : []),
    ...(!hasUnavailable && !hasSurge
      ? [required(unavailable, 'cannot be 0 when maxSurge is 0')]
      : []),
  ];
}
