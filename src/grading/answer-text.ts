import { isObject } from '../cluster/json.ts';
import { extractManifests } from '../cluster/kubectl/read/extract.ts';
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

/**
 * The manifest in a learner's text. Where it is a reply with prose around fenced blocks, the prose
 * becomes empty lines and every block a document, so that each field keeps its line and column.
 */
export function manifestIn(answer: string): string {
  if (!/^ {0,3}(```|~~~)/m.test(answer)) return answer;
  const lines = answer.split('\n').map(() => '');
  for (const [index, { text, lineOffset }] of extractManifests(answer).entries()) {
    if (index > 0) lines[lineOffset - 1] = '---';
    const own = text.replace(/\n$/, '').split('\n');
    for (const [at, line] of own.entries()) lines[lineOffset + at] = line;
  }
  return lines.join('\n');
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
