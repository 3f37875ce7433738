import { fieldPath } from '../../api-server/field-error.ts';
import { equalJson } from '../../json.ts';
import { templateWarnings } from '../pod/pod-warnings.ts';
import { ageColumn, nameColumn } from '../shared/age.ts';
import { countGeneration, startGeneration } from '../shared/generation.ts';
import { kindWith } from '../shared/plain-kind.ts';
import { containerColumns, selectorColumn } from '../shared/workload-columns.ts';
import { defaultDeployment } from './deployment-defaults.ts';
import { validateDeployment, validateDeploymentUpdate } from './validate-deployment.ts';

export const deployment = kindWith({
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  resource: 'deployments',
  type: 'apps/v1.Deployment',
  namespaced: true,
  shortNames: ['deploy'],
  categories: ['all'],
  subresources: ['status', 'scale'],
  defaults: defaultDeployment,
  prepareForCreate: (object) => startGeneration(object),
  /** Annotations count too: `kubectl rollout` writes why a change was made into them. */
  prepareForUpdate(object, old) {
    const annotated = !equalJson(object.metadata.annotations ?? {}, old.metadata.annotations ?? {});
    countGeneration(object, old, annotated || !equalJson(object.spec, old.spec));
  },
  validate: (object) => validateDeployment(object),
  validateUpdate: (object, old) => validateDeploymentUpdate(object, old),
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
    {
      name: 'Ready',
      priority: 0,
      cell: ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`,
    },
    { name: 'Up-to-date', priority: 0, cell: ({ status }) => status?.updatedReplicas ?? 0 },
    { name: 'Available', priority: 0, cell: ({ status }) => status?.availableReplicas ?? 0 },
    ageColumn,
    ...containerColumns,
    selectorColumn,
  ],
});
