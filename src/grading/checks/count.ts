import type { KubeObject } from '../../cluster/objects.ts';
import { labelsText } from '../scene.ts';
import { type Check, failed, passed } from './check.ts';

/** How many objects of a resource there are afterwards. */
export const count: Check<'count'> = {
  kind: 'count',
  observe({ resource, namespace, labels, is }, scene) {
    const wanted = Object.entries(labels);
    const found = scene.after.store.list(resource, namespace).filter(({ metadata }: KubeObject) =>
      wanted.every(([key, value]) => {
        const own = metadata.labels ?? {};
        return Object.hasOwn(own, key) && own[key] === value;
      }),
    );
    if (found.length === is) return passed;
    const parameters = { resource, labels: labelsText(labels) };
    const observed = String(found.length);
    return failed({ code: 'check-count', severity: 'error', observed, parameters });
  },
};
