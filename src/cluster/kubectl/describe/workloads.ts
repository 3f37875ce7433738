import { isObject, type JsonObject } from '../../json.ts';
import type { CommandContext } from '../command.ts';
import { kindNamed } from '../resource/arguments.ts';
import { getQuery, isRefusal, objectsOf } from '../resource/fetch.ts';
import { nameOf, namespaceOf, objectAt } from '../resource/write.ts';
import { eventLines } from './events.ts';
import { annotationLines, labelLines, labelSelectorText, listOf, longTime } from './lines.ts';
import { describePodTemplate } from './pod-template.ts';

/** kubectl/pkg/describe describeDeployment. */
export function describeDeployment(context: CommandContext, deployment: JsonObject): string {
  const metadata = objectAt(deployment, 'metadata');
  const spec = objectAt(deployment, 'spec');
  const rolling = objectAt(deployment, 'spec', 'strategy', 'rollingUpdate');
  const strategy = objectAt(deployment, 'spec', 'strategy');
  return [
    `Name:\t${String(metadata.name)}\nNamespace:\t${String(metadata.namespace)}\n`,
    `CreationTimestamp:\t${longTime(metadata.creationTimestamp)}\n`,
    labelLines('Labels', objectAt(deployment, 'metadata', 'labels')),
    annotationLines('Annotations', objectAt(deployment, 'metadata', 'annotations')),
    `Selector:\t${labelSelectorText(objectAt(deployment, 'spec', 'selector'))}\n`,
    `Replicas:\t${replicasText(deployment)}\n`,
    `StrategyType:\t${String(strategy.type)}\n`,
    `MinReadySeconds:\t${String(spec.minReadySeconds ?? 0)}\n`,
    strategy.rollingUpdate
      ? `RollingUpdateStrategy:\t${String(rolling.maxUnavailable)} max unavailable, ${String(rolling.maxSurge)} max surge\n`
      : '',
    `Pod Template:\n${describePodTemplate(objectAt(deployment, 'spec', 'template'))}`,
    conditionLines(deployment),
    replicaSetLines(context, deployment),
    eventLines(context, deployment),
  ].join('');
}

function replicasText(deployment: JsonObject): string {
  const status = objectAt(deployment, 'status');
  const count = (key: string): string => String(status[key] ?? 0);
  const desired = String(objectAt(deployment, 'spec').replicas ?? 0);
  return `${desired} desired | ${count('updatedReplicas')} updated | ${count('replicas')} total | ${count('availableReplicas')} available | ${count('unavailableReplicas')} unavailable`;
}

/** The table of conditions with their reasons; nothing where there are none. */
function conditionLines(object: JsonObject): string {
  const rows = listOf(objectAt(object, 'status').conditions).map(
    ({ type, status, reason }) =>
      `  ${String(type)} \t${String(status)}\t${String(reason ?? '')}\n`,
  );
  return rows.length === 0
    ? ''
    : `Conditions:\n  Type\tStatus\tReason\n  ----\t------\t------\n${rows.join('')}`;
}

const revision = (set: JsonObject): number =>
  Number(objectAt(set, 'metadata', 'annotations')['deployment.kubernetes.io/revision'] ?? 0);

function replicaSetLines(context: CommandContext, deployment: JsonObject): string {
  const kind = kindNamed('replicasets');
  const response = getQuery(context, { kind }, namespaceOf(deployment));
  const owned = (isRefusal(response) ? [] : objectsOf(response, kind)).filter((set) =>
    listOf(objectAt(set, 'metadata').ownerReferences).some(
      (owner) => isObject(owner) && owner.uid === objectAt(deployment, 'metadata').uid,
    ),
  );
  const newest = owned.find((set) => revision(set) === revision(deployment));
  const old = owned.filter((set) => set !== newest).sort((a, b) => revision(a) - revision(b));
  return `OldReplicaSets:\t${setsText(old)}\nNewReplicaSet:\t${setsText(newest ? [newest] : [])}\n`;
}

const setsText = (sets: readonly JsonObject[]): string =>
  sets
    .map((set) => {
      const { replicas } = objectAt(set, 'status');
      return `${nameOf(set)} (${String(replicas ?? 0)}/${String(objectAt(set, 'spec').replicas ?? 0)} replicas created)`;
    })
    .join(', ') || '<none>';

/** kubectl/pkg/describe describeReplicaSet. */
export function describeReplicaSet(context: CommandContext, set: JsonObject): string {
  const metadata = objectAt(set, 'metadata');
  const owner = listOf(metadata.ownerReferences).find(({ controller }) => controller === true);
  const status = objectAt(set, 'status');
  return [
    `Name:\t${String(metadata.name)}\nNamespace:\t${String(metadata.namespace)}\n`,
    `Selector:\t${labelSelectorText(objectAt(set, 'spec', 'selector'))}\n`,
    labelLines('Labels', objectAt(set, 'metadata', 'labels')),
    annotationLines('Annotations', objectAt(set, 'metadata', 'annotations')),
    owner ? `Controlled By:\t${String(owner.kind)}/${String(owner.name)}\n` : '',
    `Replicas:\t${String(status.replicas ?? 0)} current / ${String(objectAt(set, 'spec').replicas ?? 0)} desired\n`,
    `Pods Status:\t${phases(context, set)}\n`,
    `Pod Template:\n${describePodTemplate(objectAt(set, 'spec', 'template'))}`,
    conditionLines(set),
    eventLines(context, set),
  ].join('');
}

function phases(context: CommandContext, set: JsonObject): string {
  const kind = kindNamed('pods');
  const response = getQuery(context, { kind }, namespaceOf(set));
  const owned = (isRefusal(response) ? [] : objectsOf(response, kind)).filter((pod) =>
    listOf(objectAt(pod, 'metadata').ownerReferences).some(
      ({ uid }) => uid === objectAt(set, 'metadata').uid,
    ),
  );
  const count = (phase: string): number =>
    owned.filter((pod) => objectAt(pod, 'status').phase === phase).length;
  return `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`;
}
