import type { VolumeDevice, VolumeMount } from 'kubernetes-types/core/v1.js';
import {
  type FieldError,
  type FieldPath,
  forbidden,
  invalid,
  notFound,
  notSupported,
  required,
} from '../../api-server/field-error.ts';
import type { Container } from './pod-spec.ts';
import { descendingPath } from './validate-volume-files.ts';
import type { Volumes } from './validate-volumes.ts';

/** Where a container mounts the Pod's volumes. */
export function validateMounts(
  container: Container,
  volumes: Volumes,
  path: FieldPath,
): FieldError[] {
  const { volumeMounts = [], volumeDevices = [] } = container;
  const taken = new Set<string>();
  return volumeMounts.flatMap((mount, index) => {
    const at = path.index(index);
    const { name = '', mountPath = '' } = mount;
    const repeated = taken.has(mountPath);
    taken.add(mountPath);
    return [
      ...(name === '' ? [required(at.child('name'))] : []),
      ...(volumes.has(name) ? [] : [notFound(at.child('name'), name)]),
      ...(mountPath === '' ? [required(at.child('mountPath'))] : []),
      ...(repeated ? [invalid(at.child('mountPath'), mountPath, 'must be unique')] : []),
      ...validateNoDevice(mount, volumeDevices, at),
      ...validateSubPath(mount, volumes, path, at),
      ...validatePropagation(mount, container, path.child('mountPropagation')),
      ...validateRecursion(mount, path.child('recursiveReadOnly')),
    ];
  });
}

/** Block devices: only claims can be used so, each once. */
export function validateDevices(
  { volumeMounts = [], volumeDevices = [] }: Container,
  volumes: Volumes,
  path: FieldPath,
): FieldError[] {
  return volumeDevices.flatMap(({ name = '', devicePath = '' }, index) => {
    const at = path.index(index);
    const volume = volumes.get(name);
    const before = volumeDevices.slice(0, index);
    const claim = volume?.persistentVolumeClaim ?? volume?.ephemeral;
    const rules: readonly (FieldError | false | undefined)[] = [
      name === '' && required(at.child('name')),
      before.some((other) => other.name === name) &&
        invalid(at.child('name'), name, 'must be unique'),
      volume &&
        !claim &&
        invalid(
          at.child('name'),
          name,
          'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode',
        ),
      !volume && notFound(at.child('name'), name),
      devicePath === '' && required(at.child('devicePath')),
      before.some((other) => other.devicePath === devicePath) &&
        invalid(at.child('devicePath'), devicePath, 'must be unique'),
      devicePath.split('/').includes('..') &&
        invalid(at.child('devicePath'), devicePath, "can not contain backsteps ('..')"),
      volumeMounts.some((mount) => mount.name === name) &&
        invalid(at.child('name'), name, 'must not already exist in volumeMounts'),
      volumeMounts.some((mount) => mount.mountPath === devicePath) &&
        invalid(
          at.child('devicePath'),
          devicePath,
          'must not already exist as a path in volumeMounts',
        ),
    ];
    return rules.filter((error) => typeof error === 'object');
  });
}

function validateNoDevice(
  { name = '', mountPath = '' }: VolumeMount,
  devices: readonly VolumeDevice[],
  path: FieldPath,
): FieldError[] {
  return [
    ...(devices.some((device) => device.name === name)
      ? [invalid(path.child('name'), name, 'must not already exist in volumeDevices')]
      : []),
    ...(devices.some((device) => device.devicePath === mountPath)
      ? [
          invalid(
            path.child('mountPath'),
            mountPath,
            'must not already exist as a path in volumeDevices',
          ),
        ]
      : []),
  ];
}

/** The path of a wrong sub path is the list's, without the mount's index: as upstream has it. */
function validateSubPath(
  { name, subPath = '', subPathExpr = '' }: VolumeMount,
  volumes: Volumes,
  list: FieldPath,
  path: FieldPath,
): FieldError[] {
  const inImage = volumes.get(name ?? '')?.image !== undefined;
  const given = [
    ['subPath', subPath],
    ['subPathExpr', subPathExpr],
  ] as const;
  const both = 'subPathExpr and subPath are mutually exclusive';
  return given.flatMap(([field, value]) =>
    value === ''
      ? []
      : [
          ...(inImage
            ? [invalid(path.child(field), value, 'not allowed in image volume sources')]
            : []),
          ...(field === 'subPathExpr' && subPath ? [invalid(path.child(field), value, both)] : []),
          ...descendingPath(value, list.child(field)),
        ],
  );
}

const propagations = ['Bidirectional', 'HostToContainer', 'None'];

function validatePropagation(
  { mountPropagation: mode }: VolumeMount,
  container: Container,
  path: FieldPath,
): FieldError[] {
  if (mode === undefined) return [];
  if (!propagations.includes(mode)) return [notSupported(path, mode, propagations)];
  const refused = mode === 'Bidirectional' && !container.securityContext?.privileged;
  return refused
    ? [
        forbidden(
          path,
          'Bidirectional mount propagation is available only to privileged containers',
        ),
      ]
    : [];
}

const recursions = ['Disabled', 'Enabled', 'IfPossible'];

function validateRecursion(mount: VolumeMount, path: FieldPath): FieldError[] {
  const { recursiveReadOnly: mode, mountPropagation = 'None', readOnly } = mount;
  if (mode === undefined || mode === 'Disabled') return [];
  if (!recursions.includes(mode)) return [notSupported(path, mode, recursions)];
  return [
    ...(readOnly ? [] : [forbidden(path, 'may only be specified when readOnly is true')]),
    ...(mountPropagation === 'None'
      ? []
      : [forbidden(path, 'may only be specified when mountPropagation is None or not specified')]),
  ];
}
