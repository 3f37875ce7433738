import { kindWith } from '../shared/plain-kind.ts';
import { allocateForService } from './allocate.ts';
import { serviceColumns } from './columns.ts';
import { dropUnusedPolicy, setServiceDefaults } from './defaults.ts';
import { type ServiceObject, setStatus } from './traits.ts';
import { wipeTypeDependent } from './type-change.ts';
import { validateService } from './validate.ts';
import { validateServiceUpdate } from './validate-update.ts';
import { serviceWarnings } from './warnings.ts';

/** A name and an address for a set of Pods: https://kubernetes.io/docs/concepts/services-networking/service/ */
export const service = kindWith({
  group: '',
  version: 'v1',
  kind: 'Service',
  resource: 'services',
  type: 'core/v1.Service',
  namespaced: true,
  shortNames: ['svc'],
  categories: ['all'],
  subresources: ['status'],
  defaults: setServiceDefaults,
  prepareForCreate: (created) => setStatus(created, { loadBalancer: {} }),
  prepareForUpdate: (changed, old) => {
    setStatus(changed, { ...old.status });
    wipeTypeDependent(changed, old);
  },
  allocate: allocateForService,
  validate: (service, { old }) => validateService(service, old as ServiceObject | undefined),
  validateUpdate: validateServiceUpdate,
  canonicalize: dropUnusedPolicy,
  warnings: serviceWarnings,
  columns: serviceColumns,
});
