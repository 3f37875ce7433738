import { mapSelects } from '../../cluster/controllers/label-selector.ts';
import type { Finding } from '../../cluster/finding.ts';
import { isReady, labelsText, podsText, type Scene, type Service } from '../scene.ts';
import { findingAt } from './field.ts';

export const selectorText = (service: Service): string => labelsText(service.spec?.selector);

/** Why a Service has nobody to send to, as far as its selector is the reason. */
export function selectorFinding(scene: Scene, service: Service): Finding | undefined {
  const selector = service.spec?.selector ?? {};
  const say = (path: string, finding: Omit<Finding, 'severity' | 'path' | 'range'>) =>
    findingAt(scene.text, service, path, finding);
  if (service.spec?.type === 'ExternalName')
    return say('spec.type', { code: 'check-external-name' });
  if (Object.keys(selector).length === 0)
    return say('spec.selector', { code: 'check-no-selector' });
  const namespace = service.metadata.namespace ?? '';
  const there = scene.after.store.list('pods', namespace);
  const selected = there.filter((pod) => mapSelects(selector, pod.metadata.labels));
  if (selected.length === 0) {
    return say('spec.selector', {
      code: 'check-selector-matches-nothing',
      observed: String(there.length),
      parameters: { selector: labelsText(selector), namespace },
    });
  }
  if (selected.some(isReady)) return undefined;
  return say('spec.selector', { code: 'check-pods-not-ready', observed: podsText(selected) });
}
