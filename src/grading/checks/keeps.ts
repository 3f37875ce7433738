import { type Check, failed, passed } from './check.ts';
import { findingAt, shown, valueAt } from './field.ts';

/** The same Service as before, not a new one: what the server once gave it is still its own. */
export const keeps: Check<'keeps'> = {
  kind: 'keeps',
  observe({ service, field }, scene) {
    const [namespace = '', name = ''] = service.split('/');
    const found = scene.after.store.get('services', namespace, name);
    if (!found) {
      const parameters = { resource: 'Service', name, namespace };
      return failed({ code: 'check-object-missing', severity: 'error', parameters });
    }
    const before = shown(valueAt(scene.before.store.get('services', namespace, name), field));
    const observed = shown(valueAt(found, field));
    if (before === observed) return passed;
    const parameters = { object: `Service ${name}`, before };
    return failed(
      findingAt(scene.text, found, field, { code: 'check-not-kept', observed, parameters }),
    );
  },
};
