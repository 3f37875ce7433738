import { cloneJson, isObject, type Json, type JsonObject } from '../../cluster/json.ts';
import { readManifests } from '../../cluster/kubectl/read/read-manifests.ts';
import { answerFile, manifestIn } from '../answer-text.ts';

/** A right answer with one thing changed. */
export interface Mutant {
  /** What was changed: `spec.ports[0].targetPort dropped`, `document 2: metadata.name changed`. */
  readonly mutation: string;
  readonly text: string;
}

/** Every mechanical change of a manifest that a mistake could make, one at a time. */
export function mutantsOf(manifest: string): readonly Mutant[] {
  const { documents } = readManifests(manifestIn(manifest), answerFile);
  const objects = documents.map(({ object }) => object);
  const mutants = objects.flatMap((object, index) =>
    object.kind === 'Service' ? changed(object).map((change) => ({ index, ...change })) : [],
  );
  const prefix = (index: number) => (objects.length > 1 ? `document ${index + 1}: ` : '');
  const texts = mutants.map(({ index, mutation, object }) => ({
    mutation: prefix(index) + mutation,
    text: textOf(objects.with(index, object)),
  }));
  if (objects.length === 1) return texts;
  const fewer = objects.map((_, index) => ({
    mutation: `document ${index + 1} dropped`,
    text: textOf(objects.toSpliced(index, 1)),
  }));
  return [...texts, ...fewer];
}

const textOf = (objects: readonly JsonObject[]): string =>
  objects.map((object) => JSON.stringify(object)).join('\n---\n');

interface Change {
  readonly mutation: string;
  readonly object: JsonObject;
}

/** A path and what to put there; undefined drops the field. */
type Edit = readonly [
  mutation: string,
  path: readonly (string | number)[],
  value: Json | undefined,
];

function changed(service: JsonObject): Change[] {
  const spec = isObject(service.spec) ? service.spec : {};
  const edits = [
    ...metadataEdits(service),
    ...selectorEdits(spec),
    ...portEdits(spec),
    ...typeEdits(spec),
  ];
  return edits.map(([mutation, path, value]) => ({
    mutation,
    object: withValue(service, path, value) as JsonObject,
  }));
}

function metadataEdits({ metadata }: JsonObject): Edit[] {
  const { name, labels } = isObject(metadata) ? metadata : {};
  return [
    ['metadata.name changed', ['metadata', 'name'], `${name}-x`],
    ['metadata.namespace changed', ['metadata', 'namespace'], 'kube-public'],
    ...(labels ? [['metadata.labels dropped', ['metadata', 'labels'], undefined] as const] : []),
  ];
}

function selectorEdits(spec: JsonObject): Edit[] {
  const selector = isObject(spec.selector) ? spec.selector : {};
  const edits = Object.entries(selector).flatMap(([key, value]): Edit[] => {
    const { [key]: _, ...others } = selector;
    const rest = Object.keys(others).length > 0 ? others : undefined;
    return [
      [`spec.selector.${key} changed`, ['spec', 'selector', key], `${value}-x`],
      [`spec.selector.${key} renamed`, ['spec', 'selector'], { ...others, [`${key}-x`]: value }],
      [`spec.selector.${key} dropped`, ['spec', 'selector'], rest],
    ];
  });
  return [...edits, ['spec.selector dropped', ['spec', 'selector'], undefined]];
}

function portEdits(spec: JsonObject): Edit[] {
  const ports = Array.isArray(spec.ports) ? (spec.ports as readonly Json[]) : [];
  return ports.flatMap((port, index): Edit[] => {
    if (!isObject(port)) return [];
    const at = (field: string) => ['spec', 'ports', index, field];
    const named = (field: string, what: string) => `spec.ports[${index}].${field} ${what}`;
    const shift = (field: string): Edit[] => {
      const value = port[field];
      if (value === undefined) return [];
      const other = typeof value === 'number' ? value + 1 : `${value}x`;
      return [[named(field, 'changed'), at(field), other]];
    };
    const drop = (field: string): Edit[] =>
      port[field] === undefined ? [] : [[named(field, 'dropped'), at(field), undefined]];
    const protocol = port.protocol === 'UDP' ? 'TCP' : 'UDP';
    const fields = ['port', 'targetPort', 'nodePort'];
    return [
      ...fields.flatMap(shift),
      ...['targetPort', 'nodePort', 'protocol', 'name'].flatMap(drop),
      [named('protocol', 'changed'), at('protocol'), protocol],
      ...(ports.length > 1
        ? [[`spec.ports[${index}] dropped`, ['spec', 'ports'], ports.toSpliced(index, 1)] as const]
        : []),
    ];
  });
}

const types = ['ClusterIP', 'NodePort', 'LoadBalancer'];

function typeEdits(spec: JsonObject): Edit[] {
  const now = spec.type ?? 'ClusterIP';
  const others = types.filter((type) => type !== now);
  return [
    ...others.map((type): Edit => [`spec.type changed to ${type}`, ['spec', 'type'], type]),
    ...(spec.type === undefined
      ? []
      : [['spec.type dropped', ['spec', 'type'], undefined] as const]),
    ['spec.clusterIP changed to None', ['spec', 'clusterIP'], 'None'],
  ];
}

/** A copy with one value put at a path; undefined takes the member away. */
function withValue(
  value: Json | undefined,
  [step, ...rest]: readonly (string | number)[],
  wanted: Json | undefined,
): Json | undefined {
  if (step === undefined) return wanted;
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    return items.map((item, index) =>
      index === step ? (withValue(item, rest, wanted) ?? null) : item,
    );
  }
  const copy = cloneJson(isObject(value) ? value : {}) as Record<string, Json | undefined>;
  const member = withValue(copy[step], rest, wanted);
  if (member === undefined) delete copy[step];
  else copy[step] = member;
  return copy as JsonObject;
}
