import type { Finding } from '../../cluster/finding.ts';
import { type Scene, type Service, touchedServices } from '../scene.ts';
import { findingAt } from './field.ts';

/**
 * What is said first where the brief demands a Service by namespace and name, the answer left that
 * one as it was, and made another of its name in another namespace.
 */
export function strayFinding(scene: Scene, wanted: string): Finding | undefined {
  const touched = touchedServices(scene.before, scene.after);
  const [namespace = '', name = ''] = wanted.split('/');
  const isMeant = ({ metadata }: Service) =>
    metadata.name === name && metadata.namespace === namespace;
  if (wanted === 'any' || touched.some(isMeant)) return undefined;
  const stray = touched.find(({ metadata }) => metadata.name === name);
  if (!stray) return undefined;
  const stands = scene.before.store.get('services', namespace, name) !== undefined;
  return findingAt(scene.text, stray, 'metadata.namespace', {
    ...{ code: 'check-elsewhere', observed: stray.metadata.namespace ?? '' },
    parameters: { service: name, namespace, stands },
  });
}
