import type { StatefulSetSpec, StatefulSetStatus } from 'kubernetes-types/apps/v1.js';
import { type FieldError, fieldPath, forbidden } from '../../api-server/field-error.ts';
import { cloneJson, equalJson } from '../../json.ts';
import { defaultTemplate } from '../pod/pod-defaults.ts';
import { ageColumn, nameColumn } from '../shared/age.ts';
import { countGeneration, startGeneration } from '../shared/generation.ts';
import type { Loose } from '../shared/loose.ts';
import { kindWith } from '../shared/plain-kind.ts';
import { containerColumns } from '../shared/workload-columns.ts';
import { validateStatefulSet } from './validate-stateful-set.ts';

export type StatefulSet = Loose<StatefulSetSpec, StatefulSetStatus>;

export const statefulSet = kindWith({
  group: 'apps',
  version: 'v1',
  kind: 'StatefulSet',
  resource: 'statefulsets',
  type: 'apps/v1.StatefulSet',
  namespaced: true,
  shortNames: ['sts'],
  categories: ['all'],
  subresources: ['status', 'scale'],
  simulated: false,
  defaults: defaultStatefulSet,
  prepareForCreate: (object) => startGeneration(object, { replicas: 0, availableReplicas: 0 }),
  prepareForUpdate: (object, old) => countGeneration(object, old),
  validate: (object: StatefulSet) => validateStatefulSet(object),
  validateUpdate: (object: StatefulSet, old: StatefulSet) => validateUpdate(object, old),
  columns: [
    nameColumn,
    {
      name: 'Ready',
      priority: 0,
      cell: ({ spec, status }: StatefulSet) =>
        `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`,
    },
    ageColumn,
    ...containerColumns,
  ],
});

function defaultStatefulSet(object: StatefulSet): void {
  object.spec ??= {};
  const { spec } = object;
  spec.template ??= {};
  defaultTemplate(spec.template);
  spec.podManagementPolicy ||= 'OrderedReady';
  spec.updateStrategy ??= {};
  spec.updateStrategy.type ||= 'RollingUpdate';
  if (spec.updateStrategy.type === 'RollingUpdate') {
    spec.updateStrategy.rollingUpdate ??= {};
    spec.updateStrategy.rollingUpdate.partition ??= 0;
  }
  spec.persistentVolumeClaimRetentionPolicy ??= {};
  spec.persistentVolumeClaimRetentionPolicy.whenDeleted ||= 'Retain';
  spec.persistentVolumeClaimRetentionPolicy.whenScaled ||= 'Retain';
  spec.replicas ??= 1;
  spec.revisionHistoryLimit ??= 10;
  for (const claim of spec.volumeClaimTemplates ?? []) {
    if (claim.spec) claim.spec.volumeMode ??= 'Filesystem';
  }
}

const changeable = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
] as const;

function validateUpdate(object: StatefulSet, old: StatefulSet): FieldError[] {
  const [spec, before] = [cloneJson(object.spec ?? {}), cloneJson(old.spec ?? {})];
  for (const field of changeable) {
    delete spec[field];
    delete before[field];
  }
  const message =
    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";
  return equalJson(spec, before) ? [] : [forbidden(fieldPath('spec'), message)];
}
