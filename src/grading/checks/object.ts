import { kinds } from '../../cluster/kinds/registry.ts';
import type { KubeObject } from '../../cluster/objects.ts';
import type { ExpectationOf } from '../../exercise/check-format.ts';
import type { Scene } from '../scene.ts';
import { bestOf, type Check, failed, type Observation } from './check.ts';
import { findingAt, shown, valueAt } from './field.ts';

/** An object that the brief demands by name, type or another field. */
export const object: Check<'object'> = {
  kind: 'object',
  observe(expectation, scene) {
    const found = objectsFor(expectation, scene);
    if (found.length > 0) return bestOf(found, (each) => judge(expectation, each, scene));
    const { resource, name, namespace } = expectation;
    const parameters = { resource: kindOf(resource), name, namespace };
    return failed({ code: 'check-object-missing', severity: 'error', parameters });
  },
};

/** What a person calls one of a resource: `Deployment` of `deployments`. */
const kindOf = (resource: string): string =>
  kinds.find((each) => each.resource === resource)?.kind ?? resource;

function objectsFor(expectation: ExpectationOf<'object'>, scene: Scene): readonly KubeObject[] {
  const { resource, name, namespace } = expectation;
  if (name !== 'any') {
    const found: KubeObject | undefined = scene.after.store.get(resource, namespace, name);
    return found ? [found] : [];
  }
  if (resource === 'services') return scene.candidates;
  return scene.after.store.list(resource, namespace);
}

function judge({ fields }: ExpectationOf<'object'>, found: KubeObject, scene: Scene): Observation {
  const findings = Object.entries(fields).flatMap(([path, wanted]) => {
    const value = valueAt(found, path);
    const right = (Array.isArray(wanted) ? wanted : [wanted]).some((each) => each === value);
    if (right) return [];
    const parameters = { object: `${found.kind} ${found.metadata.name}` };
    const finding = { code: 'check-object-field', observed: shown(value), parameters };
    return [findingAt(scene.text, found, path, finding)];
  });
  return { findings };
}
