import type { limitSentences as english } from '../en/limits.ts';
import type { Translated } from '../sentence.ts';

/** What is too big for the lab, in German. */
export const limitSentences: Translated<typeof english> = {
  'limit-pods': ({ line, observed }) =>
    observed === undefined
      ? 'Verlangt wurden mehr Pods als die {limit}, die ein Cluster des Labs fasst; die übrigen wurden nicht gestartet. Verlange weniger Replicas.'
      : `Zeile ${line}: Mit diesen Replicas verlangt der Text ${observed} Pods, und ein Cluster des Labs fasst {limit}. Nichts wurde angewendet. Verlange weniger Replicas.`,
  'limit-work':
    'Die Zeilen verlangen zusammen mehr Arbeit, als das Lab auf einmal leistet. Verlange weniger oder nimm weniger Zeilen.',
  'limit-endpoints':
    'Services, ihre Ports und ihre Pods ergeben mehr als die {limit} Endpoints, die das Lab auf einmal schreibt; einige Services gingen leer aus. Nimm weniger Services, Ports oder Pods.',
};
