import { kindWith } from '../shared/plain-kind.ts';

export const configMap = kindWith({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  resource: 'configmaps',
  type: 'core/v1.ConfigMap',
  namespaced: true,
  shortNames: ['cm'],
});
