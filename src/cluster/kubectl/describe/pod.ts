import type { JsonObject } from '../../json.ts';
import type { CommandContext } from '../command.ts';
import { objectAt } from '../resource/write.ts';
import { containerLines } from './containers.ts';
import { eventLines } from './events.ts';
import { annotationLines, labelLines, listOf, longTime } from './lines.ts';
import { placementLines, volumeLines } from './pod-template.ts';

/** kubectl/pkg/describe describePod. */
export function describePod(context: CommandContext, pod: JsonObject): string {
  const metadata = objectAt(pod, 'metadata');
  const spec = objectAt(pod, 'spec');
  const status = objectAt(pod, 'status');
  const optional = (title: string, value: unknown): string =>
    value === undefined || value === '' ? '' : `${title}:\t${String(value)}\n`;
  const owner = listOf(metadata.ownerReferences).find(({ controller }) => controller === true);
  const deleted = metadata.deletionTimestamp !== undefined;
  return [
    `Name:\t${String(metadata.name)}\nNamespace:\t${String(metadata.namespace)}\n`,
    `Priority:\t${String(spec.priority ?? 0)}\n`,
    optional('Service Account', spec.serviceAccountName),
    `Node:\t${nodeText(spec, status)}\n`,
    status.startTime ? `Start Time:\t${longTime(status.startTime)}\n` : '',
    labelLines('Labels', objectAt(pod, 'metadata', 'labels')),
    annotationLines('Annotations', objectAt(pod, 'metadata', 'annotations')),
    deleted
      ? `Status:\tTerminating (lasts <invalid>)\nTermination Grace Period:\t${String(metadata.deletionGracePeriodSeconds ?? 30)}s\n`
      : `Status:\t${String(status.phase ?? '')}\n`,
    optional('Reason', status.reason),
    optional('Message', status.message),
    `IP:\t${String(status.podIP ?? '')}\n`,
    ipLines(status),
    owner ? `Controlled By:\t${String(owner.kind)}/${String(owner.name)}\n` : '',
    containerLines(
      'Init Containers',
      listOf(spec.initContainers),
      '',
      listOf(status.initContainerStatuses),
    ),
    containerLines('Containers', listOf(spec.containers), '', listOf(status.containerStatuses)),
    conditionLines(status),
    volumeLines(listOf(spec.volumes), ''),
    optional('QoS Class', status.qosClass),
    placementLines(spec, ''),
    eventLines(context, pod),
  ].join('');
}

function nodeText(spec: JsonObject, status: JsonObject): string {
  return spec.nodeName ? `${String(spec.nodeName)}/${String(status.hostIP ?? '')}` : '<none>';
}

function ipLines(status: JsonObject): string {
  const addresses = listOf(status.podIPs).map(({ ip }) => `  IP:\t${String(ip)}\n`);
  return addresses.length === 0 ? 'IPs:\t<none>\n' : `IPs:\n${addresses.join('')}`;
}

function conditionLines(status: JsonObject): string {
  const rows = listOf(status.conditions).map(
    (each) => `  ${String(each.type)} \t${String(each.status)} \n`,
  );
  return rows.length === 0 ? '' : `Conditions:\n  Type\tStatus\n${rows.join('')}`;
}
