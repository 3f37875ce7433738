import { countGeneration, startGeneration } from '../shared/generation.ts';
import { kindWith } from '../shared/plain-kind.ts';
import { admitPod } from './pod-admission.ts';
import { podColumns } from './pod-columns.ts';
import { defaultPod } from './pod-defaults.ts';
import { podWarnings } from './pod-warnings.ts';
import { qosClassOf } from './qos-class.ts';
import { validatePod } from './validate-pod.ts';
import { validatePodUpdate } from './validate-pod-update.ts';

export const pod = kindWith({
  group: '',
  version: 'v1',
  kind: 'Pod',
  resource: 'pods',
  type: 'core/v1.Pod',
  namespaced: true,
  shortNames: ['po'],
  categories: ['all'],
  subresources: ['status'],
  defaults: defaultPod,
  prepareForCreate(object) {
    const spec = object.spec ?? { containers: [] };
    admitPod(spec);
    startGeneration(object, { phase: 'Pending', qosClass: qosClassOf(spec) });
  },
  prepareForUpdate(object, old) {
    if (object.spec) admitPod(object.spec, old.spec);
    countGeneration(object, old);
  },
  validate: (object) => validatePod(object),
  validateUpdate: (object, old) => validatePodUpdate(object, old),
  warnings: ({ metadata, spec }, old) =>
    old ? [] : podWarnings(metadata, spec ?? { containers: [] }),
  columns: podColumns,
});
