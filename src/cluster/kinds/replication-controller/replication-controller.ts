import type {
  ReplicationControllerSpec,
  ReplicationControllerStatus,
} from 'kubernetes-types/core/v1.js';
import { type FieldError, fieldPath, required } from '../../api-server/field-error.ts';
import { defaultTemplate } from '../pod/pod-defaults.ts';
import { validateTemplate } from '../pod/validate-pod.ts';
import { ageColumn, nameColumn } from '../shared/age.ts';
import { countGeneration, startGeneration } from '../shared/generation.ts';
import type { Loose } from '../shared/loose.ts';
import { validateMetadata } from '../shared/metadata.ts';
import { nonNegative } from '../shared/numbers.ts';
import { kindWith } from '../shared/plain-kind.ts';
import { validateEndless, validateOwnLabels } from '../shared/workload.ts';
import { containerColumns, labelsText } from '../shared/workload-columns.ts';

type ReplicationController = Loose<ReplicationControllerSpec, ReplicationControllerStatus>;

export const replicationController = kindWith({
  group: '',
  version: 'v1',
  kind: 'ReplicationController',
  resource: 'replicationcontrollers',
  type: 'core/v1.ReplicationController',
  namespaced: true,
  shortNames: ['rc'],
  categories: ['all'],
  subresources: ['status', 'scale'],
  simulated: false,
  /** What it chooses and how it is labelled is, unless said, how its Pods are labelled. */
  defaults(object: ReplicationController) {
    object.spec ??= {};
    object.spec.replicas ??= 1;
    const { template } = object.spec;
    if (!template) return;
    defaultTemplate(template);
    const labels = template.metadata?.labels;
    if (!labels) return;
    if (isEmpty(object.spec.selector)) object.spec.selector = { ...labels };
    if (isEmpty(object.metadata.labels)) object.metadata.labels = { ...labels };
  },
  prepareForCreate: (object) => startGeneration(object, { replicas: 0 }),
  prepareForUpdate: (object, old) => countGeneration(object, old),
  validate: (object: ReplicationController) => validateReplicationController(object),
  columns: [
    nameColumn,
    {
      name: 'Desired',
      priority: 0,
      type: 'integer',
      cell: ({ spec }: ReplicationController) => spec?.replicas ?? 0,
    },
    {
      name: 'Current',
      priority: 0,
      type: 'integer',
      cell: ({ status }: ReplicationController) => status?.replicas ?? 0,
    },
    {
      name: 'Ready',
      priority: 0,
      type: 'integer',
      cell: ({ status }: ReplicationController) => status?.readyReplicas ?? 0,
    },
    ageColumn,
    ...containerColumns,
    {
      name: 'Selector',
      priority: 1,
      cell: ({ spec }: ReplicationController) => labelsText(spec?.selector),
    },
  ],
});

const isEmpty = (map: object | undefined): boolean => Object.keys(map ?? {}).length === 0;

function validateReplicationController(object: ReplicationController): FieldError[] {
  const { selector = {}, template, replicas, minReadySeconds } = object.spec ?? {};
  const path = fieldPath('spec');
  const at = path.child('template');
  return [
    ...validateMetadata(object),
    ...nonNegative(minReadySeconds, path.child('minReadySeconds')),
    ...(isEmpty(selector) ? [required(path.child('selector'))] : []),
    ...nonNegative(replicas, path.child('replicas')),
    ...(template
      ? [
          ...validateOwnLabels({ selector: { matchLabels: selector }, template }, at),
          ...validateTemplate(template, at),
          ...validateEndless(template, 'ReplicationController', at),
        ]
      : [required(at)]),
  ];
}
