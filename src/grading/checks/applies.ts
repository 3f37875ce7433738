import { type Check, failed, passed } from './check.ts';

/**
 * The API server took the answer, and something of the wanted resource stands because of it. What
 * is refused never comes this far: it is rejected as a whole.
 */
export const applies: Check<'applies'> = {
  kind: 'applies',
  observe({ resource = 'services' }, scene) {
    const done =
      resource === 'services'
        ? scene.candidates.length > 0
        : scene.after.store.list(resource).some(({ metadata }) => {
            const { namespace = '', name } = metadata;
            const before = scene.before.store.get(resource, namespace, name);
            return before !== scene.after.store.get(resource, namespace, name);
          });
    return done
      ? passed
      : failed({ code: 'check-nothing-applied', severity: 'error', parameters: { resource } });
  },
};
