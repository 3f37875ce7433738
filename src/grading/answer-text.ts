import type { Finding } from '../cluster/finding.ts';
import { isObject } from '../cluster/json.ts';
import type { Manifest } from '../cluster/kubectl/read/manifest.ts';
import { readManifests } from '../cluster/kubectl/read/read-manifests.ts';
import type { KubeObject } from '../cluster/objects.ts';
import { wholeAnswer } from './candidates.ts';
import type { AnswerText } from './scene.ts';

/** The file that holds a learner's manifest, as kubectl's words name it. */
export const answerFile = 'answer.yaml';

/** The places of fields in a manifest text; it is read again only when one is asked for. */
export function answerText(text: string): AnswerText {
  let documents: readonly Manifest[] | undefined;
  return {
    locate(object, path) {
      documents ??= readManifests(text, answerFile).documents;
      return documents.findLast((each) => describes(each, object))?.locate(path).range;
    },
  };
}

/** The manifest in a learner's text, its prose and fences as empty lines: see candidates.ts. */
export const manifestIn = (answer: string): string => wholeAnswer(answer).manifest;

/**
 * The objects that a reply describes more than once, as alternatives to choose from: kubectl applies
 * one after the other, and the last is what stands.
 */
export function severalCandidates(answer: string, manifest: string): readonly Finding[] {
  if (manifest === answer) return [];
  const { documents } = readManifests(manifest, answerFile);
  const counts = new Map<string, number>();
  for (const { object: written } of documents) {
    const { name, namespace = 'default' } = isObject(written.metadata) ? written.metadata : {};
    const key = `${written.kind} ${namespace}/${name}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > 1)
    .map(([object, count]) => {
      const parameters = { object, count };
      return { code: 'answer-several-candidates', severity: 'info', parameters };
    });
}

/** Whether a document is the one that an object of the cluster was made from. */
function describes({ object: written }: Manifest, object: KubeObject): boolean {
  const meta = isObject(written.metadata) ? written.metadata : {};
  return (
    written.kind === object.kind &&
    meta.name === object.metadata.name &&
    (meta.namespace ?? 'default') === (object.metadata.namespace ?? 'default')
  );
}
