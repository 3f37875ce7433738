import { isObject, type Json, type JsonObject } from '../../../cluster/json.ts';
import { type Edit, otherThan, pathText, valueAt } from './edit.ts';

/** Every way people mistype a Service, one at a time. */
export function serviceEdits(service: JsonObject): Edit[] {
  const spec = isObject(service.spec) ? service.spec : {};
  const ports = Array.isArray(spec.ports) ? (spec.ports as readonly Json[]) : [];
  return [
    ...metadataEdits(service),
    ...selectorEdits(service),
    ...ports.flatMap((port, index) => (isObject(port) ? portEdits(port, index, ports) : [])),
    ...dropped(service, ['spec', 'ports']),
    ...typeEdits(spec),
    ...settings.flatMap((field) => [
      ...changed(service, ['spec', field]),
      ...dropped(service, ['spec', field]),
    ]),
  ];
}

/** Fields of `spec` beside selector, ports and type that say where traffic goes. */
const settings = [
  'externalName',
  'externalTrafficPolicy',
  'internalTrafficPolicy',
  'publishNotReadyAddresses',
];

type Path = Edit['path'];

/** The field dropped, where it stands at all. */
export function dropped(object: JsonObject, path: Path): Edit[] {
  if (valueAt(object, path) === undefined) return [];
  return [{ mutation: `${pathText(path)} dropped`, path, value: undefined }];
}

/** The field with another value, where it stands at all. */
export function changed(object: JsonObject, path: Path): Edit[] {
  const value = valueAt(object, path);
  if (value === undefined) return [];
  return [{ mutation: `${pathText(path)} changed`, path, value: valueFor(path, value) }];
}

/** Of settings that take few values, the other one; a name that nobody has, of all else. */
function valueFor(path: Path, value: Json): Json {
  const [one, other] = choices[String(path.at(-1))] ?? [];
  if (one === undefined || other === undefined) return otherThan(value);
  return value === one ? other : one;
}

const choices: Readonly<Record<string, readonly [string, string]>> = {
  externalTrafficPolicy: ['Cluster', 'Local'],
  internalTrafficPolicy: ['Cluster', 'Local'],
};

const doubled = (object: JsonObject, path: Path): Edit[] =>
  changed(object, path).map((edit) => {
    return { ...edit, mutation: `${pathText(path)} doubled`, doubled: true };
  });

/** The name, the namespace and the labels of any object. */
export function metadataEdits(object: JsonObject): Edit[] {
  const { name } = isObject(object.metadata) ? object.metadata : {};
  const at = (field: string) => ['metadata', field];
  return [
    { mutation: 'metadata.name changed', path: at('name'), value: `${name}-x` },
    { mutation: 'metadata.namespace changed', path: at('namespace'), value: 'kube-public' },
    ...dropped(object, at('namespace')),
    ...dropped(object, at('labels')),
  ];
}

function selectorEdits(service: JsonObject): Edit[] {
  const path = ['spec', 'selector'];
  const selector = valueAt(service, path);
  if (!isObject(selector)) return [];
  return [
    ...Object.keys(selector).flatMap((key) => pairEdits(selector, key)),
    ...dropped(service, path),
    { mutation: 'spec.selector pair added', path, value: { ...selector, 'extra-x': 'none' } },
  ];
}

function pairEdits(selector: JsonObject, key: string): Edit[] {
  const { [key]: value = null, ...others } = selector;
  const path = ['spec', 'selector'];
  const named = `spec.selector.${key}`;
  const cased = `${value}`.charAt(0).toUpperCase() + `${value}`.slice(1);
  const rest = Object.keys(others).length > 0 ? others : undefined;
  return [
    { mutation: `${named} changed`, path: [...path, key], value: `${value}-x` },
    { mutation: `${named} renamed`, path, value: { ...others, [`${key}-x`]: value } },
    { mutation: `${named} in another case`, path: [...path, key], value: cased },
    { mutation: `${named} dropped`, path, value: rest },
    { mutation: `${named} doubled`, path: [...path, key], value: `${value}-x`, doubled: true },
  ].filter((edit) => edit.value !== value);
}

function portEdits(port: JsonObject, index: number, ports: readonly Json[]): Edit[] {
  const path = ['spec', 'ports', index];
  const wrapped = { spec: { ports } };
  const each = (fields: readonly string[], edits: typeof dropped) =>
    fields.flatMap((field) => edits(wrapped, [...path, field]));
  const { port: own, targetPort = own, protocol } = port;
  const named = pathText(path);
  return [
    ...each(['port', 'targetPort', 'nodePort', 'name'], changed),
    ...each(['targetPort', 'nodePort', 'protocol', 'name'], dropped),
    ...each(['port', 'targetPort', 'nodePort'], doubled),
    ...(port.targetPort === undefined && typeof own === 'number'
      ? [{ mutation: `${named}.targetPort added`, path: [...path, 'targetPort'], value: own + 1 }]
      : []),
    {
      mutation: `${named}.protocol changed`,
      path: [...path, 'protocol'],
      value: protocol === 'UDP' ? 'TCP' : 'UDP',
    },
    ...(targetPort !== own && typeof targetPort === 'number' && own !== undefined
      ? [
          {
            mutation: `${named} swapped`,
            path,
            value: { ...port, port: targetPort, targetPort: own },
          },
        ]
      : []),
    { mutation: `${named} doubled`, path: ['spec', 'ports'], value: [...ports, port] },
    ...(ports.length > 1 ? dropped(wrapped, path) : []),
  ];
}

const types = ['ClusterIP', 'NodePort', 'LoadBalancer'];

function typeEdits(spec: JsonObject): Edit[] {
  const others = types.filter((type) => type !== (spec.type ?? 'ClusterIP'));
  const path = ['spec', 'type'];
  return [
    ...others.map((type) => ({ mutation: `spec.type changed to ${type}`, path, value: type })),
    ...dropped({ spec }, path),
    ...(spec.clusterIP === 'None'
      ? dropped({ spec }, ['spec', 'clusterIP'])
      : [
          {
            mutation: 'spec.clusterIP changed to None',
            path: ['spec', 'clusterIP'],
            value: 'None',
          },
        ]),
    ...affinityEdits(spec),
  ];
}

function affinityEdits({ sessionAffinity }: JsonObject): Edit[] {
  if (sessionAffinity === undefined) return [];
  const path = ['spec', 'sessionAffinity'];
  const value = sessionAffinity === 'ClientIP' ? 'None' : 'ClientIP';
  return [
    { mutation: 'spec.sessionAffinity changed', path, value },
    { mutation: 'spec.sessionAffinity dropped', path, value: undefined },
  ];
}
