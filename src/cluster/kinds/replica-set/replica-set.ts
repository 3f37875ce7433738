import { type FieldError, fieldPath } from '../../api-server/field-error.ts';
import type { ResourceTypes } from '../../objects.ts';
import type { LooseDeploymentSpec } from '../deployment/deployment-defaults.ts';
import { immutableSelector, validateReplicaTemplate } from '../deployment/validate-deployment.ts';
import { defaultTemplate } from '../pod/pod-defaults.ts';
import { templateWarnings } from '../pod/pod-warnings.ts';
import { ageColumn, nameColumn } from '../shared/age.ts';
import { countGeneration, startGeneration } from '../shared/generation.ts';
import { validateMetadata } from '../shared/metadata.ts';
import { nonNegative } from '../shared/numbers.ts';
import { kindWith } from '../shared/plain-kind.ts';
import { validateSelector } from '../shared/workload.ts';
import { containerColumns, selectorColumn } from '../shared/workload-columns.ts';

type ReplicaSet = ResourceTypes['replicasets'];
type LooseSpec = Pick<
  LooseDeploymentSpec,
  'selector' | 'template' | 'replicas' | 'minReadySeconds'
>;

export const replicaSet = kindWith({
  group: 'apps',
  version: 'v1',
  kind: 'ReplicaSet',
  resource: 'replicasets',
  type: 'apps/v1.ReplicaSet',
  namespaced: true,
  shortNames: ['rs'],
  categories: ['all'],
  subresources: ['status', 'scale'],
  defaults(object) {
    const loose: { spec?: LooseSpec } = object;
    loose.spec ??= {};
    loose.spec.replicas ??= 1;
    loose.spec.template ??= {};
    defaultTemplate(loose.spec.template);
  },
  prepareForCreate: (object) => startGeneration(object, { replicas: 0 }),
  prepareForUpdate: (object, old) => countGeneration(object, old),
  validate: (object) => validateReplicaSet(object),
  validateUpdate: (object, old) => [...immutableSelector(object.spec ?? {}, old.spec ?? {})],
  warnings({ metadata, spec }, old) {
    if (old && old.metadata.generation === metadata.generation) return [];
    return templateWarnings(
      old ? undefined : metadata.name,
      spec?.template,
      fieldPath('spec').child('template'),
    );
  },
  columns: [
    nameColumn,
    { name: 'Desired', priority: 0, type: 'integer', cell: ({ spec }) => spec?.replicas ?? 0 },
    { name: 'Current', priority: 0, type: 'integer', cell: ({ status }) => status?.replicas ?? 0 },
    {
      name: 'Ready',
      priority: 0,
      type: 'integer',
      cell: ({ status }) => status?.readyReplicas ?? 0,
    },
    ageColumn,
    ...containerColumns,
    selectorColumn,
  ],
});

/** apps ValidateReplicaSet; its words for an empty selector are the Deployment's. */
function validateReplicaSet(object: ReplicaSet): FieldError[] {
  const spec: LooseSpec = object.spec ?? {};
  const path = fieldPath('spec');
  return [
    ...validateMetadata(object),
    ...nonNegative(spec.replicas, path.child('replicas')),
    ...nonNegative(spec.minReadySeconds, path.child('minReadySeconds')),
    ...validateSelector(spec.selector, 'deployment', path.child('selector')),
    ...validateReplicaTemplate(spec, path),
  ];
}
