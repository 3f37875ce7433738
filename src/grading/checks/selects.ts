import { mapSelects } from '../../cluster/controllers/label-selector.ts';
import type { Finding } from '../../cluster/finding.ts';
import type { PodsExpectation } from '../../exercise/check-format.ts';
import { podsMeant, podsText, type Scene, type Service, servicesFor } from '../scene.ts';
import { bestOf, type Check, failed, passed } from './check.ts';
import { findingAt } from './field.ts';
import { countFinding } from './pod-count.ts';
import { readyEndpoints } from './ready-endpoints.ts';
import { selectorFinding, selectorText } from './selector.ts';

/**
 * The Service takes exactly the Pods that are meant: by what it has for endpoints, at whatever
 * port, or, where a mistake in the ports leaves it none, by its selector.
 */
export const selects: Check<'selects'> = {
  kind: 'selects',
  observe({ service, pods }, scene) {
    const short = countFinding(scene.after, pods);
    if (short) return failed(short);
    const meant = podsMeant(scene.after, pods).map((pod) => pod.status?.podIP ?? '');
    return bestOf(servicesFor(scene, service), (each) => {
      const taken = new Set(readyEndpoints(scene, each).map(({ address }) => address));
      const exactly = taken.size === meant.length && meant.every((address) => taken.has(address));
      if (exactly) return passed;
      const finding = selectionFinding(scene, each, pods);
      return finding ? failed(finding) : passed;
    });
  },
};

/** What is wrong with whom a Service selects, if anything is. */
export function selectionFinding(
  scene: Scene,
  service: Service,
  wanted: PodsExpectation,
): Finding | undefined {
  const selector = service.spec?.selector;
  const selected = scene.after.store
    .list('pods', service.metadata.namespace)
    .filter((pod) => mapSelects(selector, pod.metadata.labels));
  if (selected.length === 0) return selectorFinding(scene, service);
  const meant = podsMeant(scene.after, wanted);
  const parameters = { selector: selectorText(service) };
  const say = (code: string, observed: string) =>
    findingAt(scene.text, service, 'spec.selector', { code, observed, parameters });
  const others = selected.filter((pod) => !meant.includes(pod));
  if (others.length > 0) return say('check-selector-takes-others', podsText(others));
  const missed = meant.filter((pod) => !selected.includes(pod));
  return missed.length > 0 ? say('check-selector-misses-pods', podsText(missed)) : undefined;
}
