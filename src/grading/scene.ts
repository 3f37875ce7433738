import type { Cluster } from '../cluster/cluster.ts';
import type { SourceRange } from '../cluster/finding.ts';
import { type KubeObject, keyOf, type ObjectOf } from '../cluster/objects.ts';
import type { Expectation, PodsExpectation } from '../exercise/check-format.ts';

export type Service = ObjectOf<'services'>;
export type Pod = ObjectOf<'pods'>;

/** Finds places in the learner's own text; an answer that is no manifest has none. */
export interface AnswerText {
  /**
   * Where the field stands in the document that describes this object; the nearest parent's place
   * where the field itself is missing, and nothing where the text has no such document.
   */
  locate(object: KubeObject, path: string): SourceRange | undefined;
}

/** What the checks look at: the cluster before and after the answer. */
export interface Scene {
  readonly before: Cluster;
  readonly after: Cluster;
  readonly text: AnswerText;
  /** The Services that may be the one the exercise asks for. */
  readonly candidates: readonly Service[];
  /** All checks of the part, for those that refer to another. */
  readonly expectations: readonly Expectation[];
  /** What each command of the answer printed, in order; a manifest prints nothing. */
  readonly outputs?: readonly string[];
}

export const noText: AnswerText = { locate: () => undefined };

/** The Services a check is about: the one that the brief names, or all that may be meant. */
export function servicesFor(scene: Scene, wanted: string): readonly Service[] {
  if (wanted === 'any') return scene.candidates;
  const [namespace = '', name = ''] = wanted.split('/');
  const found = scene.after.store.get('services', namespace, name);
  return found ? [found] : [];
}

/**
 * The Services that an answer made or changed; where it left all as they were, those of the world.
 * The system's own are never meant.
 */
export function candidatesIn(before: Cluster, after: Cluster): readonly Service[] {
  const touched = touchedServices(before, after);
  if (touched.length > 0) return touched;
  return after.store.list('services').filter((service) => !isSystem(service));
}

/** The Services that an answer made or changed, in whatever namespace. */
export const touchedServices = (before: Cluster, after: Cluster): readonly Service[] =>
  after.store.list('services').filter((service) => {
    const { namespace = '', name } = service.metadata;
    return before.store.get('services', namespace, name) !== service;
  });

const isSystem = (service: Service): boolean =>
  service.metadata.namespace === 'kube-system' || keyOf(service) === 'default/kubernetes';

/** The running Pods an expectation means, sorted by name. */
export function podsMeant(cluster: Cluster, wanted: PodsExpectation): readonly Pod[] {
  const labels = Object.entries(wanted.labels);
  return cluster.store
    .list('pods', wanted.namespace)
    .filter((pod) => isRunning(pod) && labels.every(([key, value]) => labelOf(pod, key) === value));
}

const isRunning = (pod: Pod): boolean =>
  pod.status?.phase === 'Running' && pod.metadata.deletionTimestamp === undefined;

export function labelOf(pod: Pod, key: string): string | undefined {
  const labels = pod.metadata.labels ?? {};
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

export const isReady = (pod: Pod): boolean =>
  pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ===
  true;

/** Labels as `kubectl get pods --show-labels` prints them. */
export function labelsText(labels: Readonly<Record<string, string>> | undefined): string {
  const pairs = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return pairs.sort().join(',') || '<none>';
}

const shownAtMost = 4;

/** Pods with their labels, those that carry the same ones told together, the first few of them. */
export function podsText(pods: readonly Pod[]): string {
  const alike = new Map<string, string[]>();
  for (const { metadata } of pods) {
    const labels = labelsText(metadata.labels);
    alike.set(labels, [...(alike.get(labels) ?? []), metadata.name]);
  }
  const texts = [...alike].map(([labels, [first, ...others]]) => {
    const more = others.length > 0 ? ` and ${others.length} like it` : '';
    return `${first}${more} (${labels})`;
  });
  const left = texts.length - shownAtMost;
  return [...texts.slice(0, shownAtMost), ...(left > 0 ? ['others'] : [])].join(', ') || 'none';
}
