import { validateMetadata } from '../shared/metadata.ts';
import { kindWith } from '../shared/plain-kind.ts';

export const serviceAccount = kindWith({
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  resource: 'serviceaccounts',
  type: 'core/v1.ServiceAccount',
  namespaced: true,
  shortNames: ['sa'],
  validate: (object) => validateMetadata(object),
});
