import { isObject, type JsonObject } from '../../../cluster/json.ts';
import { type Edit, type Path, pathText, valueAt } from './edit.ts';
import { changed, dropped, metadataEdits, serviceEdits } from './service-edits.ts';

/** The ways people mistype an object of this kind; of kinds that carry no traffic, only where. */
export function editsOf(object: JsonObject): readonly Edit[] {
  return editors[String(object.kind)]?.(object) ?? placed(object);
}

type Editor = (object: JsonObject) => readonly Edit[];

/** The name of what makes Pods is nobody's address: only where it stands is changed. */
const placed: Editor = (object) =>
  metadataEdits(object).filter(({ mutation }) => mutation.startsWith('metadata.namespace'));

const workload: Editor = (object) => [
  ...placed(object),
  ...['replicas', 'serviceName'].flatMap((field) => leafEdits(object, ['spec', field])),
  ...leafEdits(object, ['spec', 'selector']),
  ...leafEdits(object, ['spec', 'template', 'metadata', 'labels']),
  ...containerEdits(object, ['spec', 'template', 'spec', 'containers']),
];

const editors: Readonly<Record<string, Editor>> = {
  Service: serviceEdits,
  Deployment: workload,
  StatefulSet: workload,
  ReplicaSet: workload,
  DaemonSet: workload,
  Pod: (object) => [
    ...placed(object),
    ...leafEdits(object, ['metadata', 'labels']),
    ...containerEdits(object, ['spec', 'containers']),
  ],
  Endpoints: (object) => [
    ...metadataEdits(object),
    ...leafEdits(object, ['subsets']),
    ...dropped(object, ['subsets']),
  ],
  EndpointSlice: (object) => [
    ...placed(object),
    ...leafEdits(object, ['metadata', 'labels']),
    ...leafEdits(object, ['addressType']),
    ...leafEdits(object, ['endpoints']),
    ...leafEdits(object, ['ports']),
  ],
};

function containerEdits(object: JsonObject, path: Path): Edit[] {
  return ['image', 'ports'].flatMap((field) => leafEdits(object, [...path, 0, field]));
}

/** Every scalar below a path changed and dropped, every item of a list dropped. */
function leafEdits(object: JsonObject, path: Path): Edit[] {
  const value = valueAt(object, path);
  if (value === undefined) return [];
  if (Array.isArray(value)) {
    return value.flatMap((_, index) => [
      {
        mutation: `${pathText([...path, index])} dropped`,
        path: [...path, index],
        value: undefined,
      },
      ...leafEdits(object, [...path, index]),
    ]);
  }
  if (isObject(value))
    return Object.keys(value).flatMap((key) => leafEdits(object, [...path, key]));
  return [...changed(object, path), ...dropped(object, path)];
}
