import type { JsonObject } from '../../json.ts';
import type { CommandContext } from '../command.ts';
import { selectorText } from '../describe/lines.ts';
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
  const words = target.includes('/') ? [target] : ['pods', target];
  const [query] = resourceArguments(words, { selects: false, typeAloneMeansAll: false }).queries;
  if (!query) throw failed('pod, type/name or --filename must be specified');
  const object = accepted(getQuery(context, query, context.namespace));
  if (object.kind === 'Pod') return object;
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
  return firstPod(context, selectorText(selector));
}

function firstPod(context: CommandContext, labels: string): JsonObject {
  const kind = kindNamed('pods');
  const pods = objectsOf(getQuery(context, { kind }, context.namespace, { labels }), kind);
  const ready = pods.find((pod) => objectAt(pod, 'status').phase === 'Running');
  const pod = ready ?? pods[0];
  if (!pod) throw failed('timed out waiting for the condition');
  return pod;
}
