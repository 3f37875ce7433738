import { kindWith } from '../shared/plain-kind.ts';

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
});
