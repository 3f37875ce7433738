import type { JsonObject } from '../../json.ts';
import { ageOf } from '../../kinds/shared/age.ts';
import { canonicalQuantity, nanoOf } from '../../kinds/shared/quantity.ts';
import type { CommandContext } from '../command.ts';
import { kindNamed } from '../resource/arguments.ts';
import { getQuery, isRefusal, objectsOf } from '../resource/fetch.ts';
import { nameOf, namespaceOf, objectAt } from '../resource/write.ts';
import { headLines } from './endpoints.ts';
import { eventLines } from './events.ts';
import { listOf, longTime, textsOf } from './lines.ts';

/** kubectl/pkg/describe describeNode. */
export function describeNode(context: CommandContext, node: JsonObject): string {
  const roles = Object.keys(objectAt(node, 'metadata', 'labels'))
    .filter((key) => key.startsWith('node-role.kubernetes.io/'))
    .map((key) => key.slice('node-role.kubernetes.io/'.length));
  const [head = '', ...rest] = headLines(node, false).split(/(?<=\n)/);
  const spec = objectAt(node, 'spec');
  return [
    head,
    `Roles:\t${roles.join(',') || '<none>'}\n`,
    ...rest,
    `CreationTimestamp:\t${longTime(objectAt(node, 'metadata').creationTimestamp)}\n`,
    `Taints:\t${taintText(spec)}\n`,
    `Unschedulable:\t${String(spec.unschedulable ?? false)}\n`,
    conditionTable(node),
    addressLines(node),
    amountLines('Capacity', objectAt(node, 'status', 'capacity')),
    amountLines('Allocatable', objectAt(node, 'status', 'allocatable')),
    systemLines(objectAt(node, 'status', 'nodeInfo')),
    spec.podCIDR
      ? `PodCIDR:\t${String(spec.podCIDR)}\nPodCIDRs:\t${textsOf(spec.podCIDRs).join(',') || String(spec.podCIDR)}\n`
      : '',
    podLines(context, node),
    eventLines(context, node),
  ].join('');
}

function taintText(spec: JsonObject): string {
  const taints = listOf(spec.taints).map(
    ({ key, value, effect }) =>
      `${String(key)}${value ? `=${String(value)}` : ''}:${String(effect)}`,
  );
  return taints.join('\n\t') || '<none>';
}

/** A table inside a description: titles, a line of dashes under them, rows, indented by two. */
function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const dashes = titles.map((title) => '-'.repeat(title.length));
  return [titles, dashes, ...rows].map((cells) => `  ${cells.join('\t')}\n`).join('');
}

const conditionTitles = [
  'Type',
  'Status',
  'LastHeartbeatTime',
  'LastTransitionTime',
  'Reason',
  'Message',
];

function conditionTable(node: JsonObject): string {
  const rows = listOf(objectAt(node, 'status').conditions).map((condition) => [
    `${String(condition.type)} `,
    `${String(condition.status)} `,
    `${longTime(condition.lastHeartbeatTime)} `,
    `${longTime(condition.lastTransitionTime)} `,
    `${String(condition.reason ?? '')} `,
    `${String(condition.message ?? '')} `,
  ]);
  return rows.length === 0 ? '' : `Conditions:\n${table(conditionTitles, rows)}`;
}

function addressLines(node: JsonObject): string {
  const lines = listOf(objectAt(node, 'status').addresses).map(
    ({ type, address }) => `  ${String(type)}:\t${String(address)}\n`,
  );
  return `Addresses:\n${lines.join('')}`;
}

function amountLines(title: string, amounts: JsonObject): string {
  const names = Object.keys(amounts).sort();
  if (names.length === 0) return '';
  return `${title}:\n${names.map((name) => `  ${name}:\t${String(amounts[name])}\n`).join('')}`;
}

const systemFields = [
  ['Machine ID', 'machineID'],
  ['System UUID', 'systemUUID'],
  ['Boot ID', 'bootID'],
  ['Kernel Version', 'kernelVersion'],
  ['OS Image', 'osImage'],
  ['Operating System', 'operatingSystem'],
  ['Architecture', 'architecture'],
  ['Container Runtime Version', 'containerRuntimeVersion'],
  ['Kubelet Version', 'kubeletVersion'],
] as const;

const systemLines = (info: JsonObject): string =>
  `System Info:\n${systemFields.map(([title, field]) => `  ${title}:\t${String(info[field] ?? '')}\n`).join('')}`;

/** What the Pods of the node ask for, each and together. */
function podLines(context: CommandContext, node: JsonObject): string {
  const kind = kindNamed('pods');
  const response = getQuery(context, { kind }, '');
  const pods = (isRefusal(response) ? [] : objectsOf(response, kind)).filter((pod) => {
    const { phase } = objectAt(pod, 'status');
    const isOver = phase === 'Succeeded' || phase === 'Failed';
    return objectAt(pod, 'spec').nodeName === nameOf(node) && !isOver;
  });
  const allocatable = objectAt(node, 'status', 'allocatable');
  const titles = [
    'Namespace',
    'Name',
    'CPU Requests',
    'CPU Limits',
    'Memory Requests',
    'Memory Limits',
    'Age',
  ];
  const rows = pods.map((pod) => [
    namespaceOf(pod),
    nameOf(pod),
    ...shares([pod], allocatable, ['cpu', 'memory']).flat(),
    ageOf(String(objectAt(pod, 'metadata').creationTimestamp), context.cluster.settings.now),
  ]);
  const resources = ['cpu', 'memory', 'ephemeral-storage'] as const;
  const totals = shares(pods, allocatable, resources).map((pair, index) => [
    String(resources[index]),
    ...pair,
  ]);
  return (
    `Non-terminated Pods:\t(${pods.length} in total)\n${table(titles, rows)}` +
    `Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)\n${table(['Resource', 'Requests', 'Limits'], totals)}`
  );
}

/** Requests and limits of each resource, with the part of what the node has. */
const shares = (
  pods: readonly JsonObject[],
  allocatable: JsonObject,
  resources: readonly string[],
): string[][] =>
  resources.map((resource) =>
    ['requests', 'limits'].map((field) => {
      const sum = pods.reduce((total, pod) => total + amountOf(pod, field, resource), 0n);
      const whole = nanoOf(allocatable[resource] ?? '0');
      const percent = whole === 0n ? 0n : (sum * 100n) / whole;
      return `${quantityText(sum, resource)} (${percent}%)`;
    }),
  );

/** A Pod needs what its containers need together, and what the neediest init container needs. */
function amountOf(pod: JsonObject, field: string, resource: string): bigint {
  const spec = objectAt(pod, 'spec');
  const of = (container: JsonObject): bigint =>
    nanoOf(objectAt(container, 'resources', field)[resource] ?? '0');
  const together = listOf(spec.containers).reduce((sum, container) => sum + of(container), 0n);
  return listOf(spec.initContainers)
    .map(of)
    .reduce((most, each) => (each > most ? each : most), together);
}

const mebi = 1024n * 1024n;

function quantityText(nano: bigint, resource: string): string {
  if (nano === 0n) return '0';
  if (resource === 'cpu') return canonicalQuantity(`${nano / 1_000_000n}m`);
  const bytes = nano / 1_000_000_000n;
  return bytes % mebi === 0n ? canonicalQuantity(`${bytes / mebi}Mi`) : String(bytes);
}
