import type { Finding } from '../cluster/finding.ts';
import { isObject } from '../cluster/json.ts';
import { readManifests } from '../cluster/kubectl/read/read-manifests.ts';
import { answerFile } from './answer-text.ts';

const growing = new Set<unknown>(['Deployment', 'ReplicaSet']);

/**
 * The complaint about a manifest that asks for more Pods than a cluster may hold, at the `replicas`
 * that goes beyond: told before anything is run. A text that never says the word is not read.
 */
export function tooManyReplicas(text: string, limit: number): Finding | undefined {
  if (!text.includes('replicas')) return undefined;
  const asked = new Map<string, number>();
  for (const { object, locate } of readManifests(text, answerFile).documents) {
    const { kind, metadata, spec } = object;
    const replicas = isObject(spec) ? spec.replicas : undefined;
    if (!growing.has(kind) || typeof replicas !== 'number') continue;
    const { namespace = 'default', name } = isObject(metadata) ? metadata : {};
    asked.set(`${kind} ${namespace}/${name}`, Math.max(0, replicas));
    const total = [...asked.values()].reduce((sum, each) => sum + each, 0);
    if (total <= limit) continue;
    const path = 'spec.replicas';
    const { range } = locate(path);
    const parameters = { limit, line: range.start.line };
    return {
      code: 'limit-pods',
      severity: 'error',
      path,
      range,
      observed: String(total),
      parameters,
    };
  }
  return undefined;
}
