import {
  duplicate,
  type FieldError,
  type FieldPath,
  forbidden,
  invalid,
  notSupported,
  required,
} from '../../api-server/field-error.ts';
import { validateText } from '../shared/labels.ts';
import { dns1123Label } from '../shared/names.ts';
import { nanoOf } from '../shared/quantity.ts';
import type { Volume } from './pod-spec.ts';
import {
  validateDownwardApi,
  validateFiles,
  validateProjected,
  withoutBacksteps,
} from './validate-volume-files.ts';

/** The volumes that containers may mount, by name: those without a mistake of their own. */
export type Volumes = ReadonlyMap<string, Volume>;

export function validateVolumes(
  volumes: readonly Volume[],
  path: FieldPath,
): { readonly usable: Volumes; readonly errors: readonly FieldError[] } {
  const usable = new Map<string, Volume>();
  const errors = volumes.flatMap((volume, index) => {
    const at = path.index(index);
    const { name = '' } = volume;
    const found = [
      ...validateSource(volume, at),
      ...(name === ''
        ? [required(at.child('name'))]
        : validateText(name, dns1123Label, at.child('name'))),
      ...(usable.has(name) ? [duplicate(at.child('name'), name)] : []),
    ];
    if (found.length === 0) usable.set(name, volume);
    return found;
  });
  return { usable, errors };
}

type Check = (volume: Volume, path: FieldPath) => readonly FieldError[];

const needs =
  (source: keyof Volume, ...fields: readonly string[]): Check =>
  (volume, path) => {
    const value = new Map(Object.entries(volume[source] ?? {}));
    return fields.flatMap((field) => (value.get(field) ? [] : [required(path.child(field))]));
  };

/** The sources in the order in which upstream looks at them, with what each cannot do without. */
const sources: readonly (readonly [keyof Volume, Check])[] = [
  ['emptyDir', validateEmptyDir],
  ['hostPath', validateHostPath],
  ['gitRepo', needs('gitRepo', 'repository')],
  ['gcePersistentDisk', needs('gcePersistentDisk', 'pdName')],
  ['awsElasticBlockStore', needs('awsElasticBlockStore', 'volumeID')],
  ['secret', validateSecret],
  ['nfs', validateNfs],
  ['iscsi', needs('iscsi', 'targetPortal', 'iqn')],
  ['glusterfs', needs('glusterfs', 'endpoints', 'path')],
  ['flocker', () => []],
  ['persistentVolumeClaim', needs('persistentVolumeClaim', 'claimName')],
  ['rbd', needs('rbd', 'monitors', 'image')],
  ['cinder', needs('cinder', 'volumeID')],
  ['cephfs', needs('cephfs', 'monitors')],
  ['quobyte', needs('quobyte', 'registry', 'volume')],
  ['downwardAPI', validateDownwardApi],
  ['fc', () => []],
  ['flexVolume', needs('flexVolume', 'driver')],
  ['configMap', validateConfigMap],
  ['azureFile', needs('azureFile', 'secretName', 'shareName')],
  ['vsphereVolume', needs('vsphereVolume', 'volumePath')],
  ['photonPersistentDisk', needs('photonPersistentDisk', 'pdID')],
  ['portworxVolume', needs('portworxVolume', 'volumeID')],
  ['azureDisk', needs('azureDisk', 'diskName', 'diskURI')],
  ['storageos', () => []],
  ['projected', validateProjected],
  ['scaleIO', needs('scaleIO', 'gateway', 'system', 'volumeName')],
  ['csi', needs('csi', 'driver')],
  ['ephemeral', validateEphemeral],
  ['image', () => []],
];

function validateSource(volume: Volume, path: FieldPath): FieldError[] {
  const given = sources.filter(([source]) => volume[source] !== undefined);
  if (given.length === 0) return [required(path, 'must specify a volume type')];
  return given.flatMap(([source, check], index) =>
    index === 0
      ? check(volume, path.child(source))
      : [forbidden(path.child(source), 'may not specify more than 1 volume type')],
  );
}

function validateEmptyDir({ emptyDir }: Volume, path: FieldPath): FieldError[] {
  const negative = nanoOf(emptyDir?.sizeLimit ?? '0') < 0n;
  const message = 'SizeLimit field must be a valid resource quantity';
  return negative ? [forbidden(path.child('sizeLimit'), message)] : [];
}

const hostPathTypes = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

function validateHostPath({ hostPath }: Volume, path: FieldPath): FieldError[] {
  if (!hostPath?.path) return [required(path.child('path'))];
  const { type = '' } = hostPath;
  return [
    ...withoutBacksteps(hostPath.path, path.child('path')),
    ...(hostPathTypes.includes(type)
      ? []
      : [notSupported(path.child('type'), type, hostPathTypes)]),
  ];
}

function validateNfs({ nfs }: Volume, path: FieldPath): FieldError[] {
  const at = path.child('path');
  return [
    ...(nfs?.server ? [] : [required(path.child('server'))]),
    ...(nfs?.path ? [] : [required(at)]),
    ...(nfs?.path?.startsWith('/')
      ? []
      : [invalid(at, nfs?.path ?? '', 'must be an absolute path')]),
  ];
}

function validateSecret({ secret }: Volume, path: FieldPath): FieldError[] {
  return [
    ...(secret?.secretName ? [] : [required(path.child('secretName'))]),
    ...validateFiles(secret ?? {}, path),
  ];
}

function validateConfigMap({ configMap }: Volume, path: FieldPath): FieldError[] {
  return [
    ...(configMap?.name ? [] : [required(path.child('name'))]),
    ...validateFiles(configMap ?? {}, path),
  ];
}

function validateEphemeral({ ephemeral }: Volume, path: FieldPath): FieldError[] {
  return ephemeral?.volumeClaimTemplate ? [] : [required(path.child('volumeClaimTemplate'))];
}
