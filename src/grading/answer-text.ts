import { isObject } from '../cluster/json.ts';
import type { Manifest } from '../cluster/kubectl/read/manifest.ts';
import { readManifests } from '../cluster/kubectl/read/read-manifests.ts';
import type { KubeObject } from '../cluster/objects.ts';
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

/** The manifest in a learner's text, every character of it where it stood. */
export const manifestIn = (answer: string): string => answer;

/** Whether a document is the one that an object of the cluster was made from. */
function describes({ object: written }: Manifest, object: KubeObject): boolean {
  const meta = isObject(written.metadata) ? written.metadata : {};
  return (
    written.kind === object.kind &&
    meta.name === object.metadata.name &&
    (meta.namespace ?? 'default') === (object.metadata.namespace ?? 'default')
  );
}
