import type {
  PersistentVolumeClaimSpec,
  PersistentVolumeClaimStatus,
} from 'kubernetes-types/core/v1.js';
import {
  type FieldError,
  type FieldPath,
  fieldPath,
  forbidden,
  invalid,
  notSupported,
  required,
} from '../../api-server/field-error.ts';
import { ageColumn, nameColumn } from '../shared/age.ts';
import { setStatus } from '../shared/generation.ts';
import { validateLabelSelector } from '../shared/label-selector.ts';
import { validateText } from '../shared/labels.ts';
import type { Loose } from '../shared/loose.ts';
import { validateMetadata } from '../shared/metadata.ts';
import { dns1123Subdomain } from '../shared/names.ts';
import { kindWith } from '../shared/plain-kind.ts';
import { nanoOf } from '../shared/quantity.ts';

type Claim = Loose<PersistentVolumeClaimSpec, PersistentVolumeClaimStatus>;

const column = (name: string, cell: (claim: Claim) => string) => ({
  name,
  priority: 0 as const,
  cell,
});

export const persistentVolumeClaim = kindWith({
  group: '',
  version: 'v1',
  kind: 'PersistentVolumeClaim',
  resource: 'persistentvolumeclaims',
  type: 'core/v1.PersistentVolumeClaim',
  namespaced: true,
  shortNames: ['pvc'],
  subresources: ['status'],
  simulated: false,
  defaults(object: Claim) {
    object.spec ??= {};
    object.spec.volumeMode ??= 'Filesystem';
  },
  prepareForCreate: (object) => setStatus(object, { phase: 'Pending' }),
  prepareForUpdate: (object, old: Claim) => setStatus(object, old.status),
  validate: (object: Claim) => validateClaim(object),
  columns: [
    nameColumn,
    column('Status', ({ metadata, status }) =>
      metadata.deletionTimestamp === undefined ? (status?.phase ?? '') : 'Terminating',
    ),
    column('Volume', ({ spec }) => spec?.volumeName ?? ''),
    column('Capacity', ({ spec, status }) =>
      spec?.volumeName ? String(status?.capacity?.storage ?? '') : '',
    ),
    column('Access Modes', ({ spec, status }) =>
      spec?.volumeName ? (status?.accessModes ?? []).map(shortMode).join(',') : '',
    ),
    column('StorageClass', ({ spec }) => spec?.storageClassName ?? ''),
    column('VolumeAttributesClass', ({ spec }) => spec?.volumeAttributesClassName ?? '<unset>'),
    ageColumn,
    { ...column('VolumeMode', ({ spec }) => spec?.volumeMode ?? '<unset>'), priority: 1 },
  ],
});

const shortModes = new Map([
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
]);
const shortMode = (mode: string): string => shortModes.get(mode) ?? mode;
const accessModes = [...shortModes.keys()].sort();
const volumeModes = ['Block', 'Filesystem'];

function validateClaim(object: Claim): FieldError[] {
  const { selector, storageClassName, volumeMode = '', resources } = object.spec ?? {};
  const modes = object.spec?.accessModes ?? [];
  const path = fieldPath('spec');
  const modePath = path.child('accessModes');
  const alone = 'may not use ReadWriteOncePod with other access modes';
  const clash = modes.includes('ReadWriteOncePod') && new Set(modes).size > 1;
  return [
    ...validateMetadata(object),
    ...(modes.length === 0 ? [required(modePath, 'at least 1 access mode is required')] : []),
    ...validateLabelSelector(selector, path.child('selector')),
    ...modes.flatMap((mode) =>
      accessModes.includes(mode) ? [] : [notSupported(modePath, mode, accessModes)],
    ),
    ...(clash ? [forbidden(modePath, alone)] : []),
    ...validateStorage(resources?.requests?.storage, path.child('resources').key('storage')),
    ...(storageClassName
      ? validateText(storageClassName, dns1123Subdomain, path.child('storageClassName'))
      : []),
    ...(volumeModes.includes(volumeMode)
      ? []
      : [notSupported(path.child('volumeMode'), volumeMode, volumeModes)]),
  ];
}

function validateStorage(amount: string | undefined, path: FieldPath): FieldError[] {
  if (amount === undefined) return [required(path)];
  return nanoOf(amount) > 0n ? [] : [invalid(path, amount, 'must be greater than zero')];
}
