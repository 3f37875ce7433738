import type { JsonObject } from '../../json.ts';
import type { CommandContext } from '../command.ts';
import { listOf, selectorText } from '../describe/lines.ts';
import { kindNamed, resourceArguments } from './arguments.ts';
import { accepted, getQuery, objectsOf } from './fetch.ts';
import { failed } from './usage.ts';
import { objectAt } from './write.ts';

/**
 * The Pod that `exec`, `logs` and `port-forward` mean by `NAME`, `pod/NAME`, `svc/NAME` or
 * `deploy/NAME` (kubectl/pkg/polymorphichelpers attachablepodforobject.go): the first one that
 * the object's selector chooses, running ones before others.
 */
export function podFor(context: CommandContext, target: string): JsonObject {
  const [pod] = podsFor(context, target);
  if (!pod) throw failed('timed out waiting for the condition');
  return pod;
}

/** All Pods of the object, in the order in which kubectl prefers them; at least one. */
export function podsFor(context: CommandContext, target: string): readonly JsonObject[] {
  const words = target.includes('/') ? [target] : ['pods', target];
  const [query] = resourceArguments(words, { selects: false, typeAloneMeansAll: false }).queries;
  if (!query) throw failed('pod, type/name or --filename must be specified');
  const object = accepted(getQuery(context, query, context.namespace));
  if (object.kind === 'Pod') return [object];
  const selector =
    object.kind === 'Service'
      ? objectAt(object, 'spec', 'selector')
      : objectAt(object, 'spec', 'selector', 'matchLabels');
  if (Object.keys(selector).length === 0) {
    throw failed(
      object.kind === 'Service'
        ? `invalid service '${String(objectAt(object, 'metadata').name)}': Service is defined without a selector`
        : `cannot attach to *v1.${String(object.kind)}: not implemented`,
    );
  }
  return preferred(context, selectorText(selector));
}

function preferred(context: CommandContext, labels: string): readonly JsonObject[] {
  const kind = kindNamed('pods');
  const pods = objectsOf(getQuery(context, { kind }, context.namespace, { labels }), kind);
  if (pods.length === 0) throw failed('timed out waiting for the condition');
  return [...pods].sort((a, b) => rank(a) - rank(b));
}

/** Ready ones first, then running ones (kubectl/pkg/util/podutils). */
function rank(pod: JsonObject): number {
  const { phase, conditions } = objectAt(pod, 'status');
  const ready = listOf(conditions).some(
    ({ type, status }) => type === 'Ready' && status === 'True',
  );
  return phase === 'Running' ? (ready ? 0 : 1) : 2;
}
