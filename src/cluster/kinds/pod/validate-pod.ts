import {
  type FieldError,
  type FieldPath,
  fieldPath,
  forbidden,
} from '../../api-server/field-error.ts';
import type { ResourceTypes } from '../../objects.ts';
import { validateLabels } from '../shared/labels.ts';
import { validateAnnotations, validateMetadata } from '../shared/metadata.ts';
import type { PodSpec, PodTemplateSpec } from './pod-spec.ts';
import { validateImageBlanks } from './validate-containers.ts';
import { validatePodSpec } from './validate-pod-spec.ts';

type Pod = ResourceTypes['pods'];

/** What must hold of a Pod whenever it is written. */
export function validatePod(pod: Pod): FieldError[] {
  const path = fieldPath('spec');
  const spec: PodSpec = pod.spec ?? { containers: [] };
  return [
    ...validateMetadata(pod),
    ...validatePodSpec(spec, path, true),
    ...validateTokens(spec, path.child('volumes')),
    ...validateImageBlanks(spec.containers ?? [], path.child('containers')),
    ...validateImageBlanks(spec.initContainers ?? [], path.child('initContainers')),
  ];
}

/** What of a Pod the workload that makes it must already have right. */
export function validateTemplate(template: PodTemplateSpec, path: FieldPath): FieldError[] {
  const spec = template.spec ?? { containers: [] };
  return [
    ...validateLabels(template.metadata?.labels, path.child('labels')),
    ...validateAnnotations(template.metadata?.annotations, path.child('annotations')),
    ...validatePodSpec(spec, path.child('spec'), false),
    ...(spec.ephemeralContainers?.length
      ? [
          forbidden(
            path.child('spec', 'ephemeralContainers'),
            'ephemeral containers not allowed in pod template',
          ),
        ]
      : []),
  ];
}

/** A token needs an account it speaks for. */
function validateTokens({ volumes = [], serviceAccountName }: PodSpec, path: FieldPath) {
  if (serviceAccountName) return [];
  const message = 'must not be specified when serviceAccountName is not set';
  return volumes.flatMap(({ projected }, index) =>
    (projected?.sources ?? []).flatMap(({ serviceAccountToken }, source) =>
      serviceAccountToken
        ? [
            forbidden(
              path
                .index(index)
                .child('projected', 'sources')
                .index(source)
                .child('serviceAccountToken'),
              message,
            ),
          ]
        : [],
    ),
  );
}
