import { isObject } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import type { KubeObject } from '../objects.ts';
import { goQuote } from './field-error.ts';
import { SelectorError } from './selectors.ts';

/** One condition of a field selector. */
interface FieldRequirement {
  readonly field: string;
  readonly equal: boolean;
  readonly value: string;
}

/** Reads `metadata.name=web,status.phase!=Running` (apimachinery fields.ParseSelector). */
export function parseFieldSelector(text: string): readonly FieldRequirement[] {
  return text
    .split(/(?<!\\),/)
    .filter((term) => term !== '')
    .map((term) => {
      const match = /^(.*?)(!=|==|=)(.*)$/s.exec(term);
      if (match) {
        const [, field = '', operator, value = ''] = match;
        return { field, equal: operator !== '!=', value: value.replace(/\\([\\,=])/g, '$1') };
      }
      throw new SelectorError(`invalid selector: '${text}'; can't understand '${term}'`);
    });
}

/** Refuses fields that lists of the kind cannot be chosen by. */
export function checkFields(kind: Kind, requirements: readonly FieldRequirement[]): void {
  const own = Object.hasOwn(selectable, kind.resource) ? selectable[kind.resource] : undefined;
  for (const { field } of requirements) {
    if (everywhere.includes(field) || own?.includes(field)) continue;
    throw new SelectorError(
      own
        ? `field label not supported: ${field}`
        : `${goQuote(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`,
    );
  }
}

export const matchesFields = (
  requirements: readonly FieldRequirement[],
  object: KubeObject,
): boolean =>
  requirements.every(({ field, equal, value }) => (fieldText(object, field) === value) === equal);

const everywhere: readonly string[] = ['metadata.name', 'metadata.namespace'];

/** What each resource can be chosen by besides its name (the strategies' SelectableFields). */
const selectable: Readonly<Record<string, readonly string[]>> = {
  services: ['spec.clusterIP', 'spec.type'],
  pods: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.podIPs',
    'status.nominatedNodeName',
  ],
  events: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  nodes: ['spec.unschedulable'],
  namespaces: ['status.phase'],
  secrets: ['type'],
  replicasets: ['status.replicas'],
  replicationcontrollers: ['status.replicas'],
  jobs: ['status.successful'],
};

/** Fields that are false when nobody set them. */
const flags: ReadonlySet<string> = new Set(['spec.unschedulable', 'spec.hostNetwork']);

function fieldText(object: KubeObject, field: string): string {
  let value: unknown = object;
  for (const name of (field === 'source' ? 'source.component' : field).split('.')) {
    value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  if (value === undefined || value === null) return flags.has(field) ? 'false' : '';
  return String(value);
}
